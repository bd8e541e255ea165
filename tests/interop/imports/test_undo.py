"""An import taken back: every table says again what it said before, for every date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from pamong.interop.imports import services
from pamong.organisation.models import DATED as STRUCTURE
from pamong.people.choices import BatchKind, BatchState, TwinDecision
from pamong.people.errors import BatchBuiltUpon, UndoReasonMissing, WrongBatchState
from pamong.people.models import DATED
from pamong.people.queries import Asked, list_people
from pamong.people.queries import batches as queries
from pamong.people.services import batches
from tests.interop.imports.support import (
    AT,
    OPERATOR,
    TODAY,
    Office,
    by_hand,
    counts,
    family_file,
    history,
    office_peta,
    peta_file,
    register_file,
    seated,
    siasn,
)


def columns(model: Any) -> tuple[str, ...]:
    """Key and facts as columns."""
    return tuple(
        f'"{field.column}"'
        for field in model._meta.concrete_fields
        if field.attname in (*model.key, *model.facts) or field.name in (*model.key, *model.facts)
    )


TABLES = [(model._meta.db_table, columns(model)) for model in (*DATED, *STRUCTURE)]


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """What stands in every dated table, key, facts and periods: what any date reads from."""
    return history(TABLES)


def places() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id, period::text, path::text FROM organisation_unitplace ORDER BY 1, 2")
        return cursor.fetchall()


def test_every_table_says_again_what_it_said_before(office: Office) -> None:
    office.apply(peta_file(*office_peta()), kind=BatchKind.PETA, on=date(2020, 1, 1))
    nurse = seated("Perawat Terampil", "Fungsional", "PKM-1", "Puskesmas Melati")
    office.apply(register_file(siasn(1, **nurse), siasn(2)))
    before = everything()
    later = siasn(
        1, GOL_AKHIR_NAMA="III/b", TMT_GOLONGAN="01-04-2026", ALAMAT="Jl. Baru",
        TEMPAT_LAHIR_NAMA="Desa Lain",
        GELAR_BELAKANG="S.Kom., M.M.", KEDUDUKAN_HUKUM_NAMA="CLTN", PENDIDIKAN_NAMA="S-1 Statistika",
        **seated("Kepala Puskesmas Melati", "Struktural", "PKM-1", "Puskesmas Melati", "01-05-2026"),
    )  # fmt: skip
    batch = office.apply(register_file(later, siasn(2, **nurse), siasn(3)))
    assert counts(batch) == {"new": 1, "changed": 2}
    assert everything() != before
    undone = office.undo(batch.uid)
    assert (undone.state, undone.reason) == (BatchState.UNDONE, "salah berkas")
    assert everything() == before


def test_units_and_seats_that_it_made_go_with_it(office: Office) -> None:
    before, place = everything(), places()
    rows = [
        siasn(number, **seated("Pengelola Data", "Pelaksana", "U-1", "Bidang Data")) for number in (1, 2, 3)
    ]
    batch = office.apply(register_file(*rows), create_missing=True)
    assert len(places()) > len(place)
    office.undo(batch.uid)
    assert (everything(), places()) == (before, place)


def test_a_peta_jabatan_goes_as_a_whole(office: Office) -> None:
    office.apply(peta_file(*office_peta()), kind=BatchKind.PETA, on=date(2020, 1, 1))
    before, place = everything(), places()
    rows = office_peta()
    rows[2] |= {"JUMLAH": 4, "KELAS JABATAN": 6, "KEBUTUHAN": 5}
    rows[4] |= {"JUMLAH": 1}
    rows.append(
        {"KODE UNIT": "BARU", "NAMA UNIT": "Bidang Baru", "KODE UNIT INDUK": "DINKES", "JENIS UNIT": "bidang"}
    )
    batch = office.apply(peta_file(*rows), kind=BatchKind.PETA)
    assert everything() != before
    office.undo(batch.uid)
    assert (everything(), places()) == (before, place)


def test_people_whom_it_brought_vanish_from_lists(office: Office) -> None:
    batch = office.apply(register_file(siasn(1), siasn(2)))

    def listed() -> int:
        return list_people(actor=OPERATOR, at=AT, on=TODAY, asked=Asked(status="")).total

    assert listed() == 2
    office.undo(batch.uid)
    assert listed() == 0
    assert counts(office.apply(register_file(siasn(1), siasn(2)))) == {"new": 2}
    assert listed() == 2


def test_what_was_built_upon_is_told_with_counts_and_nothing_is_taken_back(office: Office) -> None:
    batch = office.apply(register_file(siasn(1), siasn(2)))
    by_hand("Dewi Contoh 1", "rank", {"golongan": "III/b"}, date(2026, 4, 1))
    account = {"bank": "Bank Contoh", "number": "12345678", "holder": "Dewi Contoh 2"}
    by_hand("Dewi Contoh 2", "bankaccount", account, date(2026, 4, 1))
    before = everything()
    with pytest.raises(BatchBuiltUpon) as refused, transaction.atomic():
        office.undo(batch.uid)
    assert refused.value.counts["rekening"] == 1
    assert refused.value.counts["golongan"] >= 1
    assert "rekening" in str(refused.value)
    assert everything() == before


def test_a_later_import_upon_its_rows_is_undone_first(office: Office) -> None:
    first = office.apply(register_file(siasn(1)))
    child = {"NIP PEGAWAI": siasn(1)["NIP BARU"], "NAMA": "Ani", "HUBUNGAN": "anak"}
    second = office.apply(family_file(child), kind=BatchKind.FAMILY)
    with pytest.raises(BatchBuiltUpon), transaction.atomic():
        office.undo(first.uid)
    office.undo(second.uid)
    office.undo(first.uid)
    assert all(not rows for rows in everything().values())


def test_one_import_upon_another_is_undone_after_it(office: Office) -> None:
    empty = everything()
    first = office.apply(register_file(siasn(1), siasn(2)))
    before = everything()
    changed = siasn(1, ALAMAT="Jl. Baru"), siasn(2, ALAMAT="Jl. Baru", GELAR_BELAKANG="S.Kom., M.M.")
    second = office.apply(register_file(*changed), on=date(2026, 11, 5))
    assert counts(second) == {"changed": 2}
    office.undo(second.uid)
    assert everything() == before
    office.undo(first.uid)
    assert everything() == empty


def test_what_came_to_people_of_an_import_counts_after_a_later_one_was_undone(office: Office) -> None:
    first = office.apply(register_file(siasn(1)))
    second = office.apply(register_file(siasn(1, GELAR_BELAKANG="M.M.")), on=date(2026, 11, 5))
    office.undo(second.uid)
    account = {"bank": "Bank Contoh", "number": "12345678", "holder": "Dewi Contoh 1"}
    by_hand("Dewi Contoh 1", "bankaccount", account, date(2026, 4, 1))
    with pytest.raises(BatchBuiltUpon) as refused, transaction.atomic():
        office.undo(first.uid)
    assert refused.value.counts == {"rekening": 1}


def test_seats_of_a_peta_that_a_later_one_changed_and_gave_back(office: Office) -> None:
    empty, none = everything(), places()
    first = office.apply(peta_file(*office_peta()), kind=BatchKind.PETA, on=date(2020, 1, 1))
    rows = office_peta()
    rows[2] |= {"KELAS JABATAN": 6}
    rows[3] |= {"NAMA UNIT": "Puskesmas Mawar"}
    rows[4] |= {"NAMA UNIT": "Puskesmas Mawar"}
    second = office.apply(peta_file(*rows), kind=BatchKind.PETA)
    office.undo(second.uid)
    register = office.apply(
        register_file(siasn(1, **seated("Perawat Terampil", "Fungsional", "PKM-1", "Puskesmas Melati")))
    )
    with pytest.raises(BatchBuiltUpon) as refused, transaction.atomic():
        office.undo(first.uid)
    assert refused.value.counts == {"jabatan": 1}
    office.undo(register.uid)
    office.undo(first.uid)
    assert (everything(), places()) == (empty, none)


def test_seats_that_others_were_put_into_keep_it_from_being_undone(office: Office) -> None:
    peta = office.apply(peta_file(*office_peta()), kind=BatchKind.PETA, on=date(2020, 1, 1))
    office.apply(
        register_file(siasn(1, **seated("Perawat Terampil", "Fungsional", "PKM-1", "Puskesmas Melati")))
    )
    with pytest.raises(BatchBuiltUpon) as refused, transaction.atomic():
        office.undo(peta.uid)
    assert refused.value.counts == {"jabatan": 1}


def seat_of(post: str) -> str:
    """The first seat of a kind of job."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.uid FROM organisation_seat s JOIN organisation_seatrow r ON r.seat_id = s.id "
            "JOIN organisation_post t ON t.id = r.post_id WHERE t.name = %s ORDER BY s.id",
            [post],
        )
        return str(cursor.fetchone()[0])


