"""Who reports to somebody, and how their month stands: what a superior verifies.

People report to the first occupied seat above: below a vacant seat they come to whoever sits further up. Who
stands in for his own superior does not judge himself: he comes to the next one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from pamong.access import services as access_services
from pamong.kernel.actor import Actor
from pamong.kernel.period import month_period
from pamong.people.queries import full_name
from pamong.people.queries.rows import fetch
from pamong.people.services.reading import relatives_of
from pamong.performance import policies
from pamong.performance.choices import VALUES, State

_TEAM = """
WITH RECURSIVE down AS (
  SELECT l.seat_id, 1 AS depth FROM organisation_line l
  WHERE l.superior_id = ANY(%(seats)s) AND l.superseded_at IS NULL AND l.period @> %(today)s::date
  UNION
  SELECT l.seat_id, d.depth + 1 FROM down d JOIN organisation_line l ON l.superior_id = d.seat_id
    AND l.superseded_at IS NULL AND l.period @> %(today)s::date
  WHERE d.depth < 24 AND NOT EXISTS (
    SELECT FROM people_appointment x WHERE x.seat_id = d.seat_id AND x.superseded_at IS NULL
      AND x.period @> %(today)s::date AND x.kind IN ('plh', 'regular', 'plt'))
), team AS (
  SELECT DISTINCT ON (a.person_id) a.person_id, a.seat_id FROM down d
  JOIN people_appointment a ON a.seat_id = d.seat_id AND a.superseded_at IS NULL
    AND a.period @> %(today)s::date
  WHERE a.person_id IS DISTINCT FROM %(own)s AND (a.kind = 'regular' OR (a.kind IN ('plt', 'plh') AND EXISTS (
    SELECT FROM people_appointment h JOIN organisation_line o ON o.seat_id = h.seat_id
      AND o.superior_id = d.seat_id AND o.superseded_at IS NULL AND o.period @> %(today)s::date
    WHERE h.person_id = a.person_id AND h.kind = 'regular' AND h.superseded_at IS NULL
      AND h.period @> %(today)s::date)))
  ORDER BY a.person_id, a.kind = 'regular' DESC
)
"""
# Whether the person ``p`` served on any day of the month; needs first and end.
SERVES = """EXISTS (SELECT FROM people_employment e WHERE e.person_id = p.id AND e.superseded_at IS NULL
  AND e.kind <> 'TKPK' AND e.period && daterange(%(first)s::date, %(end)s::date))"""
_IDS = f"{_TEAM} SELECT p.uid, p.id FROM team t JOIN people_person p ON p.id = t.person_id WHERE {SERVES}"  # noqa: S608
_NAMES = ", ".join(f"m.{name}" for name in VALUES)
_ROWS = f"""{_TEAM}
SELECT p.uid, p.id, i.name, i.front_title, i.back_title, COALESCE(s.post_name, ''), COALESCE(m.version, 0),
  m.state, COALESCE(m.is_late, FALSE), COALESCE(m.note, ''), COALESCE(m.reason, ''),
  COALESCE(m.entered_name, ''), b.minutes, COALESCE((
    SELECT w.week FROM organisation_unitplace n
    JOIN organisation_unitplace up ON up.path @> n.path AND up.period @> %(today)s::date
    JOIN attendance_unitweek w ON w.unit_id = up.unit_id AND w.superseded_at IS NULL
      AND w.period @> %(today)s::date
    WHERE n.unit_id = s.unit_id AND n.period @> %(today)s::date ORDER BY up.depth DESC LIMIT 1
  ), '5'), {_NAMES}
FROM team t JOIN people_person p ON p.id = t.person_id
JOIN people_identity i ON i.person_id = p.id AND i.superseded_at IS NULL AND i.period @> %(today)s::date
LEFT JOIN organisation_seats(%(today)s) s ON s.seat_id = t.seat_id
LEFT JOIN performance_performancemonth m ON m.person_id = p.id AND m.month = %(first)s
  AND m.superseded_at IS NULL
LEFT JOIN performance_performancemonth b ON b.person_id = p.id AND b.month = %(before)s
  AND b.superseded_at IS NULL
WHERE {SERVES} ORDER BY lower(i.name), p.id
"""  # noqa: S608 - our own names


@dataclass(frozen=True, slots=True)
class TeamRow:
    """Somebody of the team: how his month stands (``state`` None: nothing entered) and what it says.

    ``refused`` tells why the actor may not judge him, '' where he may. ``before`` are last month's minutes,
    ``week`` the weekly pattern of his unit.
    """

    uid: UUID
    person_id: int
    name: str
    post: str
    version: int
    state: State | None
    is_late: bool
    note: str
    reason: str
    by: str
    before: int | None
    week: str
    values: dict[str, Any]
    refused: str


def list_team(*, actor: Actor, at: datetime, month: date) -> Sequence[TeamRow]:
    """Those who report to the actor today and served in the month, by name; one row in the read log names
    them. ``NotAllowed``."""
    policies.require_verify(actor)
    before = (month - timedelta(days=1)).replace(day=1)
    found = fetch(_ROWS, _asked(actor, month) | {"before": before})
    relatives = relatives_of(actor.person_id)
    rows = [_row(actor, values, relatives) for values in found]
    access_services.log_read(actor=actor, at=at, path="performance.team", subjects=[row.uid for row in rows])
    return rows


def team_ids(actor: Actor, month: date) -> dict[UUID, int]:
    """The persons who report to the actor today and served in the month: by uid their ids."""
    return {UUID(str(uid)): int(person) for uid, person in fetch(_IDS, _asked(actor, month))}


def _asked(actor: Actor, month: date) -> dict[str, Any]:
    period = month_period(month.year, month.month)
    return {
        "seats": list(actor.seats), "today": actor.on, "own": actor.person_id, "first": period.start,
        "end": period.end,
    }  # fmt: skip


def _row(actor: Actor, values: tuple[Any, ...], relatives: set[int]) -> TeamRow:
    uid, person, name, front, back, post, version, state, is_late, note, reason, by, before, week, *told = (
        values
    )
    refused = policies.may_judge(actor, person, relatives).reason
    return TeamRow(
        uid, person, full_name(name, front, back), post, version, State(state) if state else None, is_late,
        note, reason, by, before, week, dict(zip(VALUES, told, strict=True)), refused,
    )  # fmt: skip
