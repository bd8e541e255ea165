"""What leave does to the balance, through requests: back-dated, called back, long, over the year's end."""

from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from pamong.attendance import services as attendance
from pamong.attendance.queries import list_team_away
from pamong.attendance.services import RosterFile, RosterLine, ShiftTimes
from pamong.decisions.choices import State
from pamong.decisions.errors import GatesBlock
from pamong.decisions.site import site_law
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.leave.lots import Balance, MovementKind
from pamong.leave.models import LeaveEntry
from pamong.leave.queries import get_own_leave
from pamong.ledger.models import Intake
from pamong.people.choices import AppointmentKind
from tests.decisions.test_addressing import leave_seat, sit
from tests.support.deciding import WHY
from tests.support.leaving import LeaveDesk, excused
from tests.support.people import AT, TODAY

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))


def balance_of(leaves: LeaveDesk, on: date = TODAY, who: str = "own") -> Balance:
    found = get_own_leave(actor=leaves.desk.actor(who, on), rules=site_law()).balance
    assert found is not None
    return found


def test_a_recall_gives_the_days_back_to_the_balance(leaves: LeaveDesk) -> None:
    leaves.open("own", 2025, "0", used=True)
    uid = leaves.grant(first="2026-11-16", last="2026-11-20")
    assert (balance_of(leaves).planned, balance_of(leaves).free) == (5, 7)
    recall = leaves.shorten("chief", uid, date(2026, 11, 17), on=date(2026, 11, 17))
    assert balance_of(leaves, date(2026, 11, 20)).left == 7, "nothing comes back before it is decided"
    leaves.desk.answer("above", recall, on=date(2026, 11, 17))
    after = balance_of(leaves, date(2026, 11, 20))
    assert (after.left, after.free, after.planned) == (10, 10, 0)
    used = [move.on.day for move in after.movements if move.kind is MovementKind.USE]
    assert used == [16, 17]
    with pytest.raises(GatesBlock, match="melebihi sisa cuti"):
        leaves.ask(first="2026-12-01", last="2026-12-15")  # eleven of ten
    assert leaves.ask(first="2026-12-01", last="2026-12-14")


def test_what_is_cancelled_before_it_began_comes_back_whole(leaves: LeaveDesk) -> None:
    leaves.open("own", 2025, "0", used=True)
    uid = leaves.grant(first="2026-11-16", last="2026-11-20")
    leaves.desk.answer("chief", leaves.shorten("own", uid))
    assert balance_of(leaves).free == 12


def test_case_L_13_a_backdated_request_leaves_no_later_day_short(leaves: LeaveDesk) -> None:
    """Eleven of twelve days are granted for December; in October one more was taken, or two."""
    leaves.open("own", 2025, "0", used=True)
    leaves.grant(first="2026-12-01", last="2026-12-15")
    with pytest.raises(GatesBlock, match="mulai 15 Desember 2026 kurang 1 hari"):
        leaves.ask(first="2026-10-05", last="2026-10-06")
    uid = leaves.ask(first="2026-10-05")
    leaves.decide(uid, reasons={"late": WHY})
    assert leaves.state(uid) == "verified"
    assert balance_of(leaves).free == 0


def test_case_L_14_leave_asked_for_after_the_expiry_uses_what_was_valid_then(leaves: LeaveDesk) -> None:
    """Four days of 2025 ended with 2026; on 5 January somebody asks for two of December's days."""
    leaves.open("own", 2025, "4", used=True)
    january = date(2027, 1, 5)

    def lots() -> tuple[list[int], dict[int, int]]:
        found = balance_of(leaves, january)
        ended = [int(move.days) for move in found.movements if move.kind is MovementKind.EXPIRY]
        return ended, {lot.year.start.year: int(lot.left) for lot in found.lots}

    before = lots()
    assert before[0] == [-4] and before[1][2027] == 12
    uid = leaves.ask(first="2026-12-29", last="2026-12-30", on=january)
    leaves.desk.answer("nurul", uid, on=january)
    leaves.desk.answer("chief", uid, on=january, reasons={"late": WHY})
    ended, left = lots()
    assert ended == [-2] and left == before[1]


