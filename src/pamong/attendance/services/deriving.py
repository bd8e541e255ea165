"""Days are derived: those that a late fact touched, or all of a month. Called by the worker and by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction

from pamong.attendance import policies
from pamong.attendance.deriving.chains import REACH
from pamong.attendance.deriving.facts import (
    Facts,
    Key,
    Place,
    read_covers,
    read_excuses,
    read_facts,
    read_places,
    read_rosters,
)
from pamong.attendance.deriving.keeping import keep
from pamong.attendance.deriving.one import Calendar, people_of
from pamong.attendance.resolving import ShiftInstance, instant_of
from pamong.attendance.services.staling import DERIVING
from pamong.attendance.shifts import read_book
from pamong.attendance.sql import fetch, run
from pamong.kernel.actor import Actor
from pamong.kernel.clock import local_date
from pamong.kernel.period import Period
from pamong.law.engine.plan import Law

MOST = 20_000  # marks in one transaction
_DAY = timedelta(days=1)
_WEEK = 7
_MANY = 500  # days from which on sets are joined whole
_MARKS = """
SELECT s.id, s.person_id, s.local_on FROM attendance_staleday s
WHERE s.local_on < (SELECT min(local_on) FROM attendance_staleday) + %(days)s
ORDER BY s.local_on, s.id LIMIT %(most)s
"""
# Days that have come and were never derived.
_DUE = """
INSERT INTO attendance_staleday (person_id, local_on)
SELECT DISTINCT a.person_id, d.day::date
FROM generate_series(%(first)s::date, %(last)s::date, '1 day') d (day)
JOIN people_appointment a ON a.kind = 'regular' AND a.superseded_at IS NULL AND a.period @> d.day::date
WHERE NOT EXISTS (SELECT 1 FROM attendance_dayresult r WHERE r.person_id = a.person_id
  AND r.local_on = d.day::date AND r.superseded_at IS NULL)
"""
# What stands of days on which somebody has no seat any more, since his service or his post was said to have
# ended before. Both times are the database's own.
_LEFT = """
INSERT INTO attendance_staleday (person_id, local_on)
SELECT d.person_id, d.local_on FROM attendance_dayresult d
WHERE d.superseded_at IS NULL AND d.person_id IN (
    SELECT person_id FROM people_appointment
    WHERE kind = 'regular' AND superseded_at >= now() - interval '2 days'
  ) AND NOT EXISTS (SELECT 1 FROM people_appointment a WHERE a.person_id = d.person_id AND a.kind = 'regular'
    AND a.superseded_at IS NULL AND a.period @> d.local_on)
"""
_STAFF = """
SELECT a.person_id FROM people_appointment a
WHERE a.kind = 'regular' AND a.superseded_at IS NULL AND a.period @> %(on)s::date
UNION SELECT r.person_id FROM attendance_dayresult r WHERE r.local_on = %(on)s AND r.superseded_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Derived:
    """How many days of people were looked at, and how many results are new."""

    days: int = 0
    results: int = 0

    def __add__(self, other: Derived) -> Derived:
        return Derived(self.days + other.days, self.results + other.results)


def derive_stale(*, actor: Actor, at: datetime, law: Law, zone: str) -> Derived:
    """Derive the days that late facts touched, and no others, in steps that each stand for themselves.
    Days after somebody's service ended are among them, however late that is known.

    Days to come are left: they are derived when they have come. ``zone`` where a unit names no site.
    ``NotAllowed``; ``LawError`` where a year's holidays are not decreed yet.
    """
    policies.require_import(actor)
    run(_LEFT, {})
    done = Derived()
    while (step := _step(at, law, zone)) is not None:
        done += step
    return done


def derive_due(*, actor: Actor, at: datetime, law: Law, zone: str) -> Derived:
    """The same, after yesterday and today were marked for everybody of whom nothing is stored."""
    policies.require_import(actor)
    today = local_date(at, zone)
    run(_DUE, {"first": today - _DAY, "last": today})
    return derive_stale(actor=actor, at=at, law=law, zone=zone)


def derive_month(*, actor: Actor, at: datetime, law: Law, zone: str, month: Period) -> Derived:
    """Derive every day of a month that has come, for everybody; the same again adds nothing.

    ``NotAllowed``, ``LawError``.
    """
    policies.require_import(actor)
    today = local_date(at, zone)
    done = Derived()
    for on in month.each_day():
        if on <= today:
            done += _whole_day(on, at, law, zone)
    return done


@transaction.atomic
def _whole_day(on: date, at: datetime, law: Law, zone: str) -> Derived:
    _hold()
    marks = fetch("SELECT id FROM attendance_staleday WHERE local_on = %(on)s", {"on": on})
    keys = {(person, on) for (person,) in fetch(_STAFF, {"on": on})}
    done = _derive(keys, at, law, zone)
    _drop([row[0] for row in marks])
    return done


