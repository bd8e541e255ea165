"""Who works at a site: the units that are there, and the people of their seats, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from pamong.attendance.errors import SiteUnknown
from pamong.attendance.expectations import office_day
from pamong.attendance.resolving import Span
from pamong.attendance.sql import fetch
from pamong.kernel.clock import local_date
from pamong.law.engine.errors import LawError
from pamong.law.engine.plan import Law

_DAY = timedelta(days=1)
_SITE = """
SELECT s.id, z.name, z.zone FROM organisation_site s JOIN organisation_siterow z ON z.site_id = s.id
  AND z.superseded_at IS NULL AND z.period @> %(on)s::date
WHERE s.uid = %(site)s
"""
# A unit is at the site that it names, or that the nearest unit above it names.
_UNITS = """
SELECT p.unit_id, p.path::text FROM organisation_unitplace p WHERE p.period @> %(on)s::date AND (
  SELECT r.site_id FROM organisation_unitplace up JOIN organisation_unitrow r ON r.unit_id = up.unit_id
    AND r.superseded_at IS NULL AND r.period @> %(on)s::date AND r.site_id IS NOT NULL
  WHERE up.path @> p.path AND up.period @> %(on)s::date ORDER BY up.depth DESC LIMIT 1
) = %(site)s
"""
_POSTED = """
SELECT DISTINCT a.person_id, (
  SELECT w.week FROM organisation_unitplace up JOIN attendance_unitweek w ON w.unit_id = up.unit_id
    AND w.superseded_at IS NULL AND w.period @> %(on)s::date
  WHERE up.path @> p.path AND up.period @> %(on)s::date ORDER BY up.depth DESC LIMIT 1
)
FROM people_appointment a
JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND s.superseded_at IS NULL AND s.period @> %(on)s::date
JOIN organisation_unitplace p ON p.unit_id = s.unit_id AND p.period @> %(on)s::date
WHERE a.kind = 'regular' AND a.superseded_at IS NULL AND a.period @> %(on)s::date
  AND s.unit_id = ANY(%(units)s)
"""
_MACHINES = """
SELECT r.device_id FROM attendance_devicerow r WHERE r.site_id = %(site)s AND r.superseded_at IS NULL
  AND r.period @> %(on)s::date
"""


@dataclass(frozen=True, slots=True)
class Site:
    """A site as of a day."""

    id: int
    name: str
    zone: str


def found_site(uid: UUID, on: date) -> Site:
    """A site that stands on a day. ``SiteUnknown``."""
    rows = fetch(_SITE, {"site": uid, "on": on})
    if not rows:
        raise SiteUnknown(on)
    return Site(*rows[0])


def units_at(site_id: int, on: date) -> dict[int, str]:
    """The units at a site on a day, with their paths."""
    return dict(fetch(_UNITS, {"site": site_id, "on": on}))


def machines_at(site_id: int, on: date) -> set[int]:
    """The machines that stand at a site on a day."""
    return {device for (device,) in fetch(_MACHINES, {"site": site_id, "on": on})}


def expected_at(site_id: int, span: Span, zone: str, law: Law) -> Iterator[tuple[int, date, date]]:
    """Who is expected at a site at any time of a span: the person, and the days on which he is, the last one
    not among them.

    Of a unit that names no weekly pattern (its people go by a roster) everybody, with the day before, to
    which a night that is not over belongs.
    """
    first, last = local_date(span.starts, zone), local_date(span.ends, zone)
    days: dict[int, set[date]] = {}
    while first <= last:
        for person, week in fetch(_POSTED, {"on": first, "units": list(units_at(site_id, first))}):
            if not week:
                days.setdefault(person, set()).update((first - _DAY, first))
            elif _meets(law, first, week, zone, span):
                days.setdefault(person, set()).add(first)
        first += _DAY
    for person, found in sorted(days.items()):
        yield person, min(found), max(found) + _DAY


def _meets(law: Law, on: date, week: str, zone: str, span: Span) -> bool:
    """Whether a day of a weekly pattern has working time in a span; an unknown year's might have."""
    try:
        day = office_day(law, on, week, zone)
    except LawError:
        return True
    return day is not None and day.span.overlaps(span)