def test_case_L_23_leave_over_the_years_end_is_in_both_months_and_both_years(leaves: LeaveDesk) -> None:
    """Four working days of December, four of January; 1 and 5 January are holidays."""
    leaves.open("own", 2025, "0", used=True)
    uid = leaves.ask(first="2026-12-28", last="2027-01-08")
    days = [date.fromisoformat(day) for day, _ in LeaveEntry.objects.get(decision=uid).days]
    assert [sum(day.year == year for day in days) for year in (2026, 2027)] == [4, 4]
    leaves.decide(uid)
    ending, later = balance_of(leaves, date(2026, 12, 31)), balance_of(leaves, date(2027, 1, 8))
    assert ending.left == 8
    used = [move for move in later.movements if move.kind is MovementKind.USE]
    assert [move.on for move in used] == days and sum(move.days for move in used) == -8
    # Six of the eight are carried; January takes four of them first.
    assert {lot.year.start.year: lot.left for lot in later.lots} == {2026: 2, 2027: 12}
    chief = leaves.desk.actor("chief")
    for first, end in ((date(2026, 12, 1), date(2027, 1, 1)), (date(2027, 1, 1), date(2027, 2, 1))):
        team = list_team_away(actor=chief, at=AT, first=first, end=end)
        assert [each.person.name for each in team if each.away] == ["Suparman"]


@pytest.mark.parametrize(
    ("name", "ends"),
    [("half a Tuesday", time(11, 30)), ("7 h 30", time(15, 0)), ("7 h 36", time(15, 6))],
)
def test_case_L_20_and_L_21_a_working_day_counts_whole_however_long_it_is(
    leaves: LeaveDesk, name: str, ends: time
) -> None:
    """An ASN has leave by *hari kerja* (PP 11/2017, Pasal 311 ayat (2)), no less than one at a time (PerBKN
    24/2017, cuti tahunan angka 3): a Tuesday morning alone is one too, and minutes are never divided."""
    leaves.open("own", 2025, "0", used=True)
    operator = Actor.operator("uji", TODAY)
    attendance.define_shift(
        actor=operator, at=AT, unit="dinkes", code="P", on=date(2020, 1, 1),
        times=ShiftTimes(name, time(7, 30), ends, 60, 120),
    )  # fmt: skip
    person = leaves.desk.people.city.persons["own"]
    attendance.enter_roster(
        actor=operator, at=AT, unit="dinkes", month=NOVEMBER, file=RosterFile("jadwal.csv", b"17=P"),
        rows=[RosterLine(2, person, {date(2026, 11, 17): ("P",), date(2026, 11, 18): ("L",)})],
    )  # fmt: skip
    uid = leaves.ask(first="2026-11-16", last="2026-11-22")
    entry = LeaveEntry.objects.get(decision=uid)
    assert entry.days == [[f"2026-11-{day}", "1"] for day in (16, 17, 19, 20)]
    story = leaves.desk.story("own", uid)
    assert [line.text for line in story.told.lines if line.label == "Lamanya"] == ["4 hari kerja"]
    articles = {view.gate.code: view.gate.article for view in story.gates}
    assert articles["balance"] == "PP 11/2017, Pasal 311 ayat (2)"
    assert articles["least"].startswith("PerBKN 24/2017") and "angka 3" in articles["least"]
    leaves.decide(uid)
    assert balance_of(leaves).free == 8


def test_maternity_leave_is_three_months_of_the_calendar(leaves: LeaveDesk) -> None:
    with pytest.raises(GatesBlock, match="Lamanya melebihi 3 bulan"):
        leaves.ask("clerk", leave="CM", child=1, first="2026-11-11", last="2027-02-11")
    uid = leaves.ask("clerk", leave="CM", child=1, first="2026-11-11", last="2027-02-10")
    assert len(LeaveEntry.objects.get(decision=uid).days) == 92
    leaves.decide(uid)
    assert excused() == [("CM", date(2026, 11, 11), date(2027, 2, 10))]


