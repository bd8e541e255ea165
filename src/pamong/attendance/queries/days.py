"""Somebody's days: where he was expected, and what his punches say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from pamong.access import services as access_services
from pamong.attendance import policies
from pamong.attendance.calendars import free_day_name
from pamong.attendance.expectations import office_day
from pamong.attendance.queries.facts import OwnedPunch, punches_of
from pamong.attendance.resolving import (
    DayPart,
    DayResult,
    Excuse,
    Part,
    Punch,
    PunchFate,
    ShiftInstance,
    Span,
    resolve,
)
from pamong.attendance.sql import fetch
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.law.engine.plan import Law
from pamong.people.queries import require_person

# For each day of a post the nearest unit at or above its own that names a weekly pattern, or a site.
_PLACES = """
WITH spent AS (
  SELECT d.day::date AS day, p.path FROM generate_series(%(first)s::date, %(end)s::date - 1, '1 day') d (day)
  JOIN people_appointment a ON a.person_id = %(person)s AND a.kind = 'regular' AND a.superseded_at IS NULL
    AND a.period @> d.day::date
  JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND s.superseded_at IS NULL AND s.period @> d.day::date
  JOIN organisation_unitplace p ON p.unit_id = s.unit_id AND p.period @> d.day::date
)
SELECT t.day, (
  SELECT w.week FROM organisation_unitplace up JOIN attendance_unitweek w ON w.unit_id = up.unit_id
    AND w.superseded_at IS NULL AND w.period @> t.day
  WHERE up.path @> t.path AND up.period @> t.day ORDER BY up.depth DESC LIMIT 1
), site.id, site.zone
FROM spent t LEFT JOIN LATERAL (
  SELECT r.site_id AS id, z.zone, up.depth FROM organisation_unitplace up
  JOIN organisation_unitrow r ON r.unit_id = up.unit_id AND r.superseded_at IS NULL AND r.period @> t.day
  JOIN organisation_siterow z ON z.site_id = r.site_id AND z.superseded_at IS NULL AND z.period @> t.day
  WHERE up.path @> t.path AND up.period @> t.day ORDER BY up.depth DESC LIMIT 1
) site ON TRUE
"""
# For each day the devices that can serve somebody: those at his site; where none stands there, those that
# know his number. From when until when all of them have told everything, how many have told nothing at all,
# and whether any device knows him.
_COVER = """
WITH days AS (
  SELECT * FROM unnest(%(days)s::date[], %(sites)s::bigint[]) d (day, site)
), known AS (
  SELECT d.day, n.group_id FROM days d JOIN attendance_pin n ON n.person_id = %(person)s
    AND n.superseded_at IS NULL AND n.period @> d.day
), near AS (
  SELECT d.day, r.device_id FROM days d JOIN attendance_devicerow r ON r.site_id = d.site
    AND r.superseded_at IS NULL AND r.period @> d.day
), serving AS (
  SELECT * FROM near UNION
  SELECT k.day, v.id FROM known k JOIN attendance_device v ON v.group_id = k.group_id
    JOIN attendance_devicerow r ON r.device_id = v.id AND r.superseded_at IS NULL AND r.period @> k.day
  WHERE NOT EXISTS (SELECT 1 FROM near n WHERE n.day = k.day)
)
SELECT d.day, count(s.device_id), max(w.since), min(w.at),
  count(s.device_id) FILTER (WHERE w.at IS NULL), EXISTS (SELECT 1 FROM known k WHERE k.day = d.day)
FROM days d LEFT JOIN serving s ON s.day = d.day LEFT JOIN attendance_watermark w ON w.device_id = s.device_id
GROUP BY d.day
"""
# What any register says of somebody's days, in the order in which a day is named after it.
_EXCUSES = """
SELECT e.period, e.kind, e.part, e.starts, e.ends FROM attendance_dayexcuse e
WHERE e.person_id = %(person)s AND e.superseded_at IS NULL AND e.period && daterange(%(first)s, %(end)s)
ORDER BY e.id
"""
_START = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is expected on a day: the weekly pattern ('' where no unit names one), site and zone."""

    week: str
    site: int | None
    zone: str


@dataclass(frozen=True, slots=True)
class Cover:
    """Of which instants of a day everything is known: from ``since`` until ``at``. None: of nothing."""

    since: datetime | None
    at: datetime | None
    devices: int
    numbered: bool

    def holds(self, instant: datetime) -> bool:
        """Whether data begin before an instant."""
        return self.since is not None and self.since <= instant


