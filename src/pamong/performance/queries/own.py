"""One's own month, with what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pamong.kernel.actor import Actor
from pamong.kernel.period import month_period
from pamong.people.queries.rows import fetch
from pamong.performance import policies
from pamong.performance.choices import VALUES, Source, State

_NAMES = ", ".join(VALUES)
_WEEK = """
SELECT w.week FROM people_appointment a
JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND s.superseded_at IS NULL AND s.period @> %(on)s::date
JOIN organisation_unitplace p ON p.unit_id = s.unit_id AND p.period @> %(on)s::date
JOIN organisation_unitplace up ON up.path @> p.path AND up.period @> %(on)s::date
JOIN attendance_unitweek w ON w.unit_id = up.unit_id AND w.superseded_at IS NULL AND w.period @> %(on)s::date
WHERE a.person_id = %(person)s AND a.kind = 'regular' AND a.superseded_at IS NULL AND a.period @> %(on)s::date
ORDER BY up.depth DESC LIMIT 1
"""
_OWN = f"""
SELECT m.version, m.state, m.source, m.is_late, m.note, m.reason, m.entered_name, m.recorded_at, (
  SELECT b.minutes FROM performance_performancemonth b WHERE b.person_id = m.person_id AND b.month = m.month
    AND b.source = 'employee' ORDER BY b.version DESC LIMIT 1
), {_NAMES} FROM performance_performancemonth m
WHERE m.person_id = %(person)s AND m.month = %(month)s AND m.superseded_at IS NULL
"""  # noqa: S608 - our own names


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """How one's own month stands. ``by`` brought this version (verified it, where it is), ``reason`` says why
    he changed something, ``own_minutes`` are those that one entered oneself, None for none."""

    version: int
    state: State
    source: Source
    is_late: bool
    note: str
    reason: str
    by: str
    at: datetime
    own_minutes: int | None
    values: dict[str, Any]


def find_own_month(*, actor: Actor, month: date) -> OwnMonth | None:
    """One's own month as it stands; None where nothing was entered. ``NotAllowed``, ``NoPerson``."""
    person = policies.require_enter(actor)
    found = fetch(_OWN, {"person": person, "month": month})
    if not found:
        return None
    version, state, source, is_late, note, reason, by, at, own, *values = found[0]
    told = dict(zip(VALUES, values, strict=True))
    return OwnMonth(version, State(state), Source(source), is_late, note, reason, by, at, own, told)


def find_own_week(*, actor: Actor, month: date) -> str:
    """On how many days a week one's own unit works, as the nearest unit above says it: today, or on the last
    day of a month that is over. 5 where nobody has said. ``NotAllowed``, ``NoPerson``."""
    period = month_period(month.year, month.month)
    on = min(actor.on, period.last_day or actor.on)
    found = fetch(_WEEK, {"person": policies.require_enter(actor), "on": on})
    return str(found[0][0]) if found else "5"
