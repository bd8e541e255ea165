"""Whose turn a decision is: found anew at each look, so that it follows offices and not names.

One statement finds what waits for an actor, and the same one, asked of a single decision, says whether he
may answer it and why. A step is his whose seat it is addressed to; who has that seat's decisions delegated to
his own; who sits above where nobody there may answer (vacant, or only people whom it concerns); who sits
above where the clock has run out; who holds the permission over the unit. Nobody answers about himself or a
declared relative, what he proposed, or twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pamong.access import queries as access
from pamong.access.errors import NotAllowed
from pamong.access.queries import Scope
from pamong.decisions import policies
from pamong.decisions.choices import Reach
from pamong.decisions.sql import fetch
from pamong.decisions.types import kinds
from pamong.kernel.actor import Actor
from pamong.organisation.choices import subtree

# Of what is ``waiting`` for seats: who answers above them where nobody there may, or after the clock.
UPWARDS = """up (seat) AS (
  SELECT DISTINCT seat FROM waiting
  UNION
  SELECT l.superior_id FROM up JOIN organisation_line l ON l.seat_id = up.seat AND l.superseded_at IS NULL
    AND l.period @> %(on)s::date
), held AS MATERIALIZED (
  SELECT up.seat, l.superior_id AS above, ARRAY(
    SELECT a.person_id FROM people_appointment a WHERE a.seat_id = up.seat AND a.superseded_at IS NULL
      AND a.period @> %(on)s::date AND a.kind IN ('regular', 'plt', 'plh')) AS persons
  FROM up LEFT JOIN organisation_line l ON l.seat_id = up.seat AND l.superseded_at IS NULL
    AND l.period @> %(on)s::date
), climb (id, reach, seat, barred, depth) AS (
  SELECT w.id, 'above', w.seat, w.barred, 0 FROM waiting w JOIN held h ON h.seat = w.seat
  WHERE h.persons <@ w.barred
  UNION ALL
  SELECT w.id, 'escalated', h.above, w.barred, 0 FROM waiting w JOIN held h ON h.seat = w.seat
  WHERE w.late AND h.above IS NOT NULL AND {leads}
  UNION ALL
  SELECT c.id, c.reach, h.above, c.barred, c.depth + 1 FROM climb c JOIN held h ON h.seat = c.seat
  WHERE h.persons <@ c.barred AND h.above IS NOT NULL AND c.depth < 24
), answering AS MATERIALIZED (
  SELECT c.id, c.reach, c.seat FROM climb c JOIN held h ON h.seat = c.seat
  WHERE NOT h.persons <@ c.barred"""
# What each branch adds is cheap: the first begins from the actor's few seats, the second from the units over
# which he holds permissions. Who sits above is found for all that waits at once, seat by seat upwards, and
# only for who leads somebody or decides where nobody else is found.
_MINE = """
mine AS MATERIALIZED (
  SELECT unnest(%(seats)s::bigint[]) AS seat, NULL::text[] AS kinds, 'seat' AS reach
  UNION ALL
  SELECT g.seat_id, g.kinds, 'delegated' FROM decisions_delegation g
  WHERE g.to_seat_id = ANY(%(seats)s::bigint[]) AND g.superseded_at IS NULL AND g.period @> %(on)s::date
), places AS MATERIALIZED (
  SELECT h.permission, x.code FROM unnest(%(held)s::text[], %(patterns)s::text[]) AS h(permission, pattern)
  JOIN organisation_unitplace p ON p.path ~ h.pattern::lquery AND p.period @> %(on)s::date
  JOIN organisation_unit x ON x.id = p.unit_id
), waiting AS MATERIALIZED (
  SELECT d.id, d.kind, d.odd, d.due_at, d.waits_seat_id AS seat, d.barred,
    COALESCE(d.due_at < %(at)s, FALSE) AS late
  FROM decisions_decision d
  WHERE d.state = 'waiting' {one} AND {other} AND d.waits_seat_id IS NOT NULL AND (SELECT %(last)s OR EXISTS (
    SELECT 1 FROM organisation_line l WHERE l.superior_id = ANY(%(seats)s::bigint[])
      AND l.superseded_at IS NULL AND l.period @> %(on)s::date))
), {upwards}), reached AS (
  SELECT d.id, m.reach, m.seat, d.kind, d.odd, d.due_at FROM mine m
  JOIN decisions_decision d ON d.waits_seat_id = m.seat AND d.state = 'waiting' {one} AND {other}
  WHERE m.kinds IS NULL OR d.kind = ANY(m.kinds)
  UNION ALL
  SELECT d.id, 'role', NULL, d.kind, d.odd, d.due_at FROM decisions_decision d
  WHERE d.state = 'waiting' {one} AND {other} AND d.waits_permission <> '' AND (
    d.waits_permission = ANY(%(whole)s::text[])
    OR (d.waits_permission, d.waits_unit) IN (SELECT permission, code FROM places))
  UNION ALL
  SELECT w.id, a.reach, a.seat, w.kind, w.odd, w.due_at FROM answering a JOIN waiting w ON w.id = a.id
  WHERE a.seat = ANY(%(seats)s::bigint[])
  UNION ALL
  SELECT w.id, c.reach, NULL, w.kind, w.odd, w.due_at FROM climb c JOIN waiting w ON w.id = c.id
  WHERE %(last)s AND c.reach = 'above' AND c.depth = 0
    AND c.id NOT IN (SELECT id FROM answering WHERE reach = 'above')
), turns AS MATERIALIZED (
  SELECT DISTINCT ON (r.id) r.id, r.reach, r.seat, r.kind, r.odd, r.due_at FROM reached r
  WHERE (SELECT s.id FROM decisions_stepact s WHERE s.decision_id = r.id AND s.user_id = %(user)s) IS NULL
  ORDER BY r.id, array_position(ARRAY['seat', 'role', 'delegated', 'above', 'escalated'], r.reach)
)"""
# Not what the actor proposed, nor what he may not answer.
_OTHER = "d.entered_by_id IS DISTINCT FROM %(user)s AND NOT COALESCE(%(person)s = ANY(d.barred), FALSE)"
_LED = UPWARDS.format(leads="%(seats)s::bigint[] <> '{}'")
_ALL = _MINE.format(one="", other=_OTHER, upwards=_LED)
_OF_ONE = _MINE.format(one="AND d.id = %(decision)s", other=_OTHER, upwards=_LED)
_ONE = f"WITH RECURSIVE {_OF_ONE} SELECT reach, seat FROM turns"  # noqa: S608 - our own text


@dataclass(frozen=True, slots=True)
class Turn:
    """By what reach a step is the actor's, and from which of his seats; None for a role."""

    reach: Reach
    seat: int | None


