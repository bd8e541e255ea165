"""Rosters: a sheet is stored whole or not at all, and each thing that is wrong with it is one sentence."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from uuid import UUID

import pytest

from pamong.access.errors import NotAllowed
from pamong.access.models import ReadLog
from pamong.attendance import services
from pamong.attendance.errors import RosterUnfit, ShiftCodeUnfit, ShiftTimesUnfit
from pamong.attendance.models import RosterDay, RosterSheet
from pamong.attendance.services import RosterFile, ShiftTimes
from pamong.attendance.staff import Member
from pamong.interop.rosters import bring_roster
from pamong.kernel.errors import InvalidValue
from pamong.kernel.period import month_period
from pamong.ledger.models import Intake
from pamong.people.models import Employment
from tests.attendance.test_facts import OPERATOR
from tests.attendance.test_my_days import Office, office
from tests.attendance.world import NOVEMBER, SHIFTS, Ward, on
from tests.support.city import PERSONS
from tests.support.people import AT

__all__ = ["office"]


@pytest.fixture
def ward(office: Office) -> Ward:
    found = Ward(office)
    for code, times in SHIFTS.items():
        found.define(code, times)
    return found


def nip(ward: Ward, key: str) -> str:
    return str(Employment.objects.filter(person_id=ward.person(key)).latest("id").nip)


def sheet(ward: Ward, *rows: tuple[str, str], days: str = "1;2;3") -> bytes:
    lines = [f"NIP;NAMA;{days}", *(f"'{nip(ward, key)};{PERSONS[key][0]};{cells}" for key, cells in rows)]
    return "\n".join(lines).encode()


def bring(ward: Ward, data: bytes, *, check: bool = False, **more: Any) -> Any:
    asked = {"actor": OPERATOR, "unit": "dinkes", "month": NOVEMBER, **more}
    return bring_roster(at=AT, name="jadwal.csv", data=data, check=check, **asked)


def shown(key: str, ward: Ward) -> dict[int, tuple[str, ...]]:
    """What stands of somebody's November, by day."""
    rows = RosterDay.objects.known().filter(person_id=ward.person(key)).select_related("first", "second")
    return {
        row.period.lower.day: tuple(sorted(kind.code for kind in (row.first, row.second) if kind))
        for row in rows
    }


def problems(ward: Ward, data: bytes, **more: Any) -> list[str]:
    """Every sentence of a sheet that is refused; nothing of it is stored."""
    done = bring(ward, data, **more)
    assert done.stored is None
    assert RosterDay.objects.count() == RosterSheet.objects.count() == 0
    return [str(problem) for problem in done.problems]


def test_a_sheet_is_stored_in_one_act_and_looked_at_without(ward: Ward) -> None:
    data = sheet(ward, ("own", "P;M;L"), ("mate", "S;;P+S"))
    looked = bring(ward, data, check=True)
    assert (looked.problems, looked.stored, RosterDay.objects.count()) == ([], None, 0)
    assert [row.cells for row in looked.sheet.rows] == [{1: "P", 2: "M", 3: "L"}, {1: "S", 3: "P+S"}]
    stored = bring(ward, data).stored
    assert (stored.days, stored.late) == (5, 5), "the third of November lies before the tenth"
    assert shown("own", ward) == {1: ("P",), 2: ("M",), 3: ()}
    assert shown("mate", ward) == {1: ("S",), 3: ("P", "S")}
    told = Intake.objects.filter(kind="attendance.roster_entered").get()
    assert nip(ward, "own") not in told.body


def test_what_stands_as_the_sheet_says_is_left_and_what_changes_is_kept_too(ward: Ward) -> None:
    bring(ward, sheet(ward, ("own", "P;M;L")))
    again = bring(ward, sheet(ward, ("own", "P;S;L"))).stored
    assert again.days == 1
    assert shown("own", ward) == {1: ("P",), 2: ("S",), 3: ()}
    before = RosterDay.objects.get(superseded_at__isnull=False)
    assert (before.first.code, before.superseded_by.get().first.code) == ("M", "S")


