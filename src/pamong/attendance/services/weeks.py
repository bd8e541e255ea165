"""On how many days a week units work."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pamong.attendance import events, policies
from pamong.attendance.choices import WEEKS
from pamong.attendance.errors import NothingChanges, UnitNotThere, UnitUnknown, WeekUnknown
from pamong.attendance.models import UnitWeek
from pamong.attendance.services.dating import hold_from, write
from pamong.attendance.services.ownpast import past_of, require_others
from pamong.attendance.services.staling import stale_unit
from pamong.attendance.sql import fetch
from pamong.attendance.values import Touched
from pamong.kernel import timeline
from pamong.kernel.actor import Actor
from pamong.ledger import dated
from pamong.people.services.reading import near

_UNIT = """
SELECT u.id, u.uid FROM organisation_unit u JOIN organisation_unitplace p ON p.unit_id = u.id
  AND p.period @> %(on)s::date WHERE u.code = %(unit)s FOR UPDATE OF u
"""
# Those at or below a unit whose nearest week would be its own, and how many of them follow a roster.
_FOLLOWERS = """
SELECT count(DISTINCT a.person_id), count(DISTINCT r.person_id) FROM organisation_unitplace top
JOIN organisation_unitplace p ON p.path <@ top.path AND p.period @> %(on)s::date
JOIN organisation_seatrow s ON s.unit_id = p.unit_id AND s.superseded_at IS NULL
  AND s.period @> %(on)s::date
JOIN people_appointment a ON a.seat_id = s.seat_id AND a.superseded_at IS NULL AND a.kind = 'regular'
  AND a.period @> %(on)s::date
LEFT JOIN attendance_rosterday r ON r.person_id = a.person_id AND r.superseded_at IS NULL
  AND r.period && daterange(%(on)s::date, %(on)s::date + 31)
WHERE top.unit_id = %(unit)s AND top.period @> %(on)s::date AND NOT EXISTS (
  SELECT FROM organisation_unitplace mid JOIN attendance_unitweek w ON w.unit_id = mid.unit_id
    AND w.superseded_at IS NULL AND w.period @> %(on)s::date
  WHERE mid.path @> p.path AND mid.depth > top.depth AND mid.period @> %(on)s::date)
"""
# Those among some who had a post at or below a unit on some of these days, but for whom a nearer week held.
_AMONG = """
SELECT DISTINCT a.person_id FROM organisation_unitplace top
JOIN organisation_unitplace p ON p.path <@ top.path AND p.period && top.period
JOIN organisation_seatrow s ON s.unit_id = p.unit_id AND s.superseded_at IS NULL
JOIN people_appointment a ON a.seat_id = s.seat_id AND a.superseded_at IS NULL AND a.kind = 'regular'
CROSS JOIN LATERAL (
  SELECT top.period * p.period * s.period * a.period * daterange(%(first)s::date, %(end)s::date) AS days
) x
WHERE top.unit_id = %(unit)s AND a.person_id = ANY(%(ids)s) AND NOT isempty(x.days) AND NOT EXISTS (
  SELECT FROM organisation_unitplace mid JOIN attendance_unitweek w ON w.unit_id = mid.unit_id
    AND w.superseded_at IS NULL AND w.period @> x.days
  WHERE mid.path @> p.path AND mid.depth > top.depth AND mid.period @> x.days)
"""


@transaction.atomic
def set_week(*, actor: Actor, at: datetime, unit: str, week: str, on: date) -> None:
    """Let a unit (by its code), and all below it that say nothing else, work 5 or 6 days from a day on.

    ``NotAllowed``, ``WeekUnknown``, ``UnitUnknown``, ``UnitNotThere``; ``OwnPast`` where it changes past days
    of one's own or of a declared relative.
    """
    unit_id, uid, plan = _draft(actor, unit, week, on)
    hold_from(on, at)
    write(actor, at, UnitWeek, {"unit_id": unit_id}, plan, events.WeekSet(uid, week, on))
    stale_unit(unit_id, on, at)


@transaction.atomic
def check_week(*, actor: Actor, unit: str, week: str, on: date) -> Touched:
    """Whom ``set_week`` would touch: ``people`` who follow the unit's week, ``left`` of them by a roster.

    Refused as that is, and ``NothingChanges``. Nothing is stored.
    """
    unit_id, _uid, plan = _draft(actor, unit, week, on)
    if timeline.idle(plan):
        raise NothingChanges(on)
    ((people, rostered),) = fetch(_FOLLOWERS, {"unit": unit_id, "on": on})
    return Touched(people=people, left=rostered)


def _draft(actor: Actor, unit: str, week: str, on: date) -> tuple[int, UUID, timeline.Plan]:
    policies.require_import(actor)
    if week not in WEEKS:
        raise WeekUnknown(week)
    found = fetch(_UNIT, {"unit": unit, "on": on})
    if not found:
        raise UnitNotThere(on) if fetch(_UNIT, {"unit": unit, "on": actor.on}) else UnitUnknown(unit)
    unit_id, uid = found[0]
    plan = timeline.change(dated.timeline(UnitWeek, unit_id=unit_id), on, {"week": week})
    _require_others(actor, unit_id, plan)
    return unit_id, uid, plan


def _require_others(actor: Actor, unit_id: int, plan: timeline.Plan) -> None:
    past, close = past_of(plan, actor.on), near(actor.person_id)
    if past is not None and close:
        asked = {"unit": unit_id, "ids": list(close), "first": past.start, "end": past.end}
        require_others(actor, (person for (person,) in fetch(_AMONG, asked)))
