"""The export of SIASN imported: new people, the same again, what changed since, what is newer here."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection

from pamong.access.errors import NotAllowed
from pamong.interop.imports import services
from pamong.kernel.actor import Actor, Grant
from pamong.people.choices import BatchKind, BatchState
from pamong.people.queries import batches as queries
from pamong.people.queries.batches import BatchOptions
from tests.interop.imports.support import (
    AT,
    ON,
    OPERATOR,
    TODAY,
    Office,
    by_hand,
    counts,
    nik,
    nip,
    office_peta,
    peta_file,
    pppk,
    register_file,
    seated,
    siasn,
    standing,
)
from tests.interop.imports.test_undo import seat_of

JANUARY, NEXT = date(2020, 1, 1), date(2021, 1, 1)
SINCE = ("lower(period)", "upper(period)")


def test_new_people_come_with_all_that_the_file_tells(office: Office) -> None:
    batch = office.apply(register_file(siasn(1)))
    assert (counts(batch), batch.state, batch.problems) == ({"new": 1}, BatchState.APPLIED, 0)
    identity = ("name", "back_title", "birth_place", "birth_date", "sex", "marital", *SINCE)
    born = date(1995, 2, 14)
    assert standing("people_identity", *identity) == [
        ("Dewi Contoh 1", "S.Kom.", "Kota Contoh", born, "P", "Menikah", born, None)
    ]
    assert standing("people_employment", "kind", "nip", "standing", "order_no", *SINCE) == [
        ("CPNS", nip("19950214", "202001", "2", 1), "Aktif", "813/1", JANUARY, NEXT),
        ("PNS", nip("19950214", "202001", "2", 1), "Aktif", "821/1", NEXT, None),
    ]
    assert standing("people_rank", "golongan", *SINCE) == [("III/a", JANUARY, None)]
    assert standing("people_salarystep", "mkg_years", "mkg_months", *SINCE) == [(6, 10, JANUARY, None)]
    assert standing("people_contact", "address", "phone", *SINCE) == [
        ("Jl. Contoh No. 1", "0812000000001", ON, None)
    ]
    assert standing("people_education", "level", "programme", "graduated_year") == [
        ("S-1/Sarjana", "S-1 Informatika", 2018)
    ]


def test_a_dry_run_stores_nothing_but_says_what_would_be(office: Office) -> None:
    batch = office.check(register_file(siasn(1), siasn(2)))
    assert batch.state is BatchState.CHECKED
    assert batch.written == {
        "identity": 2, "contact": 2, "employment": 4, "rank": 2, "salarystep": 2, "education": 2
    }  # fmt: skip
    assert standing("people_identity", "name") == []
    page = queries.list_batch_rows(actor=OPERATOR, at=AT, uid=batch.uid)
    assert ("Golongan", JANUARY, "Golongan III/a; Nomor SK 813/1") not in page.rows[0].changes
    assert ("Golongan", JANUARY, "Golongan III/a") in page.rows[0].changes
    told = " ".join(words for _, _, words in page.rows[0].changes)
    assert "990117" not in told  # the NIK is not written there


def test_the_first_golongan_holds_only_as_long_as_one_can_know(office: Office) -> None:
    """Between III/a and IV/a lie ranks that the file does not tell: from CPNS to PNS nobody is promoted."""
    office.apply(
        register_file(
            siasn(1, GOL_AKHIR_NAMA="III/b", TMT_GOLONGAN="01-04-2024"),
            siasn(2, GOL_AKHIR_NAMA="III/d", TMT_GOLONGAN="01-04-2026"),
        )
    )
    assert standing("people_rank", "golongan", *SINCE) == [
        ("III/a", JANUARY, NEXT),
        ("III/a", JANUARY, date(2024, 4, 1)),
        ("III/b", date(2024, 4, 1), None),
        ("III/d", date(2026, 4, 1), None),
    ]


def test_what_differs_is_changed_from_its_own_day_and_nothing_else(office: Office) -> None:
    office.apply(register_file(siasn(1), siasn(2)))
    newer = siasn(
        1, GOL_AKHIR_NAMA="III/b", TMT_GOLONGAN="01-04-2026", MK_TAHUN="8", MK_BULAN="0",
        ALAMAT="Jl. Baru No. 9", GELAR_BELAKANG="S.Kom., M.Kom.", NOMOR_HP="", KEDUDUKAN_HUKUM_NAMA="CLTN",
    )  # fmt: skip
    later = date(2026, 11, 9)
    batch = office.apply(register_file(newer, siasn(2)), on=later)
    assert counts(batch) == {"changed": 1, "same": 1}
    assert batch.written == {
        "identity": 2, "contact": 2, "employment": 2, "rank": 2, "salarystep": 2
    }  # fmt: skip
    assert standing("people_rank", "golongan", *SINCE)[:3] == [
        ("III/a", JANUARY, date(2026, 4, 1)),
        ("III/a", JANUARY, None),
        ("III/b", date(2026, 4, 1), None),
    ]
    assert ("Jl. Baru No. 9", "0812000000001", later, None) in standing(
        "people_contact", "address", "phone", *SINCE
    )  # an empty cell changes nothing
    assert ("PNS", "CLTN", later, None) in standing("people_employment", "kind", "standing", *SINCE)
    assert ("S.Kom., M.Kom.", later, None) in standing("people_identity", "back_title", *SINCE)


def test_another_value_on_the_same_day_is_a_correction(office: Office) -> None:
    office.apply(register_file(siasn(1)))
    batch = office.apply(register_file(siasn(1, GOL_AKHIR_NAMA="III/b", GOL_AWAL_NAMA="III/b")))
    assert counts(batch) == {"changed": 1}
    assert standing("people_rank", "golongan", "act", *SINCE) == [("III/b", "correct", JANUARY, None)]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"TANGGAL_LAHIR": "15-02-1995", "NIK": ""}, "birth_differs"),
        ({"JENIS_KELAMIN": "M", "NIK": ""}, "sex_differs"),
        ({"NIK": nik("19950214", "2", 99)}, "nik_differs"),
    ],
)
def test_who_contradicts_the_record_in_identity_is_not_stored(
    office: Office, more: dict[str, str], code: str
) -> None:
    """Who somebody is, is put right by an entry, which two people see."""
    office.apply(register_file(siasn(1), siasn(2)))
    before = standing("people_identity", "birth_date", "sex", "nik")
    batch = office.apply(register_file(siasn(1, ALAMAT="Jl. Lain", **more), siasn(2, ALAMAT="Jl. Baru")))
    assert counts(batch) == {"refused": 1, "changed": 1}
    assert f"2: {code}" in office.problems(batch.uid)
    (told,) = office.messages(batch.uid, code)
    assert "baris ini tidak disimpan" in told
    assert standing("people_identity", "birth_date", "sex", "nik") == before
    assert "Jl. Lain" not in {row[0] for row in standing("people_contact", "address")}


def test_a_nik_that_contradicts_the_record_is_not_its_first_one(office: Office) -> None:
    office.apply(register_file(siasn(1, NIK="")))
    batch = office.apply(register_file(siasn(1, NIK=nik("19950215", "2", 1))))
    assert counts(batch) == {"refused": 1}
    assert counts(office.apply(register_file(siasn(1)))) == {"changed": 1}


def test_what_the_file_lacks_erases_nothing_that_stands(office: Office) -> None:
    """The same row without its orders, and with another status: the orders of the rows that stand stay."""
    office.apply(register_file(siasn(1, STATUS_CPNS_PNS="CPNS", TMT_PNS="")))
    lacking = dict.fromkeys(("NOMOR_SK_CPNS", "TANGGAL_SK_CPNS", "NOMOR_SK_PNS", "TANGGAL_SK_PNS"), "")
    plain = siasn(1, TMT_PNS="01-01-2020", TMT_CPNS="01-01-2020", MK_BULAN="", **lacking)
    batch = office.check(register_file(plain))
    page = queries.list_batch_rows(actor=OPERATOR, at=AT, uid=batch.uid)
    assert "tidak diisi" not in " ".join(words for _, _, words in page.rows[0].changes)
    office.store(batch.uid)
    rows = standing("people_employment", "kind", "order_no", "order_on", *SINCE)
    assert rows == [("PNS", "813/1", date(2019, 12, 15), JANUARY, None)]
    assert standing("people_salarystep", "mkg_years", "mkg_months") == [(6, 10)]


def test_a_later_row_without_an_order_is_not_told_as_erasing_one(office: Office) -> None:
    office.apply(register_file(siasn(1)))
    batch = office.check(register_file(siasn(1, KEDUDUKAN_HUKUM_NAMA="CLTN")), on=date(2026, 11, 5))
    page = queries.list_batch_rows(actor=OPERATOR, at=AT, uid=batch.uid)
    assert [words for _, _, words in page.rows[0].changes] == ["Kedudukan hukum Aktif menjadi CLTN"]


def test_a_seat_that_is_put_right_keeps_its_order(office: Office) -> None:
    office.apply(peta_file(*office_peta()), kind=BatchKind.PETA, on=date(2020, 1, 1))
    nurse = seated("Perawat Terampil", "Fungsional", "PKM-1", "Puskesmas Melati")
    office.apply(register_file(siasn(1)))
    seat = {"seat": seat_of("Pengadministrasi Umum"), "kind": "regular", "order_no": "821/9"}
    by_hand("Dewi Contoh 1", "appointment", seat, NEXT)
    office.apply(register_file(siasn(1, **nurse)), on=date(2026, 11, 20))
    assert standing("people_appointment", "order_no", *SINCE) == [("821/9", NEXT, None)]


def test_what_people_entered_and_is_newer_stays_and_is_told(office: Office) -> None:
    office.apply(register_file(siasn(1)))
    by_hand("Dewi Contoh 1", "rank", {"golongan": "III/b"}, date(2026, 10, 1))
    by_hand("Dewi Contoh 1", "contact", {"address": "Jl. Dari Petugas"}, date(2026, 11, 5))
    file = register_file(siasn(1, ALAMAT="Jl. Dari Berkas"))
    batch = office.apply(file, on=date(2026, 11, 8))
    # Entered today, the file is of the day before yesterday.
    assert counts(batch) == {"same": 1}
    assert office.problems(batch.uid) == ["2: newer_here", "2: newer_here"]
    assert any("III/b" in text for text in office.messages(batch.uid, "newer_here"))
    assert ("III/b", date(2026, 10, 1), None) in standing("people_rank", "golongan", *SINCE)


def test_an_older_file_says_nothing_against_a_newer_rank(office: Office) -> None:
    office.apply(register_file(siasn(1, GOL_AKHIR_NAMA="III/b", TMT_GOLONGAN="01-04-2024")))
    batch = office.apply(register_file(siasn(1)))
    assert counts(batch) == {"same": 1}
    assert office.problems(batch.uid) == ["2: newer_here"]


def test_cpns_becomes_pns_from_the_day_that_the_file_tells(office: Office) -> None:
    office.apply(register_file(siasn(1, STATUS_CPNS_PNS="CPNS", TMT_PNS="", NOMOR_SK_PNS="")))
    batch = office.apply(register_file(siasn(1)))
    assert counts(batch) == {"changed": 1}
    assert standing("people_employment", "kind", "order_no", *SINCE) == [
        ("CPNS", "813/1", JANUARY, NEXT),
        ("PNS", "821/1", NEXT, None),
    ]


def test_pppk_have_one_stretch_and_a_golongan_of_their_own(office: Office) -> None:
    batch = office.apply(register_file(pppk(1), pppk(2, STATUS_CPNS_PNS="PPPK Paruh Waktu")))
    assert counts(batch) == {"new": 2}
    assert standing("people_employment", "kind", *SINCE) == [
        ("PPPK", date(2022, 3, 1), None),
        ("PPPK_PW", date(2022, 3, 1), None),
    ]
    assert {row[0] for row in standing("people_rank", "golongan")} == {"IX"}


def test_a_row_without_its_first_day_stays_out_and_says_why(office: Office) -> None:
    batch = office.apply(register_file(siasn(1, TMT_CPNS="", TMT_PNS=""), siasn(2)))
    assert counts(batch) == {"new": 1, "refused": 1}
    assert office.problems(batch.uid) == ["2: start"]


def test_people_sit_where_the_file_says(office: Office) -> None:
    office.apply(peta_file(*office_peta()), kind=BatchKind.PETA, on=date(2020, 1, 1))
    nurse = seated("Perawat Terampil", "Jabatan Fungsional", "PKM-1", "Puskesmas Melati")
    clerk = seated("Pengadministrasi Umum", "Pelaksana", "", "Dinas Kesehatan")
    batch = office.apply(
        register_file(siasn(1, **nurse), siasn(2, **nurse), siasn(3, **nurse), siasn(4, **clerk),
                      siasn(5, **seated("Perawat Terampil", "Fungsional", "X-9", "Puskesmas Lain")))
    )  # fmt: skip
    assert counts(batch) == {"new": 5}
    # Two seats for three nurses; one unit that nobody knows: told, and the people are there without a post.
    assert office.problems(batch.uid) == ["4: no_seat", "6: unit_unknown"]
    assert standing("people_appointment", "kind", *SINCE) == [("regular", NEXT, None)] * 3


def test_movers_make_room_for_others_of_the_same_file(office: Office) -> None:
    """Two people trade their seats, and a third comes to a seat that becomes free."""
    office.apply(peta_file(*office_peta()), kind=BatchKind.PETA, on=date(2020, 1, 1))
    head = seated("Kepala Dinas Kesehatan", "Struktural", "DINKES", "Dinas Kesehatan")
    lead = seated("Kepala Puskesmas Melati", "Struktural", "PKM-1", "Puskesmas Melati")
    office.apply(register_file(siasn(1, **head), siasn(2, **lead)))
    later = {"TMT_JABATAN": "01-06-2026"}
    batch = office.apply(register_file(siasn(1, **lead | later), siasn(2, **head | later)))
    assert counts(batch) == {"changed": 2}
    assert office.problems(batch.uid) == []
    assert len(standing("people_appointment", "seat_id", on=date(2026, 7, 1))) == 2
    nurse = seated("Perawat Terampil", "Fungsional", "PKM-1", "Puskesmas Melati", "01-08-2026")
    batch = office.apply(register_file(siasn(3, **lead | {"TMT_JABATAN": "01-08-2026"}), siasn(1, **nurse)))
    assert (counts(batch), office.problems(batch.uid)) == ({"new": 1, "changed": 1}, [])


def test_a_seat_that_begins_later_than_the_tmt_is_held_from_then(office: Office) -> None:
    office.apply(peta_file(*office_peta()), kind=BatchKind.PETA, on=date(2026, 1, 1))
    file = register_file(siasn(1, **seated("Perawat Terampil", "Fungsional", "PKM-1", "Puskesmas Melati")))
    office.apply(file)
    assert standing("people_appointment", "note", *SINCE) == [
        ("TMT menurut berkas: 01-01-2021", date(2026, 1, 1), None)
    ]
    assert counts(office.apply(file)) == {"same": 1}


def test_what_the_peta_jabatan_lacks_is_made_where_asked(office: Office) -> None:
    def at(post: str, kind: str, unit: str) -> dict[str, str]:
        return seated(post, kind, f"U-{unit}", unit) | {"SATUAN_KERJA_KERJA_NAMA": "Dinas Kominfo"}

    file = register_file(
        siasn(1, **at("Kepala Dinas Kominfo", "Struktural", "Dinas Kominfo")),
        siasn(2, **at("Pranata Komputer Ahli Muda", "Fungsional", "Bidang Aplikasi")),
        siasn(3, **at("Pranata Komputer Ahli Muda", "Fungsional", "Bidang Aplikasi")),
    )
    dry = office.check(file, create_missing=True)
    assert dry.written["seat"] == 3
    assert standing("organisation_unitrow", "name") == []
    batch = office.apply(file, create_missing=True)
    assert (counts(batch), batch.problems) == ({"new": 3}, 0)
    assert standing("organisation_unitrow", "name", "kind", "external_code") == [
        ("Bidang Aplikasi", "division", "U-Bidang Aplikasi"),
        ("Dinas Kominfo", "opd", "U-Dinas Kominfo"),
        ("Pemerintah daerah", "government", ""),
    ]
    assert [(row[0], row[1], row[2]) for row in posts()] == [
        ("Kepala Dinas Kominfo", "jpt_pratama", ""),
        ("Pranata Komputer", "jf", "Ahli Muda"),
    ]
    assert len(standing("people_appointment", "seat_id")) == 3
    assert len(standing("organisation_line", "seat_id")) == 2  # both report to the head
    assert counts(office.apply(file, create_missing=True)) == {"same": 3}


def posts() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, kind, jenjang FROM organisation_post ORDER BY name")
        return cursor.fetchall()


def test_one_entry_in_the_ledger_tells_of_the_file(office: Office) -> None:
    batch = office.apply(register_file(siasn(1), siasn(2)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT body::jsonb -> 'public' FROM ledger_intake WHERE kind LIKE 'people.%%'")
        found = [row[0] for row in cursor.fetchall()]
    told = [json.loads(row) if isinstance(row, str) else row for row in found]
    assert len(told) == 1
    assert (told[0]["sha256"], told[0]["outcomes"], told[0]["written"]["employment"]) == (
        batch.sha256, {"new": 2}, 4
    )  # fmt: skip
    assert len(told[0]["rows_sha256"]) == 64


def test_only_who_may_over_the_whole_government_imports(office: Office) -> None:
    file = register_file(siasn(1))
    options = BatchOptions(ON)
    for grants in ((), (Grant("employee"),), (Grant("unit_clerk"),), (Grant("personnel_officer", "dinkes"),)):
        actor = Actor(1, None, "Siapa", grants, TODAY)
        with pytest.raises(NotAllowed):
            services.check_file(
                actor=actor, at=AT, kind=BatchKind.REGISTER, name="a.csv", data=file, options=options
            )
        with pytest.raises(NotAllowed):
            queries.list_batches(actor=actor)


def test_a_new_standing_does_not_rest_on_the_order_of_the_appointment(office: Office) -> None:
    """The file names the orders of CPNS and PNS; by which order somebody went on leave it does not say."""
    office.apply(register_file(siasn(1)))
    office.apply(register_file(siasn(1, KEDUDUKAN_HUKUM_NAMA="CLTN")), on=date(2026, 11, 5))
    rows = standing("people_employment", "lower(period)", "standing", "order_no", "order_on")
    assert rows == [
        (date(2020, 1, 1), "Aktif", "813/1", date(2019, 12, 15)),
        (date(2021, 1, 1), "Aktif", "821/1", date(2020, 12, 15)),
        (date(2026, 11, 5), "CLTN", "", None),
    ]
