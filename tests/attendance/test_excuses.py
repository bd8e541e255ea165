"""What excuses somebody: told by documents, read by everyone who asks for his days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from pamong.attendance import services
from pamong.attendance.choices import ExcuseKind, ExcusePart, ExcuseSource
from pamong.attendance.models import DayExcuse
from pamong.attendance.queries import DayView
from pamong.attendance.resolving import ReasonCode, State
from pamong.attendance.services import NewExcuse, PunchRow
from pamong.kernel.period import Period
from pamong.ledger.models import Intake
from pamong.people.models import Person
from tests.attendance.test_facts import OPERATOR, wall
from tests.attendance.test_my_days import MONDAY, Office, office
from tests.support.people import AT, opening_basis

__all__ = ["office"]
TUESDAY = date(2026, 11, 3)
LEAVE = UUID("0192f0c1-2222-7000-8000-000000000001")


def person(office: Office, key: str = "own") -> int:
    return int(Person.objects.get(uid=office.machines.people.city.persons[key]).pk)


def day(on: date) -> Period:
    return Period(on, date.fromordinal(on.toordinal() + 1))


def tap(line: int, day: int, clock: str) -> PunchRow:
    return PunchRow(line, wall(f"2026-11-{day:02}T{clock}:00"), "1001")


def say(source: ExcuseSource, uid: UUID, *excuses: NewExcuse) -> bool:
    return services.set_excuses(
        actor=OPERATOR, at=AT, basis=opening_basis(), source=source, source_uid=uid, excuses=excuses
    )


def whole(office: Office, on: date, kind: ExcuseKind = ExcuseKind.LEAVE_ANNUAL) -> NewExcuse:
    return NewExcuse(person(office), kind, day(on))


def test_a_day_of_leave_is_excused_and_its_neighbours_are_not(office: Office) -> None:
    office.tap(tap(1, 2, "07:10"), tap(2, 2, "16:31"))
    assert office.states(days=3) == [State.PRESENT, State.ABSENT, State.ABSENT]
    assert say(ExcuseSource.LEAVE, LEAVE, whole(office, TUESDAY))
    assert office.states(days=3) == [State.PRESENT, State.EXCUSED, State.ABSENT]
    assert reasons(office.day(TUESDAY)) == {(ReasonCode.EXCUSED, "CT")}


def reasons(view: DayView) -> set[tuple[ReasonCode, object]]:
    return {(each.code, each.value) for each in view.result.reasons} if view.result else set()


@pytest.mark.parametrize("leave_first", [True, False])
def test_case_A_13_leave_stays_leave_and_punches_wait_for_a_person(office: Office, leave_first: bool) -> None:
    """Whichever of both is told last, nothing wins by being last."""
    punches = [
        tap(1, 2, "07:30"),
        tap(2, 2, "16:00"),
    ]
    acts = [lambda: say(ExcuseSource.LEAVE, LEAVE, whole(office, MONDAY)), lambda: office.tap(*punches)]
    for act in acts if leave_first else reversed(acts):
        act()
    found = office.day(MONDAY)
    assert found.result is not None
    assert found.result.state is State.EXCUSED
    assert found.result.value_of(ReasonCode.CONFLICT) == 2


def test_case_A_13_half_a_day_of_leave_and_half_a_day_of_work_add_up(office: Office) -> None:
    afternoon = NewExcuse(person(office), ExcuseKind.LEAVE_ANNUAL, day(MONDAY), ExcusePart.SECOND_HALF)
    say(ExcuseSource.LEAVE, LEAVE, afternoon)
    office.tap(tap(1, 2, "07:30"), tap(2, 2, "11:50"))
    result = office.day(MONDAY).result
    assert result is not None
    assert (result.state, result.late, result.early) == (State.PRESENT, 0, 0)
    assert result.value_of(ReasonCode.PART_EXCUSED) == "CT"


def test_a_span_moves_the_start_and_leaves_the_rest_expected(office: Office) -> None:
    starts, ends = (datetime.combine(MONDAY, time(0, 30), UTC), datetime.combine(MONDAY, time(1, 10), UTC))
    dark = NewExcuse(person(office), ExcuseKind.OUTAGE, day(MONDAY), ExcusePart.SPAN, starts, ends)
    say(ExcuseSource.OUTAGE, uuid4(), dark)
    office.tap(tap(1, 2, "08:09"), tap(2, 2, "16:31"))
    result = office.day(MONDAY).result
    assert result is not None
    assert (result.state, result.late) == (State.PRESENT, 0)


def test_a_document_says_the_same_once_and_takes_back_what_it_says_no_more(office: Office) -> None:
    assert say(ExcuseSource.LEAVE, LEAVE, whole(office, MONDAY), whole(office, TUESDAY))
    told = Intake.objects.count()
    assert not say(ExcuseSource.LEAVE, LEAVE, whole(office, TUESDAY), whole(office, MONDAY))
    assert Intake.objects.count() == told + 1, "the test's own seal alone"
    assert say(ExcuseSource.LEAVE, LEAVE, whole(office, TUESDAY))
    assert reasons(office.day(TUESDAY)) == {(ReasonCode.EXCUSED, "CT")}
    assert (ReasonCode.EXCUSED, "CT") not in reasons(office.day(MONDAY))
    assert say(ExcuseSource.LEAVE, LEAVE)
    assert DayExcuse.objects.known().count() == 0
    assert DayExcuse.objects.count() == 2  # they stood once, and can be asked for as known then


def test_two_documents_may_speak_of_one_day_and_one_not_twice(office: Office) -> None:
    say(ExcuseSource.LEAVE, LEAVE, whole(office, MONDAY))
    assert say(ExcuseSource.OUTAGE, uuid4(), whole(office, MONDAY, ExcuseKind.OUTAGE))
    twice = [whole(office, MONDAY), whole(office, MONDAY, ExcuseKind.DUTY)]
    with pytest.raises(IntegrityError), transaction.atomic():
        say(ExcuseSource.DUTY, uuid4(), *twice)


@pytest.mark.parametrize(
    "column", ["kind", "period", "person_id", "source_uid"], ids=["why", "when", "whom", "document"]
)
def test_nobody_rewrites_what_excuses(office: Office, column: str) -> None:
    say(ExcuseSource.LEAVE, LEAVE, whole(office, MONDAY))
    row: Any = DayExcuse.objects.get()
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        DayExcuse.objects.filter(pk=row.pk).update(**{column: getattr(row, column)})