@pytest.mark.parametrize(
    ("days", "cells", "month", "told"),
    [
        ("1;2;3", "P;X;L", 11, "kode dinas 'X' tidak dikenal di unit ini; yang dikenal: D, M, P, S, Z, L"),
        ("1;2;3", "P+L;;", 11, "L berarti libur dan tidak dapat digabung dengan dinas lain"),
        ("1;2;3", "P+S+M;;", 11, "paling banyak dua dinas yang berbeda dalam sehari"),
        ("28;29;30", "P;;P", 2, "tanggal 30 tidak ada di Februari 2026"),
        ("1;2;3", "P+D;;", 11, "jam kerja 1 November 2026 pukul 13.00 sampai 20.00 WIB bertabrakan dengan"),
        ("1;2;3", "M;D;Z", 11, "baris 2, Suparman, hari 3, dinas Z baru berlaku mulai 20 November 2026"),
    ],
    ids=["unknown", "free_and_more", "three", "30_February", "clash", "not_yet"],
)
def test_what_is_wrong_with_a_sheet_is_one_sentence(
    ward: Ward, days: str, cells: str, month: int, told: str
) -> None:
    ward.define("D", ShiftTimes("Dua", time(13), time(20), 60, 60))
    ward.define("Z", ShiftTimes("Akhir", time(13), time(20), 60, 60), date(2026, 11, 20))
    data = sheet(ward, ("own", cells), days=days)
    (sentence,) = problems(ward, data, month=month_period(2026, month))
    assert told in sentence


def test_a_cell_without_any_letter_says_nothing(ward: Ward) -> None:
    """Signs and blanks that a sheet carries between letters leave a day as it is."""
    ward.roster({12: "M", 13: "M", 14: "M", 15: "M"})
    data = sheet(ward, ("own", "+; ;\u00a0; ';P+ ;/S"), days="12;13;14;15;16;17")
    done = bring(ward, data)
    assert (done.problems, done.stored.days) == ([], 2)
    assert done.sheet.rows[0].cells == {16: "P", 17: "S"}
    assert shown("own", ward) == dict.fromkeys(range(12, 16), ("M",)) | {16: ("P",), 17: ("S",)}


def test_a_stroke_may_mean_free_so_it_is_asked_about(ward: Ward) -> None:
    (sentence,) = problems(ward, sheet(ward, ("own", "P;-;P")))
    assert "baris 2, Suparman, hari 2, kode dinas '-' tidak dikenal di unit ini" in sentence


def test_a_look_tells_how_many_days_change_and_how_many_are_over(ward: Ward) -> None:
    ward.roster({2: "P"})
    seen = bring(ward, sheet(ward, ("own", "P;S;M"), days="2;9;12"), check=True).seen
    assert (seen.days, seen.late) == (2, 1)


def test_a_person_twice_is_told_at_both_places(ward: Ward) -> None:
    sentences = problems(ward, sheet(ward, ("own", "P;;"), ("own", "S;;")))
    assert [sentence.split(", ")[1] for sentence in sentences] == ["baris 2", "baris 3"]
    assert "sisakan satu baris" in sentences[0]


def test_who_works_elsewhere_or_nowhere_is_told(ward: Ward) -> None:
    data = sheet(ward, ("foreign", "P;;")) + b"\n'199502142020012001;Siapa;P;;"
    sentences = problems(ward, data)
    assert "tidak bertugas di unit ini pada November 2026" in sentences[0] + sentences[1]
    assert any("belum ada di data pegawai" in sentence for sentence in sentences)


