"""Rosters that were changed after their days stand in the inspector's register, with who and why."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from pamong.access import services as access_services
from pamong.access.models import User
from pamong.access.queries import actor_for
from pamong.attendance.services import ShiftTimes
from pamong.decisions.queries import ExceptionRow, list_exceptions
from tests.attendance.test_facts import OPERATOR
from tests.attendance.test_my_days import office
from tests.attendance.test_swaps import agreed, ask, ward
from tests.attendance.world import Ward, on
from tests.support.people import AT, TODAY

__all__ = ["office", "ward"]


def listed(what: str) -> list[ExceptionRow]:
    """What the inspector finds."""
    if not User.objects.filter(username="retno").exists():
        made = {"actor": OPERATOR, "at": AT, "username": "retno"}
        access_services.create_user(**made, display_name="Retno", password=None)
        begins: dict[str, Any] = {"role": "inspector", "unit_path": "", "start_on": date(2020, 1, 1)}
        access_services.grant_role(**made, **begins, reason="uji")
    actor = actor_for(User.objects.get(username="retno"), TODAY)
    return list(list_exceptions(actor=actor, at=AT, since=date(2020, 1, 1), what=what))


def test_days_that_were_over_when_the_sheet_came(ward: Ward) -> None:
    """One line a sheet, of its late days alone; a sheet for days to come is none."""
    before = len(listed("roster"))
    ward.roster({20: "P", 21: "S"})
    assert len(listed("roster")) == before
    ward.roster({4: "P", 5: "S", 25: "M"})
    row, *rest = listed("roster")
    assert len(rest) == before
    assert row.title == "Jadwal dinas Dinas Kesehatan"
    assert "2 hari yang sudah lewat (4 November 2026 sampai 5 November 2026)" in row.text
    assert "dari lembar 'jadwal.csv'" in row.text and row.text.startswith(OPERATOR.name)
    assert {each.what for each in listed("")} == {"roster"}


def test_days_that_were_traded_afterwards_with_the_reason(ward: Ward) -> None:
    """A trade of days to come is none."""
    agreed(ward, ask(ward, 12, 13))
    assert [each for each in listed("roster") if each.person] == []
    agreed(ward, ask(ward, 2, 3, "mengantar anak"))
    (row,) = [each for each in listed("roster") if each.person]
    assert (row.person, row.title) == ("Suparman", "Tukar dinas")
    assert "Alasan: mengantar anak" in row.text and "disetujui" in row.text and "Ketut" in row.text


def test_a_shift_that_got_other_times_for_days_that_were_over(ward: Ward) -> None:
    """Where rosters had named it; one that nobody had used yet changes no day."""
    ward.define("X", ShiftTimes("Baru", time(8), time(12), 30, 30))
    ward.define("X", ShiftTimes("Baru", time(8), time(13), 30, 30), since=on(1))
    assert listed("shift") == []
    ward.define("P", ShiftTimes("Pagi", time(8), time(15), 60, 120), since=on(1))
    (row,) = listed("shift")
    assert row.title == "Dinas P Dinas Kesehatan"
    assert "08:00 sampai 15:00 mulai 1 November 2026, mengenai 1 hari yang sudah lewat" in row.text
    assert row.text.startswith(OPERATOR.name)
