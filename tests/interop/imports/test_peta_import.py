"""A peta jabatan imported: units, posts, seats, classes, frozen numbers, workload, heads and lines."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from pamong.interop.register import peta_cells
from pamong.interop.write import write_xlsx
from pamong.people.choices import BatchKind
from tests.interop.imports.support import (
    ON,
    Office,
    counts,
    office_peta,
    outcomes,
    peta_file,
    register_file,
    seated,
    siasn,
    standing,
)

EARLY = date(2020, 1, 1)


def seats(on: date = ON) -> dict[tuple[str, str], list[tuple[Any, ...]]]:
    """Class, head and frozen of each seat of a date, by unit and post."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.name, p.name, s.job_class, s.is_head, s.frozen FROM organisation_seatrow s "
            "JOIN organisation_unitrow u ON u.unit_id = s.unit_id AND u.superseded_at IS NULL "
            "AND u.period @> %(on)s::date JOIN organisation_post p ON p.id = s.post_id "
            "WHERE s.superseded_at IS NULL AND s.period @> %(on)s::date ORDER BY 1, 2, 3, 4, 5",
            {"on": on},
        )
        found: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
        for unit, post, *rest in cursor.fetchall():
            found.setdefault((unit, post), []).append(tuple(rest))
        return found


def superiors(on: date = ON) -> set[tuple[str, str]]:
    """The post of each seat with the post that it reports to."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.name, q.name FROM organisation_line l "
            "JOIN organisation_seatrow s ON s.seat_id = l.seat_id AND s.superseded_at IS NULL "
            "JOIN organisation_seatrow t ON t.seat_id = l.superior_id AND t.superseded_at IS NULL "
            "JOIN organisation_post p ON p.id = s.post_id JOIN organisation_post q ON q.id = t.post_id "
            "WHERE l.superseded_at IS NULL AND l.period @> %(on)s::date",
            {"on": on},
        )
        return set(cursor.fetchall())


def test_everything_comes_from_one_sheet(office: Office) -> None:
    batch = office.apply(peta_file(*office_peta()), kind=BatchKind.PETA, on=EARLY)
    assert (counts(batch), batch.problems) == ({"new": 5}, 0)
    assert batch.written == {"unit": 3, "post": 4, "seat": 6, "workload": 1}
    assert standing("organisation_unitrow", "name", "kind", "is_opd", "external_code") == [
        ("Dinas Kesehatan", "opd", True, "DINKES"),
        ("Pemerintah Kota Contoh", "government", False, "KOTA"),
        ("Puskesmas Melati", "clinic", False, "PKM-1"),
    ]
    assert seats(EARLY) == {
        ("Dinas Kesehatan", "Kepala Dinas Kesehatan"): [(14, True, False)],
        ("Dinas Kesehatan", "Pengadministrasi Umum"): [(7, False, False)] * 2,
        ("Puskesmas Melati", "Kepala Puskesmas Melati"): [(9, True, False)],
        ("Puskesmas Melati", "Perawat"): [(7, False, False)] * 2,
    }
    assert standing("organisation_workload", "needed") == [(3,)]
    assert superiors() == {
        ("Pengadministrasi Umum", "Kepala Dinas Kesehatan"),
        ("Kepala Puskesmas Melati", "Kepala Dinas Kesehatan"),
        ("Perawat", "Kepala Puskesmas Melati"),
    }


def test_numbers_classes_and_needs_are_brought_up_to_date(office: Office) -> None:
    office.apply(peta_file(*office_peta()), kind=BatchKind.PETA, on=EARLY)
    rows = office_peta()
    rows[2] |= {"JUMLAH": 3, "KELAS JABATAN": 6, "KEBUTUHAN": 5}
    rows[3] |= {"NAMA UNIT": "Puskesmas Mawar"}
    rows[4] |= {"NAMA UNIT": "Puskesmas Mawar", "DIBEKUKAN": 1}
    batch = office.apply(peta_file(*rows), kind=BatchKind.PETA)
    assert batch.problems == 0
    found = seats()
    assert found["Dinas Kesehatan", "Pengadministrasi Umum"] == [(6, False, False)] * 3
    assert found["Puskesmas Mawar", "Perawat"] == [(7, False, False), (7, False, True)]
    assert [row[0] for row in standing("organisation_workload", "needed", on=ON)] == [5]
    before = seats(date(2026, 10, 31))
    assert before["Dinas Kesehatan", "Pengadministrasi Umum"] == [(7, False, False)] * 2
    assert counts(office.apply(peta_file(*rows), kind=BatchKind.PETA)) == {"same": 5}


def test_fewer_seats_close_vacant_ones_only_and_the_rest_is_told(office: Office) -> None:
    office.apply(peta_file(*office_peta()), kind=BatchKind.PETA, on=EARLY)
    clerk = seated("Pengadministrasi Umum", "Pelaksana", "DINKES", "Dinas Kesehatan")
    nurse = seated("Perawat Terampil", "Fungsional", "PKM-1", "Puskesmas Melati")
    office.apply(register_file(siasn(1, **clerk), siasn(2, **clerk), siasn(3, **nurse)))
    rows = office_peta()
    rows[2] |= {"JUMLAH": 1}
    rows[4] |= {"JUMLAH": 1}
    batch = office.apply(peta_file(*rows), kind=BatchKind.PETA)
    assert office.problems(batch.uid) == ["4: seats_held"]
    found = seats()
    assert len(found["Dinas Kesehatan", "Pengadministrasi Umum"]) == 2  # both are held
    assert len(found["Puskesmas Melati", "Perawat"]) == 1
    assert len(standing("people_appointment", "seat_id", on=ON)) == 3


def test_a_superior_elsewhere_is_set_and_one_without_a_head_is_told(office: Office) -> None:
    rows = office_peta()
    rows[4] |= {"ATASAN": "DINKES"}
    rows[2] |= {"ATASAN": "KOTA"}
    batch = office.apply(peta_file(*rows), kind=BatchKind.PETA, on=EARLY)
    assert ("Perawat", "Kepala Dinas Kesehatan") in superiors()
    assert office.problems(batch.uid) == ["4: superior_vacant"]


def test_a_unit_that_is_wrong_stays_out_and_the_others_go_in(office: Office) -> None:
    rows = [*office_peta(), {"KODE UNIT": "X", "NAMA UNIT": "Bidang X", "KODE UNIT INDUK": "TIDAK-ADA",
                             "JENIS UNIT": "bidang"}]  # fmt: skip
    batch = office.apply(peta_file(*rows), kind=BatchKind.PETA, on=EARLY)
    assert counts(batch) == {"new": 5, "refused": 1}
    assert outcomes(office, batch)[7].value == "refused"
    assert office.problems(batch.uid) == ["7: parent_unknown"]


def test_a_chart_without_the_column_of_heads_takes_nobody_from_the_top(office: Office) -> None:
    office.apply(peta_file(*office_peta()), kind=BatchKind.PETA, on=EARLY)
    before = seats()
    headings = [column.heading for column in peta_cells.SHEET.columns if column.heading != "PIMPINAN"]
    rows = [{name: cell for name, cell in row.items() if name != "PIMPINAN"} for row in office_peta()]
    batch = office.apply(write_xlsx(headings, rows, sheet="Data"), kind=BatchKind.PETA)
    assert counts(batch) == {"same": 5}
    assert seats() == before
