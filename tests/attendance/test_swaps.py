"""Two people trade their days: nothing changes before both and a superior have said so, also afterwards."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from uuid import UUID

import pytest

from pamong.access.errors import NotAllowed, ReasonMissing
from pamong.attendance import queries, services
from pamong.attendance.choices import SwapStepKind
from pamong.attendance.errors import SwapNotFound, SwapOver, SwapUnfit
from pamong.attendance.models import RosterDay
from pamong.attendance.services import ShiftTimes
from pamong.kernel.actor import Actor, Grant
from pamong.people import models as people
from tests.attendance.test_my_days import Office, office
from tests.attendance.world import SHIFTS, Ward, on, states, tap
from tests.support.city import since
from tests.support.people import AT, TODAY, opening_basis

__all__ = ["office"]


@pytest.fixture
def ward(office: Office) -> Ward:
    found = Ward(office)
    for code, times in SHIFTS.items():
        found.define(code, times)
    found.roster({2: "P", 3: "L", 12: "P", 13: "S"})
    found.roster({2: "L", 3: "M", 12: "S", 13: "P"}, "mate")
    return found


def mate(ward: Ward) -> Actor:
    return Actor(None, ward.person("mate"), "Ketut", (Grant("employee"),), TODAY)


def ask(ward: Ward, mine: int, theirs: int, reason: str = "mengantar anak") -> UUID:
    asked: dict[str, Any] = {"on": on(mine), "other_on": on(theirs), "reason": reason}
    actor, other = ward.machines.people.actor("employee"), ward.machines.people.city.persons["mate"]
    return services.ask_swap(actor=actor, at=AT, other=other, **asked)


def step(actor: Actor, swap: UUID, kind: SwapStepKind) -> None:
    services.step_swap(actor=actor, at=AT, swap=swap, step=kind)


def shifts(ward: Ward, key: str) -> dict[int, str]:
    rows = RosterDay.objects.known().filter(person_id=ward.person(key)).select_related("first")
    return {row.period.lower.day: row.first.code if row.first else "L" for row in rows}


def agreed(ward: Ward, swap: UUID) -> None:
    step(mate(ward), swap, SwapStepKind.CONSENTED)
    step(ward.machines.people.actor("superior"), swap, SwapStepKind.AGREED)


def test_both_days_change_hands_once_all_three_have_said_so(ward: Ward) -> None:
    before = shifts(ward, "own"), shifts(ward, "mate")
    swap = ask(ward, 12, 13)
    step(mate(ward), swap, SwapStepKind.CONSENTED)
    assert (shifts(ward, "own"), shifts(ward, "mate")) == before
    step(ward.machines.people.actor("superior"), swap, SwapStepKind.AGREED)
    assert shifts(ward, "own") == before[0] | {12: "S", 13: "P"}
    assert shifts(ward, "mate") == before[1] | {12: "P", 13: "S"}
    assert not RosterDay.objects.known().filter(swap__uid=swap, late=True).exists()


def test_a_trade_that_changes_nothing_is_refused(ward: Ward) -> None:
    ward.roster({20: "P", 21: "M"})
    ward.roster({20: "P", 21: "M"}, "mate")
    for mine, theirs in ((20, 20), (20, 21)):
        with pytest.raises(SwapUnfit, match="tidak ada yang berubah"):
            ask(ward, mine, theirs)


def test_a_day_is_offered_once_at_a_time(ward: Ward) -> None:
    swap = ask(ward, 12, 13)
    with pytest.raises(SwapUnfit, match="12 November 2026 sudah diusulkan untuk ditukar dan belum selesai"):
        ask(ward, 12, 12)
    step(mate(ward), swap, SwapStepKind.CONSENTED)
    with pytest.raises(SwapUnfit, match="Tarik dulu usulan itu"):
        ask(ward, 12, 13)
    step(ward.machines.people.actor("employee"), swap, SwapStepKind.WITHDRAWN)
    ask(ward, 12, 13)


def test_a_trade_names_the_letters_that_each_gives_also_once_it_is_agreed(ward: Ward) -> None:
    ward.roster({19: "M"})
    ward.roster({19: "S"}, "mate")
    swap, chief = ask(ward, 19, 19), ward.machines.people.actor("superior")

    def letters() -> tuple[str, str]:
        (view,) = queries.list_swaps(actor=chief, at=AT)
        return view.asker_codes, view.other_codes

    assert letters() == ("M", "S")
    agreed(ward, swap)
    assert shifts(ward, "own")[19] == "S"
    assert letters() == ("M", "S")
    ward.roster({19: "P"}, "mate")
    assert letters() == ("M", "S"), "a later sheet is another matter"


def test_a_superior_agrees_to_no_trade_of_a_relative(ward: Ward) -> None:
    swap = ask(ward, 12, 13)
    step(mate(ward), swap, SwapStepKind.CONSENTED)
    people.Relative.objects.create(
        person_id=ward.person("mate"), relative_id=ward.person("chief"), relation="parent", name="Ibu",
        period=since(date(2012, 5, 5)), basis_id=opening_basis(),
    )  # fmt: skip
    chief = ward.machines.people.actor("superior")
    assert [each.steps for each in queries.list_swaps(actor=chief, at=AT)] == [()]
    with pytest.raises(SwapNotFound):
        step(chief, swap, SwapStepKind.AGREED)
    assert shifts(ward, "own")[12] == "P"


def test_a_trade_told_afterwards_is_marked_late_and_settles_the_days(ward: Ward) -> None:
    """Scene 2: last night's swap is entered in the morning; who was free is not absent."""
    ward.machines.give("mate", "1002")
    ward.tap(tap(2, "06:55:00", "1002"), tap(2, "14:03:00", "1002"), tap(3, "20:50:00"), tap(4, "07:02:00"))
    ward.month()
    assert states(ward.person(), 2, 3) == ["absent", "free"]
    agreed(ward, ask(ward, 2, 3))
    assert RosterDay.objects.known().filter(late=True, swap__isnull=False).count() == 4
    ward.derive()
    assert states(ward.person(), 2, 3) == ["free", "present"]
    assert states(ward.person("mate"), 2, 3) == ["present", "free"]


