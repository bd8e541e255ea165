"""The days of one person by the definition (``resolving``): what pages ask for, and what is not plain."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pamong.attendance.deriving.chains import Expected, chain_of, touched_by, window
from pamong.attendance.deriving.facts import NO_COVER, Cover, Facts, Place, Tap
from pamong.attendance.deriving.outcomes import Resting, free_row, row_of, source_of
from pamong.attendance.expectations import office_day, roster_day
from pamong.attendance.resolving import DayResult, Excuse, ShiftInstance, Span, resolve
from pamong.attendance.shifts import ShiftBook
from pamong.law.engine.plan import Law

_START = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass
class Calendar:
    """When people are expected: by the law and the shifts, each office day worked out once."""

    law: Law
    book: ShiftBook
    _days: dict[tuple[date, str, str], ShiftInstance | None] = field(default_factory=dict)

    def office(self, on: date, week: str, zone: str) -> ShiftInstance | None:
        """The working period of a weekly pattern at a place; ``LawError`` for a year without holidays."""
        key = (on, week, zone)
        if key not in self._days:
            self._days[key] = office_day(self.law, on, week, zone) if week else None
        return self._days[key]

    def expected(self, on: date, place: Place, roster: Sequence[int] | None) -> list[ShiftInstance]:
        """The working periods of a day: of his roster where he has one, else of his unit's week."""
        if roster is None:
            found = self.office(on, place.week, place.zone)
            return [] if found is None else [found]
        shifts = [(str(kind), times) for kind in roster if (times := self.book.times(kind, on)) is not None]
        return roster_day(on, shifts, place.zone)


@dataclass(frozen=True)
class OneDay:
    """A day of somebody: its results by start, each with what it rests on. ``source``: what expects him.
    ``numbered``: whether any device knows him then."""

    on: date
    place: Place
    source: str
    numbered: bool
    results: tuple[tuple[DayResult, Resting], ...]


class Person:
    """One person's facts, and what they make of his days."""

    def __init__(self, person: int, facts: Facts, calendar: Calendar) -> None:
        self.id = person
        self._places = {on: place for (who, on), place in facts.places.items() if who == person}
        self._covers = {on: cover for (who, on), cover in facts.covers.items() if who == person}
        self._rosters = {on: kinds for (who, on), kinds in facts.rosters.items() if who == person}
        self._taps: Sequence[Tap] = facts.taps.get(person, ())
        self._excuses: Sequence[Excuse] = facts.excuses.get(person, ())
        self.expected: Expected = {
            on: calendar.expected(on, place, self._rosters.get(on)) for on, place in self._places.items()
        }

    def touched(self, days: Iterable[date]) -> list[date]:
        """The days whose results can rest on what happened on these local dates."""
        found: set[date] = set()
        for on in days:
            place = self._places.get(on)
            found |= {on} if place is None else touched_by(on, self.expected, place.zone)
        return sorted(found)

    def day(self, on: date) -> OneDay | None:
        """A day; None where he has no post then."""
        place = self._places.get(on)
        if place is None:
            return None
        source = "roster" if on in self._rosters else source_of(place)
        numbered = self._covers.get(on, NO_COVER).numbered
        return OneDay(on, place, source, numbered, self._results(on, place, source))

    def rows(self, on: date) -> list[tuple[Any, ...]]:
        """A day as it is stored; none where he has no post then."""
        day = self.day(on)
        if day is None:
            return []
        if not day.results:
            return [free_row(self.id, on, Resting(day.place, day.source))]
        return [row_of(self.id, result, rests) for result, rests in day.results]

    def _results(self, on: date, place: Place, source: str) -> tuple[tuple[DayResult, Resting], ...]:
        mine = self.expected[on]
        if not mine:
            return ()
        chain = [each for day in chain_of(on, self.expected) for each in self.expected[day]]
        cover = self._covers.get(on, NO_COVER)
        punches = [tap.punch for tap in self._taps if any(each.admits(tap.punch.at) for each in chain)]
        found = []
        for instance in mine:
            reach = _reach(cover, instance)
            resolved = resolve(chain, punches, self._excuses, watermark=reach)
            result = next(each for each in resolved.days if each.on == on and _is_of(each, instance))
            rests = Resting(
                place, source, chain, punches, [e for e in self._excuses if _meets(e, chain)],
                _told_reach(reach, instance), cover.holds(instance.opens), cover.numbered,
            )  # fmt: skip
            found.append((result, rests))
        return tuple(found)


def people_of(facts: Facts, calendar: Calendar, persons: Collection[int]) -> Mapping[int, Person]:
    """The persons, each with his own facts."""
    parts: dict[int, Facts] = {person: Facts() for person in persons}
    for name in ("places", "rosters", "covers"):
        for (person, on), value in getattr(facts, name).items():
            if person in parts:
                getattr(parts[person], name)[person, on] = value
    for person, part in parts.items():
        part.taps[person] = facts.taps.get(person, [])
        part.excuses[person] = facts.excuses.get(person, [])
    return {person: Person(person, part, calendar) for person, part in parts.items()}


def _reach(cover: Cover, instance: ShiftInstance) -> datetime:
    """Until when the data of a day reach that decide it."""
    decides = cover.numbered and cover.holds(instance.opens)
    return cover.at if decides and cover.at is not None else _START


def _told_reach(reach: datetime, instance: ShiftInstance) -> str:
    return "none" if reach < instance.opens else "part" if reach < instance.closes else "all"


def _is_of(result: DayResult, instance: ShiftInstance) -> bool:
    """Whether a result is that of a working period: excuses shorten it, and leave its window as it is."""
    its = result.instance
    return (its.opens, its.closes, its.keys) == (instance.opens, instance.closes, instance.keys)


def _meets(excuse: Excuse, chain: Sequence[ShiftInstance]) -> bool:
    if isinstance(excuse.when, Span):
        return any(excuse.when.overlaps(window(each)) for each in chain)
    return any(excuse.when.days.contains(each.on) for each in chain)