def test_a_seat_that_would_lie_outside_of_service_is_told_with_its_holder(office: Office) -> None:
    """The file said that somebody began earlier; he was put into a seat in that time since."""
    office.apply(peta_file(*office_peta()), kind=BatchKind.PETA, on=date(2019, 1, 1))
    office.apply(register_file(siasn(1)))
    batch = office.apply(register_file(siasn(1, TMT_CPNS="01-01-2019")), on=date(2026, 11, 5))
    seat = {"kind": "regular", "seat": seat_of("Pengadministrasi Umum")}
    by_hand("Dewi Contoh 1", "appointment", seat, date(2019, 6, 1))
    before = everything()
    with pytest.raises(BatchBuiltUpon) as refused, transaction.atomic():
        office.undo(batch.uid)
    assert refused.value.counts == {"jabatan": 1}
    assert "di luar masa kerja: Dewi Contoh 1, S.Kom. (jabatan sejak 1 Juni 2019)" in str(refused.value)
    assert "Batalkan atau betulkan tanggal jabatannya" in str(refused.value)
    assert everything() == before


def test_a_seat_that_somebody_else_has_since_is_told_with_him(office: Office) -> None:
    office.apply(peta_file(*office_peta()), kind=BatchKind.PETA, on=date(2020, 1, 1))
    unit = ("PKM-1", "Puskesmas Melati")
    nurse = seated("Perawat Terampil", "Fungsional", *unit)
    office.apply(register_file(siasn(1, **nurse), siasn(2)))
    head = seated("Kepala Puskesmas Melati", "Struktural", *unit, "01-05-2026")
    batch = office.apply(register_file(siasn(1, **head)), on=date(2026, 11, 5))
    by_hand("Dewi Contoh 2", "appointment", {"kind": "regular", "seat": seat_of("Perawat")}, date(2026, 6, 1))
    with pytest.raises(BatchBuiltUpon) as refused, transaction.atomic():
        office.undo(batch.uid)
    assert refused.value.counts == {"jabatan": 1}
    assert "Pegawai: Dewi Contoh 2, S.Kom." in str(refused.value)


