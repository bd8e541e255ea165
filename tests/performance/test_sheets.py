"""A month's sheet brought into the tables: what it changes, who must agree, what stays out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from pamong.access.errors import NotAllowed
from pamong.interop.month_inputs import agree_inputs, store_inputs, try_inputs
from pamong.interop.write import write_monthly_csv
from pamong.law.engine.law import load_law
from pamong.ledger.models import Intake
from pamong.pay.facts import groups_of
from pamong.pay.models import PayFact
from pamong.performance import queries, services
from pamong.performance.choices import FileState
from pamong.performance.errors import FileNotFound, FileUnfit, NothingToStore, SecondNeeded, WrongFileState
from pamong.performance.models import MonthFile, PerformanceMonth
from tests.support.city import PERSONS, nip_of
from tests.support.people import AT, TODAY, People

OCTOBER = date(2026, 10, 1)
KEYS = ("own", "mate", "clerk", "foreign")


@pytest.fixture
def people(small: People, tmp_path: Path, settings: Any) -> People:
    settings.PAMONG_FILES_ROOT = tmp_path / "berkas"
    return small


def nip(key: str) -> str:
    _, sex, born, started, *_ = PERSONS[key]
    return nip_of(sex, born, started)


def sheet(*keys: str, **more: Any) -> bytes:
    """The sheet of these people; ``more`` changes every row."""
    full = {
        "KELOMPOK": "TPP", "MENIT KERJA": 6000, "NILAI PERILAKU": 95, "PENGHASILAN TETAP": 4_000_000,
        "STATUS PTKP": "K/1", "APEL TIDAK HADIR": 1,
    }  # fmt: skip
    return write_monthly_csv({"NIP": nip(key), **full, **more} for key in keys or KEYS)


def bring(people: People, who: str, data: bytes, month: date = OCTOBER) -> UUID:
    return try_inputs(actor=people.actor(who), at=AT, month=month, name="isian.csv", data=data)


def view(people: People, who: str, uid: UUID) -> queries.FileView:
    return queries.get_file(actor=people.actor(who), at=AT, uid=uid)


def store(people: People, who: str, uid: UUID) -> bool:
    return store_inputs(actor=people.actor(who), at=AT, uid=uid)


def stands(people: People, key: str) -> PerformanceMonth:
    row: PerformanceMonth = PerformanceMonth.objects.get(
        person_id=people.city.ids[key], month=OCTOBER, superseded_at=None
    )
    return row


def test_a_trial_stores_nothing_and_an_officer_stores_what_is_new(people: People) -> None:
    uid = bring(people, "nurul", sheet())
    found = view(people, "nurul", uid)
    assert (found.state, found.counts["new"], found.counts["facts_new"]) == (FileState.CHECKED, 4, 4)
    assert not PerformanceMonth.objects.exists() and not PayFact.objects.exists()
    assert store(people, "nurul", uid) is True
    row = stands(people, "own")
    assert (row.minutes, row.behaviour, row.musters_missed, row.state) == (6000, 95, 1, "verified")
    fact = PayFact.objects.get(person_id=people.city.ids["own"])
    assert (fact.pay_group, fact.fixed_income, fact.tax_status) == ("tpp", 4_000_000, "K/1")
    assert fact.period.lower == OCTOBER and fact.period.upper is None
    assert row.basis_id == fact.basis_id == MonthFile.objects.get().basis_id
    assert Intake.objects.filter(kind="performance.sheet_stored").count() == 1
    with pytest.raises(WrongFileState):
        store(people, "nurul", uid)
    with pytest.raises(Exception, match="tidak dapat diubah"), transaction.atomic():
        MonthFile.objects.update(altering=True)


def test_a_sheet_of_a_month_that_runs_is_stored_as_entered(people: People) -> None:
    november = date(2026, 11, 1)
    uid = bring(people, "nurul", sheet("own"), month=november)
    told = [each["message"] for each in view(people, "nurul", uid).problems]
    assert "November 2026 masih berjalan. Isiannya dapat diverifikasi mulai 1 Desember 2026" in told
    assert store(people, "nurul", uid) is True
    row = PerformanceMonth.objects.get(person_id=people.city.ids["own"], month=november)
    assert (row.minutes, row.state) == (6000, "entered")
    assert PayFact.objects.get(person_id=people.city.ids["own"]).period.lower == november
    chief = people.actor("superior", date(2026, 12, 1))
    seen = services.Judged(
        people.city.persons["own"], 1, {"minutes": 6000, "behaviour": 95}, "Sesuai catatan."
    )
    law = load_law("contoh")
    assert services.verify_months(actor=chief, at=AT, month=november, judged=[seen], law=law) == 1
    again = bring(people, "nurul", sheet("mate"))
    assert store(people, "nurul", again) is True and stands(people, "mate").state == "verified"


def test_the_same_sheet_again_changes_nothing(people: People) -> None:
    store(people, "nurul", bring(people, "nurul", sheet()))
    again = bring(people, "nurul", sheet())
    assert view(people, "nurul", again).counts["same"] == 4
    with pytest.raises(NothingToStore):
        store(people, "nurul", again)


def test_an_empty_cell_and_an_absent_column_say_nothing(people: People) -> None:
    store(people, "nurul", bring(people, "nurul", sheet("own")))
    narrow = f"NIP;NILAI PERILAKU;PENGHASILAN TETAP\n'{nip('own')};90;".encode()
    uid = bring(people, "nurul", narrow)
    assert store(people, "nurul", uid) is False
    agree_inputs(actor=people.actor("wahyu"), at=AT, uid=uid)
    row = stands(people, "own")
    assert (row.minutes, row.behaviour, row.musters_missed) == (6000, 90, 1)
    assert PayFact.objects.get(superseded_at=None).fixed_income == 4_000_000


def test_what_changes_a_verified_month_waits_for_somebody_else(people: People) -> None:
    store(people, "nurul", bring(people, "nurul", sheet()))
    uid = bring(people, "nurul", sheet("own", **{"MENIT KERJA": 5000, "PENGHASILAN TETAP": 4_500_000}))
    assert view(people, "nurul", uid).counts["altering"] == 1
    assert store(people, "nurul", uid) is False
    assert stands(people, "own").minutes == 6000
    with pytest.raises(SecondNeeded):
        agree_inputs(actor=people.actor("nurul"), at=AT, uid=uid)
    assert view(people, "wahyu", uid).second and not view(people, "nurul", uid).second
    agree_inputs(actor=people.actor("wahyu"), at=AT, uid=uid)
    row = stands(people, "own")
    assert (row.minutes, row.version, row.state) == (5000, 2, "verified")
    assert PayFact.objects.get(person_id=row.person_id, superseded_at=None).fixed_income == 4_500_000
    assert view(people, "nurul", uid).decided_by == "Wahyu"


def test_a_second_officer_refuses_with_a_reason_and_the_first_lays_aside(people: People) -> None:
    store(people, "nurul", bring(people, "nurul", sheet()))
    first, second = (bring(people, "nurul", sheet("own", **{"MENIT KERJA": n})) for n in (1, 2))
    for uid in (first, second):
        store(people, "nurul", uid)
    reason = "Tidak sesuai rekap dari dinas"
    services.refuse_file(actor=people.actor("wahyu"), at=AT, uid=first, reason=reason)
    assert view(people, "nurul", first).answer == reason
    services.discard_file(actor=people.actor("nurul"), uid=second)
    assert {view(people, "nurul", uid).state for uid in (first, second)} == {
        FileState.REFUSED, FileState.DISCARDED,
    }  # fmt: skip
    assert stands(people, "own").minutes == 6000


def test_a_clerk_brings_his_office_and_the_superiors_verify(people: People) -> None:
    uid = bring(people, "unit_clerk", sheet())
    found = view(people, "unit_clerk", uid)
    told = {each["message"] for each in found.problems if each["severity"] == "block"}
    assert told == {
        "bukan pegawai unit Anda", "baris Anda sendiri atau keluarga Anda; petugas lain yang membawanya"
    }  # fmt: skip
    assert (found.counts["new"], found.counts["refused"]) == (2, 2)
    assert store(people, "unit_clerk", uid) is True
    assert (stands(people, "own").state, stands(people, "own").source) == ("entered", "import")
    with pytest.raises(FileNotFound):
        other = bring(people, "nurul", sheet("foreign"))
        view(people, "unit_clerk", other)
    # The same from an officer verifies what only waits, and alters nothing.
    again = bring(people, "nurul", sheet("own", "mate"))
    assert view(people, "nurul", again).counts["confirmed"] == 2
    assert store(people, "nurul", again) is True and stands(people, "own").state == "verified"


def test_what_an_employee_entered_an_officer_does_not_change_alone(people: People) -> None:
    law, me = load_law("contoh"), people.actor("employee")
    services.enter_month(actor=me, at=AT, month=OCTOBER, minutes=6000, law=law)
    same = bring(people, "nurul", sheet("own", **{"APEL TIDAK HADIR": "", "NILAI PERILAKU": ""}))
    assert not view(people, "nurul", same).counts["altering"], "it only confirms"
    uid = bring(people, "nurul", sheet("own", **{"MENIT KERJA": 5000}))
    assert store(people, "nurul", uid) is False
    assert (stands(people, "own").minutes, stands(people, "own").state) == (6000, "entered")
    agree_inputs(actor=people.actor("wahyu"), at=AT, uid=uid)
    assert (stands(people, "own").minutes, stands(people, "own").state) == (5000, "verified")


def test_a_row_that_can_not_go_in_is_told_and_the_rest_go(people: People) -> None:
    stranger = "'199001012015031001;TPP;6000"
    lines = [f"'{nip('own')};TPP;6000", stranger, f"'{nip('ended')};TPP;6000", f"'{nip('mate')};TPP;banyak"]
    uid = bring(people, "nurul", ("NIP;KELOMPOK;MENIT KERJA\n" + "\n".join(lines)).encode())
    found = view(people, "nurul", uid)
    told = {each["row"]: each["message"] for each in found.problems if each["severity"] == "block"}
    assert told[3] == "NIP ini belum ada di data pegawai"
    assert told[4] == "tidak bertugas pada bulan ini"
    assert "banyak" in told[5]
    assert (found.counts["new"], found.counts["refused"]) == (1, 3)


def test_a_sheet_of_something_else_is_refused_whole(people: People) -> None:
    for data in (b"", b"NAMA;ALAMAT\nX;Y", b"%PDF-1.4"):
        with pytest.raises(FileUnfit):
            bring(people, "nurul", data)
    with pytest.raises(NotAllowed):
        bring(people, "employee", sheet())


def test_facts_hold_from_the_month_on_and_an_older_sheet_ends_before_them(people: People) -> None:
    store(people, "nurul", bring(people, "nurul", sheet("own")))
    older = bring(people, "nurul", sheet("own", **{"KELOMPOK": "BLUD"}), date(2026, 8, 1))
    assert store(people, "nurul", older) is True, "nothing stood in August"
    person = people.city.ids["own"]
    assert groups_of([person], date(2026, 9, 30)) == {person: "blud"}
    assert groups_of([person], TODAY) == {person: "tpp"}
