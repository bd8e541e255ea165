"""Days of leave on which somebody punched: the day stays leave, and a person looks at it (A-13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.access import policies as access_policies
from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.access.errors import NotAllowed
from pamong.attendance.queries import CONFLICT_DAY, CONFLICTS_BACK
from pamong.kernel.actor import Actor
from pamong.leave import policies
from pamong.ledger.sql import fetch
from pamong.people.queries import full_name, within
from pamong.people.queries.scope import condition

_OPEN = f"""
SELECT p.id, p.uid, i.name, i.front_title, i.back_title, r.local_on, e.source_uid, t.punches
FROM attendance_dayresult r
JOIN people_person p ON p.id = r.person_id AND p.id IS DISTINCT FROM %(own)s AND {{within}}
JOIN people_identity i ON i.person_id = p.id AND i.superseded_at IS NULL AND i.period @> %(on)s::date
JOIN attendance_dayexcuse e ON e.person_id = r.person_id AND e.superseded_at IS NULL AND e.source = 'leave'
  AND e.part = 'whole' AND e.period @> r.local_on
CROSS JOIN LATERAL (
  SELECT sum((x ->> 1)::int)::int AS punches FROM jsonb_array_elements(r.reasons) x WHERE x ->> 0 = 'conflict'
) t
WHERE {CONFLICT_DAY} AND r.local_on > %(since)s AND r.local_on <= %(on)s AND {{whose}}
  AND NOT EXISTS (
    SELECT 1 FROM leave_leavekept k WHERE k.person_id = r.person_id AND k.on = r.local_on
      AND k.punches >= t.punches
  )
ORDER BY r.local_on, lower(i.name), p.id
"""  # noqa: S608 - our own text
_KEPT = """
SELECT DISTINCT ON (k.on) k.on, k.kept_name, k.reason FROM leave_leavekept k
WHERE k.person_id = %(person)s AND k.on >= %(first)s AND k.on < %(end)s ORDER BY k.on, k.id DESC
"""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A day of leave with punches that nobody has looked at. ``leave`` is its document."""

    person_id: int
    person: UUID
    name: str
    on: date
    leave: UUID
    punches: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Who let such a day stay leave, and why."""

    by: str
    reason: str


def keeps_or_leads(actor: Actor, person: int) -> bool:
    """Whether somebody's leave is this actor's to look after: as who keeps it, or as who leads him."""
    return any(within(actor, permission, person) for permission in policies.LOOKERS)


def list_conflicts(*, actor: Actor, at: datetime) -> Sequence[Conflict]:
    """Those of the last three months within the actor's reach, the oldest first, never his own; the look is
    logged. ``NotAllowed``."""
    found = _open(actor)
    persons = dict.fromkeys(each.person for each in found)
    access_services.log_read(actor=actor, at=at, path="leave.conflicts", subjects=list(persons))
    return found


def count_conflicts(*, actor: Actor) -> int:
    """How many; none for whose business they never are."""
    return len(_open(actor)) if policies.looks_at_conflicts(actor) else 0


def find_conflict(*, actor: Actor, person: UUID, on: date) -> Conflict | None:
    """The one of somebody on a day, None where there is none within reach. ``NotAllowed``."""
    found = _open(actor, "p.uid = %(person)s AND r.local_on = %(day)s", {"person": person, "day": on})
    return found[0] if found else None


def kept_days(*, person: int, first: date, end: date) -> Mapping[date, Kept]:
    """The days from ``first`` until before ``end`` that were let stay leave; for whoever has seen to the
    actor's right over the days, and logs the look."""
    rows = fetch(_KEPT, {"person": person, "first": first, "end": end})
    return {on: Kept(by, reason) for on, by, reason in rows}


def _open(actor: Actor, whose: str = "TRUE", more: Mapping[str, Any] | None = None) -> list[Conflict]:
    if not policies.looks_at_conflicts(actor):
        raise NotAllowed("Presensi saat cuti diperiksa atasan dan petugas cuti.")
    asked: dict[str, Any] = {
        "on": actor.on,
        "since": actor.on - CONFLICTS_BACK,
        "own": actor.person_id,
        **(more or {}),
    }
    places = []
    for number, permission in enumerate(policies.LOOKERS):
        if access_policies.may(actor, permission):
            where, params = condition(actor, access.scoped(actor, permission))
            for name, value in params.items():
                asked[f"{name}_{number}"] = value
                where = where.replace(f"%({name})s", f"%({name}_{number})s")
            places.append(f"({where})")
    rows = fetch(_OPEN.format(within=f"({' OR '.join(places)})", whose=whose), asked)
    return [
        Conflict(id_, person, full_name(name, front or "", back or ""), day, leave, punches)
        for id_, person, name, front, back, day, leave, punches in rows
    ]
