"""A-13: who punches on a day of granted leave stays on leave, and a person looks at it.

The case's 4 August is Monday 2 November here, the week of which the machines of these tests tell.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from pamong.access import clock
from pamong.access.errors import NotAllowed
from pamong.access.models import ReadLog, User
from pamong.attendance.resolving import ReasonCode
from pamong.decisions.choices import State
from pamong.leave import queries, services
from pamong.leave.errors import ConflictClosed, KeepingUnexplained
from pamong.leave.models import LeaveKept
from pamong.ledger.models import Intake
from tests.attendance.test_my_days import Office, office
from tests.attendance.world import Ward, on, stored, tap
from tests.support.deciding import WHY, desk_of
from tests.support.leaving import LeaveDesk
from tests.support.people import AT

__all__ = ["office"]
MONDAY, TUESDAY = on(2), on(3)


@pytest.fixture
def leaves(office: Office, settings: Any) -> LeaveDesk:
    """The office, whose people ask for leave under the law of the example region."""
    settings.PAMONG_PROFILE = "contoh"
    return LeaveDesk(desk_of(office.machines.people))


@pytest.fixture
def leave(leaves: LeaveDesk) -> UUID:
    """Annual leave on Monday and Tuesday, granted by decision."""
    uid = leaves.ask(first=f"{MONDAY}", last=f"{TUESDAY}")
    leaves.desk.answer("nurul", uid)
    assert leaves.desk.answer("chief", uid, reasons={"late": WHY}) is State.SEALED
    return uid


@pytest.fixture
def ward(office: Office) -> Ward:
    return Ward(office)


def waiting(leaves: LeaveDesk, who: str) -> list[tuple[date, int]]:
    return [(row.on, row.punches) for row in queries.list_conflicts(actor=leaves.desk.actor(who), at=AT)]


def keep(leaves: LeaveDesk, who: str, reason: str = WHY) -> None:
    person = leaves.desk.people.city.persons["own"]
    services.keep_leave(actor=leaves.desk.actor(who), at=AT, person=person, on=MONDAY, reason=reason)


def test_case_A_13_punches_on_a_day_of_leave_are_a_task_for_who_keeps_or_leads_the_unit(
    ward: Ward, leaves: LeaveDesk, leave: UUID
) -> None:
    ward.tap(tap(2, "07:30"), tap(2, "16:00"))
    ward.month()
    monday, tuesday = (stored(ward.person(), day)[0] for day in (2, 3))
    assert (monday.state, monday.excuse, tuesday.state) == ("excused", "CT", "excused")
    for who in ("clerk", "chief", "nurul"):
        assert waiting(leaves, who) == [(MONDAY, 2)]
        assert queries.count_conflicts(actor=leaves.desk.actor(who)) == 1
    looked = ReadLog.objects.filter(path="leave.conflicts").latest("id")
    assert looked.subject_ids == [leaves.desk.people.city.persons["own"]]
    for who in ("own", "foreign"):
        assert queries.count_conflicts(actor=leaves.desk.actor(who)) == 0
        with pytest.raises(NotAllowed):
            waiting(leaves, who)


def test_case_A_13_it_is_left_as_it_is_with_a_reason_and_another_punch_asks_again(
    ward: Ward, leaves: LeaveDesk, leave: UUID
) -> None:
    ward.tap(tap(2, "07:30"), tap(2, "16:00"))
    ward.month()
    with pytest.raises(KeepingUnexplained):
        keep(leaves, "clerk", "ya")
    keep(leaves, "clerk")
    assert waiting(leaves, "chief") == []
    row = LeaveKept.objects.get()
    assert (row.punches, row.reason) == (2, WHY)
    assert Intake.objects.filter(kind="leave.kept").count() == 1
    with pytest.raises(ConflictClosed):
        keep(leaves, "chief")
    assert stored(ward.person(), 2)[0].state == "excused"
    ward.tap(tap(2, "12:10"))
    ward.derive()
    assert waiting(leaves, "clerk") == [(MONDAY, 3)]


def test_case_A_13_a_shortened_leave_clears_it_and_the_day_counts_as_worked(
    ward: Ward, leaves: LeaveDesk, leave: UUID
) -> None:
    """He was called back on Tuesday; the recall is decided by the office that granted the leave."""
    ward.tap(tap(3, "07:30"), tap(3, "16:30"))
    ward.month()
    assert waiting(leaves, "clerk") == [(TUESDAY, 2)]
    recall = leaves.shorten("clerk", leave, MONDAY)
    assert leaves.desk.answer("chief", recall, reasons={"past": WHY}) is State.SEALED
    assert waiting(leaves, "clerk") == []
    ward.derive()
    monday, tuesday = (stored(ward.person(), day)[0] for day in (2, 3))
    assert (monday.excuse, tuesday.excuse, tuesday.state) == ("CT", "", "present")


def test_case_A_13_half_leave_and_half_work_add_up_and_ask_nobody(ward: Ward, leaves: LeaveDesk) -> None:
    """Leave of an afternoon, IN 07.30 OUT 11.30; annual leave is by whole days, so it is one for a reason."""
    uid = leaves.ask(first=f"{MONDAY}", part="second_half", leave="CAP", reason="perkawinan")
    leaves.desk.answer("nurul", uid)
    leaves.desk.answer("chief", uid, reasons={"late": WHY})
    ward.tap(tap(2, "07:30"), tap(2, "11:30"))
    ward.month()
    (row,) = stored(ward.person(), 2)
    assert row.state == "present" and row.worked == timedelta(hours=4).total_seconds()
    assert [ReasonCode.PART_EXCUSED.value, "CAP"] in row.reasons
    assert waiting(leaves, "clerk") == []


def test_case_A_13_pages_show_it_to_the_clerk_the_board_and_in_the_day(
    ward: Ward, leaves: LeaveDesk, leave: UUID, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.PAMONG_SECOND_FACTOR = False
    ward.tap(tap(2, "07:30"), tap(2, "16:00"))
    ward.month()
    clerk, chief, own = (client(leaves, who) for who in ("clerk", "chief", "own"))
    assert "Presensi saat cuti" in plain(clerk.get(reverse("presence:desk")))
    assert "1 hari cuti dengan presensi" in plain(chief.get(reverse("presence:today")))
    mine = reverse("presence:mine")
    assert "Menunggu pemeriksaan petugas cuti atau atasan." in plain(own.get(mine))
    page = reverse("leave:conflicts")
    text = plain(clerk.get(page))
    assert "2 November 2026" in text and "2 presensi" in text and "tahunan" not in text
    sent = {"pegawai": str(leaves.desk.people.city.persons["own"]), "hari": f"{MONDAY}", "alasan": "lupa"}
    refused = clerk.post(page, sent)
    assert refused.status_code == 422
    assert "Tulis mengapa" in plain(refused) and 'value="lupa"' in plain(refused)
    assert own.get(page).status_code == 403
    recall = reverse("leave:recall", args=[leave])
    assert "Panggil kembali dari cuti" in plain(clerk.get(recall))
    assert own.get(recall).status_code == 404  # his own he ends on his own page
    done = clerk.post(page, sent | {"alasan": "mengambil berkas yang tertinggal"}, follow=True)
    assert "Tidak ada yang menunggu" in plain(done)
    assert re.search(r"Sudah diperiksa .*: mengambil berkas yang tertinggal", plain(own.get(mine)))


def test_case_A_13_the_clerk_calls_back_from_the_page(
    ward: Ward, leaves: LeaveDesk, leave: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    recall = reverse("leave:recall", args=[leave])
    clerk = client(leaves, "clerk")
    answer = clerk.post(recall, {"last": "2-11-2026", "why": ""})
    assert answer.status_code == 422
    answer = clerk.post(recall, {"last": "2-11-2026", "why": "diperlukan di kantor"})
    assert answer.status_code == 302
    (uid,) = leaves.desk.inbox("chief")
    assert answer.headers["Location"] == reverse("decisions:decision", args=[uid])


def client(leaves: LeaveDesk, who: str) -> Client:
    made = Client()
    made.force_login(User.objects.get(username=leaves.desk.accounts.get(who, who)))
    return made


def plain(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())
