"""Somebody's days: where he was expected, and what his punches say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from pamong.access import services as access_services
from pamong.attendance import policies
from pamong.attendance.expectations import free_day, office_day
from pamong.attendance.queries.facts import OwnedPunch, punches_of
from pamong.attendance.resolving import DayResult, Punch, PunchFate, resolve
from pamong.attendance.sql import fetch
from pamong.kernel.actor import Actor
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
# Devices that can serve somebody: those at his sites; where none stands there, those that know his number.
_WATERMARK = """
WITH near AS (
  SELECT DISTINCT r.device_id FROM attendance_devicerow r
  WHERE r.superseded_at IS NULL AND r.period && daterange(%(first)s, %(end)s) AND r.site_id = ANY(%(sites)s)
), serving AS (
  SELECT device_id FROM near UNION ALL
  SELECT DISTINCT d.id FROM attendance_pin n JOIN attendance_device d ON d.group_id = n.group_id
  WHERE NOT EXISTS (SELECT 1 FROM near) AND n.person_id = %(person)s AND n.superseded_at IS NULL
    AND n.period && daterange(%(first)s, %(end)s)
)
SELECT count(*), min(w.at), count(*) FILTER (WHERE w.at IS NULL)
FROM serving s LEFT JOIN attendance_watermark w USING (device_id)
"""
_NUMBERED = """
SELECT EXISTS (SELECT 1 FROM attendance_pin n WHERE n.person_id = %(person)s AND n.superseded_at IS NULL
  AND n.period && daterange(%(first)s, %(end)s))
"""
_START = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is expected on a day: the weekly pattern ('' where no unit names one), site and zone."""

    week: str
    site: int | None
    zone: str


@dataclass(frozen=True, slots=True)
class DayView:
    """One day. ``result`` None: nobody expects him then; ``free`` names a holiday or cuti bersama.

    ``unplanned``: he has a post, and no unit above says when it works.
    """

    on: date
    result: DayResult | None
    free: str
    unplanned: bool
    punches: Sequence[PunchFate]


@dataclass(frozen=True, slots=True)
class PersonDays:
    """Some days of somebody. ``watermark``: until when all his data are here, None where a device of his site
    has told nothing yet; ``numbered``: whether any device knows him."""

    days: Sequence[DayView]
    watermark: datetime | None
    numbered: bool
    devices: int


def list_days(
    *, actor: Actor, at: datetime, person: UUID, first: date, end: date, law: Law, zone: str
) -> PersonDays:
    """Somebody's days from ``first`` until before ``end``; ``zone`` where his unit names no site.

    Nothing of a day to come is decided, whatever a device says of its data. The look is logged.
    ``PersonNotFound``, ``NotAllowed``; ``LawError`` where a year's holidays are not decreed yet.
    """
    person_id = require_person(actor, policies.READ, person)
    asked = {"person": person_id, "first": first, "end": end}
    places = {day: Place(week or "", site, its or zone) for day, week, site, its in fetch(_PLACES, asked)}
    sites = sorted({place.site for place in places.values() if place.site is not None})
    devices, known, silent = fetch(_WATERMARK, asked | {"sites": sites})[0]
    watermark = None if silent or not devices else min(known, at)
    # A day beyond either end: a punch of its night belongs to it.
    punches = punches_of(person_id, first - timedelta(days=1), end + timedelta(days=1))
    days = _days(places, punches, law, first, end, watermark or _START)
    subjects = [] if actor.person_id == person_id else [person]
    access_services.log_read(actor=actor, at=at, path="attendance.days", subjects=subjects)
    return PersonDays(days, watermark, bool(fetch(_NUMBERED, asked)[0][0]), devices)


def _days(
    places: Mapping[date, Place],
    punches: Sequence[OwnedPunch],
    law: Law,
    first: date,
    end: date,
    watermark: datetime,
) -> list[DayView]:
    instances = [
        found
        for day, place in places.items()
        if place.week and (found := office_day(law, day, place.week, place.zone)) is not None
    ]
    taps = [Punch(each.at, str(each.id), each.direction) for each in punches]
    resolved = resolve(instances, taps, watermark=watermark)
    results = {result.on: result for result in resolved.days}
    dates = {str(each.id): each.local_on for each in punches}
    stray: dict[date, list[PunchFate]] = {}
    for fate in resolved.outside:
        stray.setdefault(dates[fate.punch.key], []).append(fate)
    return [
        _view(day, places.get(day), results.get(day), stray.get(day, ()), law)
        for day in (first + timedelta(days=n) for n in range((end - first).days))
    ]


def _view(
    on: date, place: Place | None, result: DayResult | None, stray: Sequence[PunchFate], law: Law
) -> DayView:
    fates = (*(result.fates if result else ()), *stray)
    return DayView(on, result, free_day(law, on), place is not None and not place.week, fates)