def turns(select: str, actor: Actor, at: datetime, more: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Rows of a statement that reads from ``turns`` (id, reach, seat, kind, odd, due_at): what waits for the
    actor. Nothing for who has no account: the command line does not decide."""
    if actor.user_id is None:
        return []
    return fetch(f"WITH RECURSIVE {_ALL} {select}", _parameters(actor, at) | more)


def turn_of(actor: Actor, decision_id: int, at: datetime) -> Turn | None:
    """Whether the step for which a decision waits is the actor's."""
    if actor.user_id is None:
        return None
    found = fetch(_ONE, _parameters(actor, at) | {"decision": decision_id})
    return Turn(Reach(found[0][0]), found[0][1]) if found else None


def _parameters(actor: Actor, at: datetime) -> dict[str, Any]:
    whole, held, patterns = permissions_of(actor)
    last = policies.APPOINT in whole
    return {
        "seats": list(actor.seats), "on": actor.on, "at": at, "user": actor.user_id,
        "person": actor.person_id, "whole": whole, "held": held, "patterns": patterns, "last": last,
    }  # fmt: skip


def permissions_of(actor: Actor) -> tuple[list[str], list[str], list[str]]:
    """Permissions that the actor has over everybody, and the others with the units over which he has them."""
    asked = {policies.APPOINT}.union(*(kind.asks for kind in kinds()))
    scopes = {name: scope for name in sorted(asked) if (scope := _scope(actor, name)) is not None}
    whole = [name for name, scope in scopes.items() if scope.whole]
    pairs = [
        (name, subtree(code)) for name, scope in scopes.items() if not scope.whole for code in scope.units
    ]
    return whole, [name for name, _ in pairs], [pattern for _, pattern in pairs]


def _scope(actor: Actor, permission: str) -> Scope | None:
    try:
        return access.scoped(actor, permission)
    except NotAllowed:
        return None


def barred_by(persons: Iterable[int | None]) -> list[int]:
    """Persons without doubles, in order."""
    return sorted({person for person in persons if person is not None})