def test_each_step_is_its_own_persons_and_comes_in_its_turn(ward: Ward) -> None:
    me, chief = ward.machines.people.actor("employee"), ward.machines.people.actor("superior")
    swap = ask(ward, 12, 13)
    with pytest.raises(NotAllowed):
        step(me, swap, SwapStepKind.CONSENTED)
    with pytest.raises(SwapOver, match="menunggu kesediaan rekannya"):
        step(chief, swap, SwapStepKind.AGREED)
    step(mate(ward), swap, SwapStepKind.CONSENTED)
    for who in (me, mate(ward)):
        with pytest.raises(NotAllowed):
            step(who, swap, SwapStepKind.AGREED)
    stranger = Actor(None, ward.person("foreign"), "Tigor", (Grant("employee"),), TODAY)
    with pytest.raises(SwapNotFound):
        step(stranger, swap, SwapStepKind.REFUSED)
    step(me, swap, SwapStepKind.WITHDRAWN)
    with pytest.raises(SwapOver, match="sudah ditarik"):
        step(chief, swap, SwapStepKind.AGREED)


def test_a_declared_relative_does_not_agree(ward: Ward) -> None:
    city, chief = ward.machines.people.city, ward.machines.people.actor("superior")
    people.Relative.objects.create(
        person_id=city.ids["mate"], relative_id=chief.person_id, relation="spouse", name="Bernadeta",
        period=since(date(2020, 1, 1)), basis_id=opening_basis(), item=city.persons["mate"],
    )  # fmt: skip
    swap = ask(ward, 12, 13)
    step(mate(ward), swap, SwapStepKind.CONSENTED)
    with pytest.raises((NotAllowed, SwapNotFound)):
        step(chief, swap, SwapStepKind.AGREED)
    offered = [view.steps for view in queries.list_swaps(actor=chief, at=AT)]
    assert not any(SwapStepKind.AGREED in steps for steps in offered)


def test_the_list_shows_what_each_can_do(ward: Ward) -> None:
    swap = ask(ward, 12, 13)
    seen: dict[str, Any] = {}
    for name, actor in (("asker", ward.machines.people.actor("employee")), ("other", mate(ward)),
                        ("chief", ward.machines.people.actor("superior"))):  # fmt: skip
        (view,) = queries.list_swaps(actor=actor, at=AT)
        assert view.uid == swap
        seen[name] = view.steps
    consented, refused = SwapStepKind.CONSENTED, SwapStepKind.REFUSED
    assert seen == {"asker": (SwapStepKind.WITHDRAWN,), "other": (consented, refused), "chief": (refused,)}
    stranger = Actor(None, ward.person("foreign"), "Tigor", (Grant("employee"),), TODAY)
    assert queries.list_swaps(actor=stranger, at=AT) == []
    colleagues = queries.list_colleagues(actor=mate(ward), at=AT, first=on(1), end=on(30))
    assert [person.name for person in colleagues] == ["Ketut Sariasih", "Suparman"]


def test_what_can_not_be_traded_says_why(ward: Ward) -> None:
    with pytest.raises(SwapUnfit, match="Tidak ada dinas"):
        ask(ward, 3, 13)
    with pytest.raises(ReasonMissing):
        ask(ward, 12, 13, reason="-")
    ward.define("E", ShiftTimes("Dini", time(5), time(9), 60, 60))
    ward.roster({14: "E"})
    ward.roster({13: "M"}, "mate")
    with pytest.raises(SwapUnfit, match="Sesudah ditukar: Jam kerja 14 November 2026"):
        ask(ward, 12, 13)


def test_a_roster_that_changed_meanwhile_stops_the_trade(ward: Ward) -> None:
    swap = ask(ward, 12, 13)
    step(mate(ward), swap, SwapStepKind.CONSENTED)
    ward.roster({12: "L"})
    with pytest.raises(SwapUnfit, match="12 November 2026"):
        step(ward.machines.people.actor("superior"), swap, SwapStepKind.AGREED)
