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

# What each branch adds is cheap: the first two begin from the actor's few seats and permissions; the others
# look at the few that wait where nobody may answer, or too long.
_MINE = """
mine AS MATERIALIZED (
  SELECT unnest(%(seats)s::bigint[]) AS seat, NULL::text[] AS kinds, 'seat' AS reach
  UNION ALL
  SELECT g.seat_id, g.kinds, 'delegated' FROM decisions_delegation g
  WHERE g.to_seat_id = ANY(%(seats)s::bigint[]) AND g.superseded_at IS NULL AND g.period @> %(on)s::date
), reached AS (
  SELECT d.id, m.reach, m.seat FROM mine m
  JOIN decisions_decision d ON d.waits_seat_id = m.seat AND d.state = 'waiting' {one}
  WHERE m.kinds IS NULL OR d.kind = ANY(m.kinds)
  UNION ALL
  SELECT d.id, 'role', NULL FROM decisions_decision d
  WHERE d.state = 'waiting' {one} AND d.waits_permission <> '' AND (
    d.waits_permission = ANY(%(whole)s::text[])
    OR EXISTS (SELECT 1 FROM unnest(%(held)s::text[], %(patterns)s::text[]) AS h(permission, pattern)
      JOIN organisation_unit x ON x.code = d.waits_unit
      JOIN organisation_unitplace p ON p.unit_id = x.id AND p.period @> %(on)s::date
        AND p.path ~ h.pattern::lquery
      WHERE h.permission = d.waits_permission))
  UNION ALL
  SELECT d.id, 'above', a.seat FROM decisions_decision d
  CROSS JOIN LATERAL (SELECT decisions_answering(d.waits_seat_id, %(on)s::date, d.barred) AS seat) a
  WHERE d.state = 'waiting' {one} AND d.waits_seat_id IS NOT NULL AND %(climbs)s
    AND NOT decisions_free(d.waits_seat_id, %(on)s::date, d.barred)
    AND (a.seat = ANY(%(seats)s::bigint[]) OR (a.seat IS NULL AND %(last)s))
  UNION ALL
  SELECT d.id, 'escalated', a.seat FROM decisions_decision d
  JOIN organisation_line l ON l.seat_id = d.waits_seat_id AND l.superseded_at IS NULL
    AND l.period @> %(on)s::date
  CROSS JOIN LATERAL (SELECT decisions_answering(l.superior_id, %(on)s::date, d.barred) AS seat) a
  WHERE d.state = 'waiting' {one} AND d.due_at < %(at)s AND a.seat = ANY(%(seats)s::bigint[])
), turns AS (
  SELECT DISTINCT ON (r.id) r.id, r.reach, r.seat FROM reached r
  JOIN decisions_decision d ON d.id = r.id
  WHERE d.entered_by_id IS DISTINCT FROM %(user)s AND NOT COALESCE(%(person)s = ANY(d.barred), FALSE)
    AND NOT EXISTS (SELECT 1 FROM decisions_stepact s WHERE s.decision_id = d.id AND s.user_id = %(user)s)
  ORDER BY r.id, array_position(ARRAY['seat', 'role', 'delegated', 'above', 'escalated'], r.reach)
)"""
_ONE = f"WITH RECURSIVE {_MINE.format(one='AND d.id = %(decision)s')} SELECT reach, seat FROM turns"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Turn:
    """By what reach a step is the actor's, and from which of his seats; None for a role."""

    reach: Reach
    seat: int | None


def turns(select: str, actor: Actor, at: datetime, more: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Rows of a statement that reads from ``turns`` (id, reach, seat): what waits for the actor. Nothing for
    who has no account: the command line does not decide."""
    if actor.user_id is None:
        return []
    sql = f"WITH RECURSIVE {_MINE.format(one='')} {select}"
    return fetch(sql, _parameters(actor, at) | more)


def turn_of(actor: Actor, decision_id: int, at: datetime) -> Turn | None:
    """Whether the step for which a decision waits is the actor's."""
    if actor.user_id is None:
        return None
    found = fetch(_ONE, _parameters(actor, at) | {"decision": decision_id})
    return Turn(Reach(found[0][0]), found[0][1]) if found else None


def _parameters(actor: Actor, at: datetime) -> dict[str, Any]:
    whole, held, patterns = _permissions(actor)
    last = policies.APPOINT in whole
    return {
        "seats": list(actor.seats), "on": actor.on, "at": at, "user": actor.user_id,
        "person": actor.person_id, "whole": whole, "held": held, "patterns": patterns, "last": last,
        "climbs": bool(actor.seats) or last,
    }  # fmt: skip


def _permissions(actor: Actor) -> tuple[list[str], list[str], list[str]]:
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
