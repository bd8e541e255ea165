"""Enter, verify and sign are three people: the opening, the panel, what is set aside, and the choice."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from pamong.decisions.choices import Answer, State
from pamong.decisions.errors import NotYours
from pamong.decisions.models import Decision, StepAct
from pamong.merit import models, services
from pamong.people.choices import AppointmentKind
from tests.decisions.test_addressing import leave_seat, sit
from tests.support.deciding import WHY
from tests.support.filling import CLOSED, Filling
from tests.support.people import TODAY


def proposed(filling: Filling) -> UUID:
    """The opening as it was proposed."""
    return services.propose_vacancy(**filling.who("nurul"), key=uuid4(), asked=filling.asked()).uid


def not_yet(filling: Filling, decision: UUID, *who: str, on: date = TODAY) -> None:
    """None of these may answer now."""
    for each in who:
        with pytest.raises(NotYours), transaction.atomic():
            filling.sign(each, decision, on)


def acts(decision: UUID) -> list[tuple[str, str]]:
    """Who answered in which part."""
    rows = StepAct.objects.filter(decision__uid=decision).order_by("place")
    return list(rows.values_list("name", "part"))


def test_the_opening_is_verified_by_the_secretary_before_it_is_signed(filling: Filling) -> None:
    decision = proposed(filling)
    not_yet(filling, decision, "mayor", "nurul", "wahyu")
    assert filling.sign("above", decision) is State.WAITING
    assert not models.Vacancy.objects.exists()
    assert filling.sign("mayor", decision) is State.SEALED
    assert acts(decision) == [("Above", "verify"), ("Mayor", "sign")]


def test_a_check_that_fails_ends_it(filling: Filling) -> None:
    decision = proposed(filling)
    assert filling.sign("above", decision, answer=Answer.REFUSE, reason=WHY) is State.REFUSED
    assert not models.Vacancy.objects.exists()


def test_a_panel_with_the_secretary_is_verified_by_a_second_officer(filling: Filling) -> None:
    vacancy = filling.open()
    asked = {"key": uuid4(), "vacancy": vacancy.uid, "members": filling.members()}
    decision = services.propose_panel(**filling.who("nurul"), **asked).uid
    not_yet(filling, decision, "above", "mayor", "nurul")
    filling.sign("ratih", decision)
    not_yet(filling, decision, "ratih", "wahyu")
    filling.sign("mayor", decision)
    assert acts(decision) == [("Ratih", "verify"), ("Mayor", "sign")]


def test_a_panel_without_him_is_verified_by_the_secretary(filling: Filling) -> None:
    vacancy = filling.open()
    members = filling.members("chief", "p1", "p2", "p3", "foreign", chair="chief")
    asked = {"key": uuid4(), "vacancy": vacancy.uid, "members": members}
    decision = services.propose_panel(**filling.who("nurul"), **asked).uid
    not_yet(filling, decision, "ratih", "mayor")
    filling.sign("above", decision)
    filling.sign("mayor", decision)


def test_case_J_05_one_officer_and_the_mayor_set_nothing_aside(filling: Filling) -> None:
    vacancy = filling.announced()
    applied = filling.apply(vacancy, "c5")
    asked = {"key": uuid4(), "application": applied.uid, "condition": "education", "reason": WHY}
    decision = services.propose_overruling(**filling.who("nurul"), **asked).uid
    not_yet(filling, decision, "mayor", "nurul")
    filling.sign("above", decision)
    assert not models.Overruling.objects.exists()
    filling.sign("mayor", decision)
    assert models.Overruling.objects.get().decision == decision


def test_a_vacant_seat_of_the_secretary_keeps_nobody_waiting(filling: Filling) -> None:
    """Above him is only the appointing official, who signs: a second officer looks in his place."""
    leave_seat(filling.desk, "above", TODAY)
    decision = proposed(filling)
    not_yet(filling, decision, "mayor")
    filling.sign("wahyu", decision)
    assert filling.sign("mayor", decision) is State.SEALED


def test_who_stands_in_for_the_secretary_verifies(filling: Filling) -> None:
    leave_seat(filling.desk, "above", TODAY)
    sit(filling.desk, "foreign", "above", TODAY, AppointmentKind.PLT, date(2027, 1, 1))
    decision = proposed(filling)
    not_yet(filling, decision, "wahyu", "mayor")
    filling.sign("foreign", decision)
    assert filling.sign("mayor", decision) is State.SEALED


def test_the_choice_is_looked_at_by_a_second_officer_where_nobody_is_secretary(filling: Filling) -> None:
    vacancy = filling.locked()
    leave_seat(filling.desk, "above", CLOSED)
    decision = filling.put(vacancy, weighed=False)
    assert [each["part"] for each in Decision.objects.get(uid=decision).steps] == ["verify", "sign"]
    not_yet(filling, decision, "mayor", on=CLOSED)
    filling.sign("wahyu", decision, CLOSED)
    assert filling.choose(decision, "c1") is State.SEALED