def test_only_who_may_write_somebodys_roster_learns_his_name(ward: Ward) -> None:
    """A NIP, or a key of somebody, is no way to a name; the one whose name is told can see who looked."""
    people = ward.machines.people
    rows = sheet(ward, ("foreign", "P;;"), ("own", "P;;"))
    keyed = f"KUNCI;1\n{people.city.persons['foreign']};P\n".encode()
    clerk: dict[str, Any] = {"actor": people.actor("unit_clerk"), "unit": "pkm_melati", "check": True}
    told = [(each.row, each.message.partition(" tidak ")[0]) for each in bring(ward, rows, **clerk).problems]
    assert told == [(2, "pegawai ini"), (3, "Suparman")]
    look = ReadLog.objects.latest("id")
    assert (look.path, look.subject_ids) == ("attendance.roster", [people.city.persons["own"]])
    (keyless,) = bring(ward, keyed, **clerk).problems
    assert keyless.message.startswith("pegawai ini tidak bertugas di unit ini")
    with pytest.raises(RosterUnfit, match="pegawai ini tidak bertugas"):
        ward.roster({12: "P"}, "foreign", actor=clerk["actor"])
    assert ReadLog.objects.latest("id").pk == look.pk


@pytest.mark.parametrize("head", ["KUNCI", "NIP"])
def test_a_line_that_calls_somebody_by_anothers_name_is_stored_for_neither(ward: Ward, head: str) -> None:
    """Names sorted alone in a workbook: keys stay, and a ward would get others' shifts."""
    uids = ward.machines.people.city.persons
    own, mate = (str(uids[key]) if head == "KUNCI" else f"'{nip(ward, key)}" for key in ("own", "mate"))
    sentences = problems(ward, f"{head};NAMA;12\n{own};Ketut Sariasih;P\n{mate};Suparman;S".encode())
    assert sentences == [
        "baris 2, nama 'Ketut Sariasih' bukan nama pemilik kunci atau NIP baris ini (Suparman); unduh "
        "lembarnya lagi, atau perbaiki barisnya",
        "baris 3, nama 'Suparman' bukan nama pemilik kunci atau NIP baris ini (Ketut Sariasih); unduh "
        "lembarnya lagi, atau perbaiki barisnya",
    ]
    line = services.RosterLine(2, uids["own"], {on(12): ("P",)}, "Ketut Sariasih")
    asked: dict[str, Any] = {"actor": OPERATOR, "unit": "dinkes", "month": NOVEMBER, "rows": [line]}
    with pytest.raises(RosterUnfit, match="bukan nama pemilik kunci"):
        services.enter_roster(at=AT, file=RosterFile("a", b"a"), **asked)
    data = f"{head};NAMA;12\n{own};SUPARMAN, S.E.;P\n{mate};;S".encode()
    assert bring(ward, data, check=True).seen.names == {2: "Suparman", 3: "Ketut Sariasih"}
    assert bring(ward, data).stored.days == 2


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("dr. Nur Ma'ruf Hadi, Sp.A.", True), ("NUR MARUF HADI", True), ("dr Nur Ma'ruf  Hadi", True),
        ("Nur Ma'ruf Hadi, Sp.PD., M.Kes.", True), ("Nur Ma'ruf", False), ("Hadi Nur Ma'ruf", False),
        ("dr.", False), (",", False),
    ],
)  # fmt: skip
def test_a_name_means_somebody_with_or_without_titles(text: str, means: bool) -> None:
    member = Member(1, UUID(int=1), "dr. Nur Ma'ruf Hadi, Sp.A.", "Nur Ma'ruf Hadi")
    assert member.is_called(text) is means


def test_a_file_that_is_no_roster_says_what_it_lacks(ward: Ward) -> None:
    with pytest.raises(InvalidValue, match="kolom NIP dan kolom tanggal"):
        bring(ward, b"NAMA;UNIT\nSiti;Melati")


