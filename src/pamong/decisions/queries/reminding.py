"""What waits for whom, for everybody at once: what reminders tell, and nothing by name.

The same as the inbox says to each (``addressing``), in one question for a whole government.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pamong.access import policies as access
from pamong.access.mailing import OPERATE
from pamong.decisions import policies
from pamong.decisions.addressing import UPWARDS, permissions_of
from pamong.decisions.sql import fetch
from pamong.kernel.actor import Actor

_COUNT = f"""
WITH RECURSIVE readers AS MATERIALIZED (
  SELECT * FROM unnest(%(users)s::bigint[], %(persons)s::bigint[], %(last)s::boolean[])
    AS r (user_id, person_id, last)
), seats AS MATERIALIZED (
  SELECT * FROM unnest(%(sitters)s::bigint[], %(seats)s::bigint[]) AS s (user_id, seat)
), held_whole AS MATERIALIZED (
  SELECT * FROM unnest(%(whole_users)s::bigint[], %(whole)s::text[]) AS h (user_id, permission)
), held_parts AS MATERIALIZED (
  SELECT DISTINCT h.user_id, h.permission, x.code
  FROM unnest(%(part_users)s::bigint[], %(parts)s::text[], %(patterns)s::text[])
    AS h (user_id, permission, pattern)
  JOIN organisation_unitplace p ON p.path ~ h.pattern::lquery AND p.period @> %(on)s::date
  JOIN organisation_unit x ON x.id = p.unit_id
), every AS MATERIALIZED (
  SELECT d.id, d.kind, d.waits_seat_id AS seat, d.waits_permission, d.waits_unit, d.barred, d.entered_by_id,
    d.due_at, COALESCE(d.due_at < %(at)s, FALSE) AS late
  FROM decisions_decision d WHERE d.state = 'waiting'
), waiting AS (
  SELECT * FROM every WHERE seat IS NOT NULL
), {UPWARDS.format(leads="TRUE")}
), reached AS (
  SELECT w.id, s.user_id FROM waiting w JOIN seats s ON s.seat = w.seat
  UNION
  SELECT w.id, s.user_id FROM waiting w JOIN decisions_delegation g ON g.seat_id = w.seat
    AND g.superseded_at IS NULL AND g.period @> %(on)s::date AND w.kind = ANY(g.kinds)
  JOIN seats s ON s.seat = g.to_seat_id
  UNION
  SELECT d.id, h.user_id FROM every d JOIN held_whole h ON h.permission = d.waits_permission
  UNION
  SELECT d.id, h.user_id FROM every d
  JOIN held_parts h ON h.permission = d.waits_permission AND h.code = d.waits_unit
  UNION
  SELECT a.id, s.user_id FROM answering a JOIN seats s ON s.seat = a.seat
  UNION
  SELECT c.id, r.user_id FROM climb c JOIN readers r ON r.last WHERE c.reach = 'above' AND c.depth = 0
    AND c.id NOT IN (SELECT id FROM answering WHERE reach = 'above')
)
SELECT r.user_id, count(*)::int, count(*) FILTER (WHERE d.late)::int, min(d.due_at)
FROM reached t JOIN every d ON d.id = t.id JOIN readers r ON r.user_id = t.user_id
WHERE d.entered_by_id IS DISTINCT FROM r.user_id AND NOT COALESCE(r.person_id = ANY(d.barred), FALSE)
  AND NOT EXISTS (SELECT 1 FROM decisions_stepact s WHERE s.decision_id = d.id AND s.user_id = r.user_id)
GROUP BY r.user_id
"""  # noqa: S608 - our own statements

COUNTED = "count(*)::int, count(*) FILTER (WHERE due_at < %(at)s)::int, min(due_at)"


@dataclass(frozen=True, slots=True)
class Turns:
    """How many decisions wait for an account, how many of them are past their clock, and the first clock."""

    count: int = 0
    late: int = 0
    due_at: datetime | None = None


def count_by_reader(*, actor: Actor, at: datetime, readers: Collection[Actor]) -> Mapping[int, Turns]:
    """What waits for each of these accounts, by their ids, on the actor's day; who has nothing is left out.
    ``NotAllowed`` but for the machine and who operates it."""
    access.require_whole(actor, OPERATE)
    found = fetch(_COUNT, _parameters([each for each in readers if each.user_id is not None], actor.on, at))
    return {user: Turns(count, late, due) for user, count, late, due in found}


def _parameters(readers: Collection[Actor], on: date, at: datetime) -> dict[str, Any]:
    held = [(each.user_id, permissions_of(each)) for each in readers]
    whole = [(user, name) for user, (names, _, _) in held for name in names]
    parts = [
        (user, name, pattern)
        for user, (_, names, patterns) in held
        for name, pattern in zip(names, patterns, strict=True)
    ]
    seats = [(each.user_id, seat) for each in readers for seat in each.seats]
    return {
        "users": [each.user_id for each in readers],
        "persons": [each.person_id for each in readers],
        "last": [policies.APPOINT in names for _, (names, _, _) in held],
        "on": on,
        "at": at,
        **_columns(("sitters", "seats"), seats),
        **_columns(("whole_users", "whole"), whole),
        **_columns(("part_users", "parts", "patterns"), parts),
    }


def _columns(names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Any]]:
    told = list(rows)
    return {name: [row[place] for row in told] for place, name in enumerate(names)}