@transaction.atomic
def _step(at: datetime, law: Law, zone: str) -> Derived | None:
    _hold()
    marks = fetch(_MARKS, {"days": _WEEK, "most": MOST})
    if not marks:
        return None
    today = local_date(at, zone)
    done = _derive({(person, on) for _, person, on in marks if on <= today}, at, law, zone)
    _drop([row[0] for row in marks])
    return done


def _hold() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DERIVING])


def _drop(marks: Collection[int]) -> None:
    run("DELETE FROM attendance_staleday WHERE id = ANY(%(ids)s)", {"ids": list(marks)})


def _derive(keys: Collection[Key], at: datetime, law: Law, zone: str) -> Derived:
    """Days on which nothing hangs together with another go as columns, the rest one by one."""
    if not keys:
        return Derived()
    if len(keys) > _MANY:  # what is estimated of tables made a moment ago is one row: loops within loops
        run("SET LOCAL enable_nestloop = off", {})
    keys = sorted(keys)  # rows that come in the order of the indices are stored in half the time
    calendar = Calendar(law, read_book())
    first, last = min(on for _, on in keys), max(on for _, on in keys)
    around = 2 * REACH * _DAY
    linked = {who for who, _ in read_rosters({who for who, _ in keys}, first - around, last + around)}
    places = read_places([key for key in keys if key[0] not in linked], zone)
    beyond = {
        told for told in {(on, place.week, place.zone) for (_, on), place in places.items()}
        if _leaves_its_day(calendar, *told)
    }  # fmt: skip
    linked |= {who for (who, on), place in places.items() if (on, place.week, place.zone) in beyond}
    rows, done = _linked([key for key in keys if key[0] in linked], at, calendar, zone)
    alone = [key for key in keys if key[0] not in linked]
    more, plain = _alone(alone, {key: places[key] for key in alone if key in places}, at, calendar)
    kept = {*alone, *done}
    derived = Derived(len(kept), keep(kept, [*rows, *more], at, plain))
    run("SET LOCAL enable_nestloop = on", {})
    return derived


def _leaves_its_day(calendar: Calendar, on: date, week: str, zone: str) -> bool:
    """Whether the window of an office day reaches beyond its local date."""
    shift = calendar.office(on, week, zone)
    if shift is None:
        return False
    midnights = [instant_of(datetime.combine(day, time()), zone) for day in (on, on + _DAY)]
    return shift.opens < midnights[0] or shift.closes > midnights[1]


def _linked(
    keys: Collection[Key], at: datetime, calendar: Calendar, zone: str
) -> tuple[list[tuple[Any, ...]], set[Key]]:
    """Days that can hang together with those beside them: their rows, and which days were worked out."""
    wide = {(person, on + n * _DAY) for person, on in keys for n in range(-2 * REACH, 2 * REACH + 1)}
    by_person: dict[int, list[date]] = {}
    for who, on in keys:
        by_person.setdefault(who, []).append(on)
    rows: list[tuple[Any, ...]] = []
    done: set[Key] = set()
    today = local_date(at, zone)
    people = people_of(read_facts(wide, at, zone), calendar, by_person)
    for id_, person in people.items():
        for on in person.touched(by_person[id_]):
            if on <= today:
                rows += person.rows(on)
                done.add((id_, on))
    return rows, done


def _alone(
    keys: Collection[Key], places: Mapping[Key, Place], at: datetime, calendar: Calendar
) -> tuple[list[tuple[Any, ...]], list[bytes]]:
    """Office days, each for itself: as columns by date where they are plain."""
    from pamong.attendance.deriving import many  # noqa: PLC0415 - the web process loads no Polars

    free = {
        key: place for key, place in places.items() if not calendar.office(key[1], place.week, place.zone)
    }
    blocks = [many.free_days(free)] if free else []
    keys = [key for key in keys if key in places and key not in free]
    if not keys:
        return [], blocks
    places = {key: places[key] for key in keys}
    covers, _ = read_covers(places, at)
    first, end = min(on for _, on in keys), max(on for _, on in keys) + _DAY
    persons = {person for person, _ in keys}
    punches = many.read_punches(persons, first, end)
    excuses = read_excuses(persons, first - _DAY, end + _DAY)
    expected = {
        key: shift
        for key, place in places.items()
        if key[0] not in excuses and (shift := calendar.office(key[1], place.week, place.zone)) is not None
    }
    done: set[Key] = set()
    for on, shifts in _by_day(expected).items():
        found = many.plain_days(shifts, places, covers, punches)
        blocks.append(found.csv)
        done |= {(person, on) for person in found.persons}
    rest = {person for person, on in keys if (person, on) not in done}
    facts = Facts(dict(places), {}, covers, dict(many.taps_in(punches, rest)), excuses)
    people = people_of(facts, calendar, rest)
    rows = [row for person, on in keys if (person, on) not in done for row in people[person].rows(on)]
    return rows, blocks


def _by_day(expected: Mapping[Key, ShiftInstance]) -> dict[date, dict[Key, ShiftInstance]]:
    found: dict[date, dict[Key, ShiftInstance]] = {}
    for key, shift in expected.items():
        found.setdefault(key[1], {})[key] = shift
    return found