def test_a_number_that_somebody_else_has_since_is_told_with_him(office: Office) -> None:
    wrong, right = siasn(1)["NIP BARU"], siasn(88)["NIP BARU"]
    office.apply(register_file(siasn(1), siasn(2)))
    batch = office.check(register_file(siasn(1, NIP_BARU=right)))
    (twin,) = queries.list_twins(actor=OPERATOR, at=AT, uid=batch.uid)
    same = {"decision": TwinDecision.SAME, "person": twin.people[0].uid}
    batches.decide_twin(actor=OPERATOR, at=AT, uid=batch.uid, line=2, **same)
    office.store(batch.uid)
    by_hand("Dewi Contoh 2", "employment", {"nip": wrong}, date(2020, 1, 1))
    with pytest.raises(BatchBuiltUpon) as refused, transaction.atomic():
        office.undo(batch.uid)
    assert refused.value.counts == {"kepegawaian": 2}
    assert "Pegawai: Dewi Contoh 2, S.Kom." in str(refused.value)


def test_only_what_is_stored_is_undone_and_with_a_reason(office: Office) -> None:
    batch = office.check(register_file(siasn(1)))
    with pytest.raises(WrongBatchState):
        office.undo(batch.uid)
    office.store(batch.uid)
    with pytest.raises(UndoReasonMissing):
        services.undo_batch(actor=OPERATOR, at=AT, uid=batch.uid, reason="  ")
    office.undo(batch.uid)
    with pytest.raises(WrongBatchState):
        office.undo(batch.uid)