def test_case_A_04_clashes_are_of_real_instants(ward: Ward) -> None:
    """A night until four and a morning from two: of one date they stand apart, of the next day they clash."""
    ward.define("N", ShiftTimes("Malam", time(22), time(4), 60, 60))
    ward.define("E", ShiftTimes("Dini", time(2), time(8), 60, 60))
    ward.roster({10: "N+E"})
    with pytest.raises(RosterUnfit, match=r"11 November 2026 pukul 02.00 .* bertabrakan"):
        ward.roster({11: "E"})
    ward.define("A", ShiftTimes("Satu", time(8), time(12), 30, 30))
    ward.define("B", ShiftTimes("Dua", time(14), time(18), 30, 30))
    ward.define("C", ShiftTimes("Sela", time(12), time(14), 0, 0))
    ward.define("F", ShiftTimes("Sore", time(16), time(20), 0, 0))
    ward.roster({20: "A+B", 21: "A+C"})
    with pytest.raises(RosterUnfit):
        ward.roster({22: "B+F"})


def test_case_A_26_screen_file_and_machine_meet_one_rule(ward: Ward) -> None:
    """A clash across the end of the month, with what stood before: by the service, and by a file."""
    ward.define("E", ShiftTimes("Dini", time(5), time(9), 60, 60))
    ward.roster({30: "M"})
    december = month_period(2026, 12)
    line = services.RosterLine(2, ward.machines.people.city.persons["own"], {date(2026, 12, 1): ("E",)})
    asked: dict[str, Any] = {"actor": OPERATOR, "unit": "dinkes", "month": december, "rows": [line]}
    with pytest.raises(RosterUnfit, match=r"1 Desember 2026 pukul 05.00 .* bertabrakan dengan 30 November"):
        services.enter_roster(at=AT, file=RosterFile("a", b"a"), **asked)
    (told,) = bring(ward, sheet(ward, ("own", "E;;")), month=december).problems
    assert told.code == "clash"
    assert bring(ward, sheet(ward, ("own", "S;;")), month=december).stored.days == 1


def test_a_unit_uses_its_own_letters_before_those_above_and_old_days_keep_theirs(ward: Ward) -> None:
    ward.roster({2: "P"}, "mate", unit="pkm_melati")
    ward.define("P", ShiftTimes("Pagi puskesmas", time(7, 30), time(14, 30), 60, 60), unit="pkm_melati")
    ward.roster({3: "P"}, "mate", unit="pkm_melati")
    names = [row.first.rows.get().name for row in RosterDay.objects.known().order_by("period")]
    assert names == ["Pagi", "Pagi puskesmas"]


def test_a_clerk_enters_the_roster_of_his_unit_and_of_no_other(ward: Ward) -> None:
    clerk = ward.machines.people.actor("unit_clerk")
    assert ward.roster({2: "P"}, actor=clerk).days == 1
    with pytest.raises(NotAllowed):
        ward.roster({2: "P"}, "foreign", actor=clerk, unit="disdik")
    with pytest.raises(NotAllowed):
        ward.roster({3: "P"}, actor=ward.machines.people.actor("employee"))
    with pytest.raises(NotAllowed):
        services.define_shift(actor=clerk, at=AT, unit="disdik", code="P", on=on(1), times=SHIFTS["P"])


@pytest.mark.parametrize("code", ["L", "", "1P", "PAGI", "P-"])
def test_what_can_not_be_a_letter_is_refused(ward: Ward, code: str) -> None:
    with pytest.raises(ShiftCodeUnfit):
        ward.define(code, SHIFTS["P"])


def test_times_that_nobody_can_work_are_refused(ward: Ward) -> None:
    for times in (
        ShiftTimes("Nol", time(7), time(7), 60, 60),
        ShiftTimes("Lebar", time(7), time(14), 600, 60),
        ShiftTimes(" ", time(7), time(14), 60, 60),
        ShiftTimes("Istirahat", time(7), time(14), 60, 60, (time(7), time(14))),
    ):
        with pytest.raises(ShiftTimesUnfit):
            ward.define("Q", times)