@pytest.mark.parametrize(("child", "said"), [(4, "mendapat cuti besar"), (None, "anak ke berapa")])
def test_a_fourth_child_brings_long_leave_and_an_unsaid_number_waits(
    leaves: LeaveDesk, child: int | None, said: str
) -> None:
    asked: dict[str, Any] = {"first": "2026-11-11", "last": "2027-02-10"}
    if child is None:
        story = leaves.desk.story("clerk", leaves.ask("clerk", leave="CM", **asked))
        assert said in next(view.gate.sentence for view in story.gates if view.gate.code == "child")
        return
    with pytest.raises(GatesBlock, match=said):
        leaves.ask("clerk", leave="CM", child=child, **asked)
    uid = leaves.ask("clerk", leave="CB", reason="kelahiran", child=child, **asked)
    leaves.decide(uid)
    assert excused() == [("CB", date(2026, 11, 11), date(2027, 2, 10))]


def test_long_leave_takes_the_annual_leave_of_its_year(leaves: LeaveDesk) -> None:
    leaves.open("own", 2025, "0", used=True)
    assert balance_of(leaves).free == 12
    uid = leaves.ask(leave="CB", reason="agama", first="2026-11-16", last="2026-12-31")
    story = leaves.desk.story("own", uid)
    between = next(view.gate for view in story.gates if view.gate.code == "between")
    assert "belum tercatat" in between.sentence and between.article.startswith("PerBKN 24/2017")
    leaves.decide(uid, reasons={"between": "Belum pernah cuti besar menurut berkasnya"})
    assert balance_of(leaves, date(2026, 12, 1)).left == 0
    assert balance_of(leaves, date(2027, 1, 4)).left == 12, "nothing of 2026 is carried"
    with pytest.raises(GatesBlock, match="paling cepat 1 Januari 2032"):
        leaves.ask(leave="CB", reason="agama", first="2027-03-01", last="2027-03-31")


def test_case_L_24_the_log_shows_the_old_head_and_the_new_one(leaves: LeaveDesk) -> None:
    """Two requests of February reach the head's seat; he answers one and leaves on 1 March. The other is on
    the list of his successor then, and the log tells of both in the name of one office."""
    february, march = date(2027, 2, 26), date(2027, 3, 1)
    first = leaves.ask(first="2027-03-22", on=february)
    second = leaves.ask(first="2027-03-23", on=february)
    for uid in (first, second):
        leaves.desk.answer("nurul", uid, on=february)
    leaves.desk.answer("chief", first, on=february)
    leave_seat(leaves.desk, "chief", march)
    leave_seat(leaves.desk, "mate", march)
    sit(leaves.desk, "mate", "chief", march, AppointmentKind.REGULAR)
    assert leaves.desk.inbox("chief", on=march) == []
    assert leaves.desk.inbox("mate", on=march) == [second]
    assert leaves.desk.answer("mate", second, on=march) is State.SEALED
    bodies = [json.loads(row.body) for row in Intake.objects.order_by("id")]
    told = {
        body["public"]["decision"]: (body["actor"], body["public"]["office"])
        for body in bodies
        if body["kind"] == "decisions.answered" and body["public"]["step"] == "decide"
    }
    heads = [f"user:{leaves.desk.actor(who, march).user_id}" for who in ("chief", "mate")]
    office = "Kepala Dinas, Dinas Kesehatan"
    assert told == {str(first): (heads[0], office), str(second): (heads[1], office)}
    asked = [body for body in bodies if body["kind"] == "decisions.proposed"]
    applicant = f"user:{leaves.desk.actor('own').user_id}"
    assert [(each["public"]["decision"], each["actor"]) for each in asked] == [
        (str(first), applicant), (str(second), applicant),
    ]  # fmt: skip


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Any) -> None:
    settings.PAMONG_FILES_ROOT = tmp_path
