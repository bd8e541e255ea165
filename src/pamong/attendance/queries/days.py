"""Somebody's days: where he was expected, and what his punches say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from pamong.access import services as access_services
from pamong.attendance import policies
from pamong.attendance.calendars import free_day_name
from pamong.attendance.deriving.chains import REACH
from pamong.attendance.deriving.facts import Facts, read_facts, read_places
from pamong.attendance.deriving.one import Calendar, OneDay, Person
from pamong.attendance.resolving import DayResult, Fate, PunchFate
from pamong.attendance.shifts import NO_BOOK, read_book
from pamong.attendance.vouches import Vouch
from pamong.kernel.actor import Actor
from pamong.law.engine.plan import Law
from pamong.people.queries import require_person

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayView:
    """One day. ``results``: of each working period by start, none where nobody expects him then; ``free``
    names a holiday or cuti bersama.

    ``unplanned``: he has a post, and no unit above says when it works. ``covered``: the data of that day are
    here, or still come; else nothing can be said of it, and nothing is decided. ``numbered``: whether any
    device knows him then.
    ``vouched``: instants that no machine told, and on whose word they stand.
    ``disturbed``: an outage at his site waits to be confirmed, or goes on: nothing of the day is final.
    """

    on: date
    results: Sequence[DayResult]
    free: str
    unplanned: bool
    covered: bool
    numbered: bool
    punches: Sequence[PunchFate]
    disturbed: bool = False
    vouched: Mapping[datetime, Vouch] = field(default_factory=dict)

    @property
    def result(self) -> DayResult | None:
        """What became of the first working period, or None."""
        return self.results[0] if self.results else None


@dataclass(frozen=True, slots=True)
class PersonDays:
    """Some days of somebody. ``watermark``: until when all his data are here, None where there are none.
    ``posted``: whether he has a post on any of them."""

    days: Sequence[DayView]
    watermark: datetime | None
    posted: bool


def list_days(
    *, actor: Actor, at: datetime, person: UUID, first: date, end: date, law: Law, zone: str
) -> PersonDays:
    """Somebody's days from ``first`` until before ``end``; ``zone`` where his unit names no site.

    Worked out from the facts by what derives the stored results too, so that pages and pay say the same
    (A-28). Nothing of a day to come is decided, whatever a device says of its data. The look is logged.
    ``PersonNotFound``, ``NotAllowed``; ``LawError`` where a year's holidays are not decreed yet.
    """
    person_id = require_person(actor, policies.READ, person)
    found = days_of(person_id, at=at, first=first, end=end, law=law, zone=zone)
    subjects = [] if actor.person_id == person_id else [person]
    access_services.log_read(actor=actor, at=at, path="attendance.days", subjects=subjects)
    return found


def days_of(person_id: int, *, at: datetime, first: date, end: date, law: Law, zone: str) -> PersonDays:
    """The same for whoever has seen to the actor's right, and logs the look. ``LawError``."""
    around = 2 * REACH * _DAY
    facts = read_facts([(person_id, on) for on in _each(first - around, end + around)], at, zone)
    book = read_book() if facts.rosters else NO_BOOK
    his = Person(person_id, facts, Calendar(law, book))
    stray = _stray(facts, person_id, his)
    vouched = _vouched(facts, person_id)
    days = [
        _view(on, his.day(on), stray.get(on, ()), law, (person_id, on) in facts.disturbed, vouched)
        for on in _each(first, end)
    ]
    asked = [(person_id, on) for on in _each(first, end) if (person_id, on) in facts.places]
    known = [until for key in asked if (until := facts.covers[key].at) is not None]
    return PersonDays(days, min(known, default=None), bool(asked))


def zone_on(person_id: int, on: date, zone: str) -> str:
    """The zone of the site where somebody works on a day; ``zone`` where his unit names none."""
    place = read_places([(person_id, on)], zone).get((person_id, on))
    return zone if place is None else place.zone


def _each(first: date, end: date) -> list[date]:
    return [first + n * _DAY for n in range((end - first).days)]


def _stray(facts: Facts, person_id: int, his: Person) -> Mapping[date, list[PunchFate]]:
    """Punches outside every window, by the date stored with them."""
    found: dict[date, list[PunchFate]] = {}
    windows = [each for periods in his.expected.values() for each in periods]
    for tap in facts.taps.get(person_id, ()):
        if not any(each.admits(tap.punch.at) for each in windows):
            found.setdefault(tap.local_on, []).append(PunchFate(tap.punch, Fate.OUTSIDE))
    return found


def _vouched(facts: Facts, person_id: int) -> Mapping[datetime, Vouch]:
    """The instants that only people vouch for."""
    taps = facts.taps.get(person_id, ())
    machine = {tap.punch.at for tap in taps if tap.vouch is None}
    return {tap.punch.at: tap.vouch for tap in taps if tap.vouch and tap.punch.at not in machine}


def _view(
    on: date, day: OneDay | None, stray: Sequence[PunchFate], law: Law, disturbed: bool,
    vouched: Mapping[datetime, Vouch],
) -> DayView:  # fmt: skip
    results = [] if day is None else [result for result, _ in day.results]
    rests = [] if day is None else [each for _, each in day.results]
    return DayView(
        on,
        results,
        free_day_name(law, on) or "",
        day is not None and day.source == "unplanned",
        all(each.covered for each in rests),
        day is None or day.numbered,
        (*(fate for result in results for fate in result.fates), *stray),
        disturbed,
        vouched,
    )
