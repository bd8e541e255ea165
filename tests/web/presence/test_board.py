"""The superior's board says who is there now and nothing about why; machines tell until when they know."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.access import clock
from pamong.access.models import ReadLog
from pamong.attendance import services
from pamong.attendance.choices import ExcuseKind, ExcuseSource, Fault
from pamong.attendance.services import NewExcuse, PunchRow, Set
from pamong.kernel.period import Period
from tests.attendance.test_facts import OPERATOR, Machines, at
from tests.support.people import AT, TODAY, opening_basis
from tests.web.presence.test_corrections import client
from tests.web.presence.test_days import machines, page

__all__ = ["machines"]


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The morning of the board."""
    monkeypatch.setattr(clock, "now", lambda: AT)


def test_a_board_says_present_not_yet_leave_or_duty_and_never_sick(machines: Machines) -> None:
    machines.store(machines.west, PunchRow(1, at(10, 7, 12), "1001"))
    ids, today = machines.people.city.ids, Period(TODAY, TODAY + timedelta(days=1))
    for key, kind in (("mate", ExcuseKind.LEAVE_SICK), ("clerk", ExcuseKind.DUTY)):
        services.set_excuses(
            actor=OPERATOR, at=AT, basis=opening_basis(), source=ExcuseSource.OFFICE,
            source_uid=machines.people.city.persons[key], excuses=[NewExcuse(ids[key], kind, today)],
        )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        answer = client("superior").get(reverse("presence:today"))
    text = " ".join(answer.content.decode().split())
    board = {
        state: text.split(f'id="{state}"', 1)[1].split("</section>")[0]
        for state in ("present", "leave", "duty")
    }
    assert "Suparman" in board["present"] and "Ketut Sariasih" in board["leave"]
    assert "Yohana Tandi Arung" in board["duty"]
    assert "sakit" not in text.lower()
    assert ReadLog.objects.latest("id").path == "attendance.board"
    ours = [
        each for each in asked.captured_queries if "attendance_" in each["sql"] or "people_" in each["sql"]
    ]
    assert len(ours) <= 10
    part = client("superior").get(reverse("presence:today"), headers={"HX-Request": "true"}).content.decode()
    assert "Suparman" in part and "<html" not in part


def test_machines_tell_until_when_they_know_and_what_was_set_aside(machines: Machines) -> None:
    assert "Data belum masuk" in page("nurul", "devices")
    odd = Set(9, Fault.NO_TIME, "1001 2026-02-30 07:00:00", "baris 9: 30 Februari tidak ada")
    rows = [PunchRow(1, at(10, 7, 12), "1001"), PunchRow(2, at(9, 7, 12), "7777")]
    machines.store(machines.west, *rows, aside=[odd])
    assert "10 November 2026, 07.12" in page("nurul", "devices")
    text = page("nurul", "device", machines.west)
    assert "Waktunya tidak ada di kalender" in text and "2026-02-30" in text
    assert "7777" in text and "PIN yang belum punya pemilik" in text and "1 PIN sudah punya pemilik" in text