@dataclass(frozen=True, slots=True)
class DayView:
    """One day. ``result`` None: nobody expects him then; ``free`` names a holiday or cuti bersama.

    ``unplanned``: he has a post, and no unit above says when it works. ``covered``: the data of that day are
    here, or still come; else nothing can be said of it, and ``result`` is not decided. ``numbered``: whether
    any device knows him then.
    """

    on: date
    result: DayResult | None
    free: str
    unplanned: bool
    covered: bool
    numbered: bool
    punches: Sequence[PunchFate]


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

    Nothing of a day to come is decided, whatever a device says of its data. The look is logged.
    ``PersonNotFound``, ``NotAllowed``; ``LawError`` where a year's holidays are not decreed yet.
    """
    person_id = require_person(actor, policies.READ, person)
    found = days_of(person_id, at=at, first=first, end=end, law=law, zone=zone)
    subjects = [] if actor.person_id == person_id else [person]
    access_services.log_read(actor=actor, at=at, path="attendance.days", subjects=subjects)
    return found


def days_of(person_id: int, *, at: datetime, first: date, end: date, law: Law, zone: str) -> PersonDays:
    """The same for whoever has seen to the actor's right, and logs the look. ``LawError``."""
    asked = {"person": person_id, "first": first, "end": end}
    places = {day: Place(week or "", site, its or zone) for day, week, site, its in fetch(_PLACES, asked)}
    covers = _covers(person_id, places, at)
    # A day beyond either end: a punch of its night belongs to it.
    punches = punches_of(person_id, first - timedelta(days=1), end + timedelta(days=1))
    results, stray = _resolved(places, covers, punches, excuses_of(person_id, first, end), law)
    span = [first + timedelta(days=n) for n in range((end - first).days)]
    days = [_view(on, places.get(on), covers.get(on), results.get(on), stray.get(on, ()), law) for on in span]
    known = [cover.at for cover in covers.values() if cover.at is not None]
    return PersonDays(days, min(known, default=None), bool(places))


def excuses_of(person_id: int, first: date, end: date) -> list[Excuse]:
    """What excuses somebody on days from ``first`` until before ``end``, as a day's definition takes it."""
    asked = {"person": person_id, "first": first, "end": end}
    return [_excuse(*row) for row in fetch(_EXCUSES, asked)]


def _excuse(days: Any, kind: str, part: str, starts: datetime | None, ends: datetime | None) -> Excuse:
    if starts is not None and ends is not None:
        return Excuse(kind, Span(starts, ends))
    return Excuse(kind, DayPart(Period(days.lower, days.upper), Part(part)))


def _covers(person_id: int, places: Mapping[date, Place], at: datetime) -> dict[date, Cover]:
    asked = {"person": person_id, "days": list(places), "sites": [place.site for place in places.values()]}
    found = {}
    for day, devices, since, until, silent, numbered in fetch(_COVER, asked):
        told = bool(devices and not silent)
        found[day] = Cover(since if told else None, min(until, at) if told else None, devices, numbered)
    return found


def _resolved(
    places: Mapping[date, Place],
    covers: Mapping[date, Cover],
    punches: Sequence[OwnedPunch],
    excuses: Sequence[Excuse],
    law: Law,
) -> tuple[dict[date, DayResult], dict[date, list[PunchFate]]]:
    """The result of each expected day, as far as the data of that day reach; stray punches by date."""
    instances = [
        found
        for day, place in places.items()
        if place.week and (found := office_day(law, day, place.week, place.zone)) is not None
    ]
    taps = [Punch(each.at, str(each.id), each.direction) for each in punches]
    reach = {each.on: _reach(covers[each.on], each) for each in instances}
    results: dict[date, DayResult] = {}
    for watermark in {_START, *reach.values()}:
        resolved = resolve(instances, taps, excuses, watermark=watermark)
        results |= {each.on: each for each in resolved.days if reach[each.on] == watermark}
    dates = {str(each.id): each.local_on for each in punches}
    stray: dict[date, list[PunchFate]] = {}
    for fate in resolved.outside:  # the same whatever the watermark
        stray.setdefault(dates[fate.punch.key], []).append(fate)
    return results, stray


def _reach(cover: Cover, instance: ShiftInstance) -> datetime:
    """Until when the data of a day reach that decide it."""
    decides = cover.numbered and cover.holds(instance.opens)
    return cover.at if decides and cover.at is not None else _START


def _view(
    on: date,
    place: Place | None,
    cover: Cover | None,
    result: DayResult | None,
    stray: Sequence[PunchFate],
    law: Law,
) -> DayView:
    fates = (*(result.fates if result else ()), *stray)
    begun = result is None or (cover is not None and cover.holds(result.instance.opens))
    return DayView(
        on, result, free_day_name(law, on) or "", place is not None and not place.week, begun,
        cover is None or cover.numbered, fates,
    )  # fmt: skip
