"""Days that are over: who keeps a roster does not change what his own count as, nor a relative's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from pamong.attendance import services
from pamong.attendance.errors import OwnPast, RosterUnfit
from pamong.attendance.models import RosterDay, ShiftKindRow, UnitWeek
from pamong.kernel.actor import Actor
from pamong.ledger.models import Intake
from pamong.people.models import Relative
from tests.attendance.test_checking import officer
from tests.attendance.test_facts import OPERATOR
from tests.attendance.test_my_days import office
from tests.attendance.test_rosters import ward
from tests.attendance.world import NOVEMBER, SHIFTS, Ward, on
from tests.support.city import PERSONS, since
from tests.support.people import AT, TODAY, opening_basis

__all__ = ["office", "ward"]
LATER = replace(SHIFTS["P"], starts=time(8, 30))  # he came at 08.10: with this he was not late
OWN = "hari yang sudah lewat milik Anda sendiri atau keluarga Anda"


def clerk(ward: Ward) -> Actor:
    return ward.machines.people.actor("unit_clerk")


def relative(ward: Ward, one: str, other: str) -> None:
    Relative.objects.create(
        person_id=ward.person(one), relative_id=ward.person(other), relation="spouse", name="Suami",
        period=since(date(2012, 5, 5)), basis_id=opening_basis(),
    )  # fmt: skip


def define(actor: Actor, since: date, code: str = "P") -> None:
    asked: dict[str, Any] = {"unit": "dinkes", "code": code, "on": since, "times": LATER}
    services.check_shift(actor=actor, **asked)
    services.define_shift(actor=actor, at=AT, **asked)


@pytest.mark.parametrize("kin", [False, True], ids=["himself", "a_relative"])
def test_a_letter_gets_no_other_times_on_past_days_of_who_gives_them(ward: Ward, kin: bool) -> None:
    if kin:
        relative(ward, "own", "clerk")
    ward.roster({3: "P", 12: "P"}, "own" if kin else "clerk")
    before = ShiftKindRow.objects.count()
    asked: dict[str, Any] = {"unit": "dinkes", "code": "P", "on": on(3), "times": LATER}
    with pytest.raises(OwnPast, match=f"{OWN}. Minta petugas lain .* 10 November 2026"):
        services.check_shift(actor=clerk(ward), **asked)
    with pytest.raises(OwnPast):
        services.define_shift(actor=clerk(ward), at=AT, **asked)
    assert ShiftKindRow.objects.count() == before
    define(clerk(ward), on(4))  # no past day of his has it from then on
    define(OPERATOR, on(3))  # who is no person has no days of his own


def test_times_from_today_on_are_planned_by_who_is_on_the_roster(ward: Ward) -> None:
    ward.roster({9: "P", 10: "P", 12: "P"}, "clerk")
    define(clerk(ward), TODAY)
    assert ShiftKindRow.objects.known().filter(kind__code="P").count() == 2


def test_times_that_reach_back_are_told_as_late(ward: Ward) -> None:
    ward.roster({2: "P", 3: "P", 12: "P"})
    define(clerk(ward), on(2))
    told = Intake.objects.filter(kind="attendance.shift_defined").latest("id").body
    assert '"late":2' in told


@pytest.mark.parametrize("kin", [False, True], ids=["himself", "a_relative"])
def test_a_past_day_is_not_set_free_by_whose_it_is(ward: Ward, kin: bool) -> None:
    key = "own" if kin else "clerk"
    if kin:
        relative(ward, "clerk", "own")
    ward.roster({2: "P", 3: "P", 12: "P"}, key)
    asked = {"actor": clerk(ward), "unit": "dinkes", "month": NOVEMBER, "at": AT}
    line = ward.line({2: "P", 3: "L", 4: "L", 12: "L"}, key)
    (problem,) = services.check_roster(**asked, rows=[line]).problems
    assert str(problem) == f"baris 2, {PERSONS[key][0]}, hari 3, 4, {OWN} diubah petugas lain"
    with pytest.raises(RosterUnfit, match="diubah petugas lain"):
        ward.roster({3: "L"}, key, actor=clerk(ward))
    assert RosterDay.objects.count() == 3
    assert ward.roster({2: "P", 10: "L", 12: "L"}, key, actor=clerk(ward)).days == 2, (
        "the past stays as it is"
    )
    assert ward.roster({3: "L"}, "mate", actor=clerk(ward)).late == 1
    assert ward.roster({3: "L"}, key).late == 1


def test_a_week_of_past_days_is_set_by_who_does_not_follow_it(ward: Ward) -> None:
    chief = officer(ward.machines)
    before = UnitWeek.objects.count()
    asked: dict[str, Any] = {"unit": "kota", "week": "6"}
    services.check_week(actor=chief, on=on(2), **asked)  # a nearer week holds for his own unit
    asked["unit"] = "dinkes"
    with pytest.raises(OwnPast):
        services.check_week(actor=chief, on=on(2), **asked)
    with pytest.raises(OwnPast):
        services.set_week(actor=chief, at=AT, on=on(2), **asked)
    assert UnitWeek.objects.count() == before
    services.set_week(actor=chief, at=AT, on=TODAY, **asked)
    services.set_week(actor=OPERATOR, at=AT, on=on(2), **asked)
