"""Over whom a permission holds, as a condition on persons: rights are today's, whatever date is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection

from pamong.access import queries as access
from pamong.access.errors import NotAllowed
from pamong.access.queries import Scope
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.organisation.choices import subtree
from pamong.people.errors import PersonNotFound

# The units first, as a list: or else the planner goes through all seats of the government.
_IN_UNITS = """
  SELECT sa.person_id FROM people_appointment sa
  JOIN organisation_seatrow ss ON ss.seat_id = sa.seat_id AND ss.superseded_at IS NULL
    AND ss.period @> %(today)s::date
  WHERE sa.superseded_at IS NULL AND sa.period @> %(today)s::date AND sa.kind IN ('regular', 'plt', 'plh')
    AND ss.unit_id = ANY(ARRAY(SELECT sp.unit_id FROM organisation_unitplace sp
      WHERE sp.period @> %(today)s::date AND sp.path ? %(scope_units)s::lquery[]))
"""
_UNDER_SEATS = """
  SELECT sb.person_id FROM organisation_line sl
  JOIN people_appointment sb ON sb.seat_id = sl.seat_id AND sb.superseded_at IS NULL
    AND sb.period @> %(today)s::date AND sb.kind IN ('regular', 'plt', 'plh')
  WHERE sl.superseded_at IS NULL AND sl.period @> %(today)s::date AND sl.superior_id = ANY(%(scope_seats)s)
"""
# Where seats stand over stretches of days: all units that they are part of then, with all above them.
_PLACES = """
  SELECT DISTINCT x.seat, p.path::text
  FROM unnest(%(seats)s::bigint[], %(starts)s::date[], %(ends)s::date[]) AS x(seat, since, until)
  JOIN organisation_seatrow r ON r.seat_id = x.seat AND r.superseded_at IS NULL
    AND r.period && daterange(x.since, x.until)
  JOIN organisation_unitplace p ON p.unit_id = r.unit_id
    AND p.period && (r.period * daterange(x.since, x.until))
"""
# The same of persons: the units and the superiors' seats by which somebody may have them within reach.
_WHERE = """
  SELECT a.person_id, p.path::text, l.superior_id FROM people_appointment a
  LEFT JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND s.superseded_at IS NULL
    AND s.period @> %(on)s::date
  LEFT JOIN organisation_unitplace p ON p.unit_id = s.unit_id AND p.period @> %(on)s::date
  LEFT JOIN organisation_line l ON l.seat_id = a.seat_id AND l.superseded_at IS NULL
    AND l.period @> %(on)s::date
  WHERE a.person_id = ANY(%(persons)s) AND a.superseded_at IS NULL AND a.period @> %(on)s::date
    AND a.kind IN ('regular', 'plt', 'plh')
"""
_ONESELF = "SELECT %(scope_own)s::bigint"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where somebody has posts on a day: the paths of the units, and the seats to which he reports."""

    paths: frozenset[str] = frozenset()
    superiors: frozenset[int] = frozenset()

    def lies_within(self, scope: Scope) -> bool:
        """What ``condition`` says of somebody, for many scopes at once; one's right over oneself is not
        asked."""
        if scope.whole or not self.superiors.isdisjoint(scope.seats):
            return True
        return any(scope.covers(unit_path=path) for path in self.paths)


def whereabouts_of(*, actor: Actor, persons: Collection[int]) -> Mapping[int, Whereabouts]:
    """Where these persons have posts on the actor's day, in one question; for whoever works out who has them
    within reach, not for who looks at them."""
    paths: dict[int, set[str]] = {person: set() for person in persons}
    seats: dict[int, set[int]] = {person: set() for person in persons}
    with connection.cursor() as cursor:
        cursor.execute(_WHERE, {"persons": list(paths), "on": actor.on})
        for person, path, superior in cursor.fetchall():
            paths[person] |= {path} if path else set()
            seats[person] |= {superior} if superior else set()
    return {person: Whereabouts(frozenset(paths[person]), frozenset(seats[person])) for person in paths}


def condition(actor: Actor, scope: Scope, person: str = "p.id") -> tuple[str, dict[str, Any]]:
    """SQL that is true for the persons within, and its parameters. ``person`` is the column of their ids."""
    if scope.whole:
        return "TRUE", {}
    parts: list[str] = []
    params: dict[str, Any] = {"today": actor.on}
    if scope.units:
        parts.append(_IN_UNITS)
        params["scope_units"] = [subtree(code) for code in scope.units]
    if scope.seats:
        parts.append(_UNDER_SEATS)
        params["scope_seats"] = list(scope.seats)
    if scope.own_person_id is not None:
        parts.append(_ONESELF)
        params["scope_own"] = scope.own_person_id
    return f"{person} IN ({' UNION ALL '.join(parts)})" if parts else "FALSE", params


def require_person(actor: Actor, permission: str, uid: UUID) -> int:
    """The id of a person within the scope. ``PersonNotFound`` where there is none or he lies outside: whoever
    may not see somebody does not learn either whether he is there."""
    where, params = condition(actor, access.scoped(actor, permission))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.id FROM people_person p WHERE p.uid = %(uid)s AND {where}",
            {"uid": uid, **params},
        )
        row = cursor.fetchone()
    if row is None:
        raise PersonNotFound
    return int(row[0])


def within(actor: Actor, permission: str, person_id: int) -> bool:
    """Whether the permission holds over this person; False as well where the actor has it over nobody."""
    try:
        scope = access.scoped(actor, permission)
    except NotAllowed:
        return False
    if scope.whole or scope.own_person_id == person_id:
        return True
    if not scope.units and not scope.seats:
        return False
    where, params = condition(actor, scope)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM people_person p WHERE p.id = %(id)s AND {where}",
            {"id": person_id, **params},
        )
        return cursor.fetchone() is not None


def outside_scope(actor: Actor, permission: str, persons: Collection[int]) -> set[int]:
    """Those of the persons over whom the actor has not the permission, rights over himself not counted.
    ``NotAllowed`` without it at all."""
    scope = replace(access.scoped(actor, permission), own_person_id=None)
    if scope.whole or not persons:
        return set()
    where, params = condition(actor, scope)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.id FROM people_person p WHERE p.id = ANY(%(ids)s) AND {where}",
            {"ids": list(persons), **params},
        )
        return set(persons) - {int(row[0]) for row in cursor.fetchall()}


def seats_outside(actor: Actor, permission: str, stretches: Iterable[tuple[int, Period]]) -> set[int]:
    """Those of the seats that lie outside of the scope on any day of their stretch.

    To sit there, or to leave, has consequences for that office. ``NotAllowed`` without the permission.
    """
    scope, asked = access.scoped(actor, permission), list(stretches)
    if scope.whole or not asked:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            _PLACES,
            {
                "seats": [seat for seat, _ in asked],
                "starts": [period.start for _, period in asked],
                "ends": [period.end for _, period in asked],
            },
        )
        return {seat for seat, path in cursor.fetchall() if not scope.covers(unit_path=path)}
