"""Who of a team is there now: present, not yet, on leave, on duty elsewhere, and nothing more about why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from pamong.access import policies as access_policies
from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.attendance import policies
from pamong.attendance.choices import ExcuseKind
from pamong.attendance.sql import fetch
from pamong.kernel.actor import Actor
from pamong.people.queries import full_name
from pamong.people.queries.scope import condition

_ELSEWHERE = (ExcuseKind.DUTY, ExcuseKind.STUDY, ExcuseKind.DISPENSATION)
_LEAVE = tuple(kind for kind in ExcuseKind if kind.name.startswith("LEAVE_"))
_TEAM = """
WITH team AS MATERIALIZED (
  SELECT p.id, p.uid, i.name, i.front_title, i.back_title, u.name AS unit FROM people_person p
  JOIN people_identity i ON i.person_id = p.id AND i.superseded_at IS NULL AND i.period @> %(on)s::date
  JOIN people_appointment a ON a.person_id = p.id AND a.kind = 'regular' AND a.superseded_at IS NULL
    AND a.period @> %(on)s::date
  JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND s.superseded_at IS NULL
    AND s.period @> %(on)s::date
  JOIN organisation_unitrow u ON u.unit_id = s.unit_id AND u.superseded_at IS NULL
    AND u.period @> %(on)s::date
  WHERE {within} AND p.id IS DISTINCT FROM %(own)s
), tapped AS (
  -- Each one's own punches are looked up: those of a whole government's morning are a hundred times as many.
  SELECT t.id AS person_id FROM team t WHERE EXISTS (
    SELECT 1 FROM attendance_punch p WHERE p.person_id = t.id AND p.local_on = %(on)s::date
      AND p.at >= %(since)s AND p.at <= %(at)s
  ) OR EXISTS (
    SELECT 1 FROM attendance_pin n JOIN attendance_punch p ON p.group_id = n.group_id AND p.pin = n.pin
      AND p.person_id IS NULL AND p.local_on = %(on)s::date AND p.at >= %(since)s AND p.at <= %(at)s
    WHERE n.person_id = t.id AND n.superseded_at IS NULL AND n.period @> %(on)s::date
  )
), away AS (
  SELECT e.person_id, bool_or(e.kind = ANY(%(leave)s)) AS leave, bool_or(e.kind = ANY(%(duty)s)) AS duty
  FROM attendance_dayexcuse e WHERE e.superseded_at IS NULL AND e.part = 'whole' AND e.period @> %(on)s::date
  GROUP BY 1
)
SELECT t.uid, t.name, t.front_title, t.back_title, t.unit,
  CASE WHEN w.leave THEN 'leave' WHEN w.duty THEN 'duty' WHEN x.person_id IS NOT NULL THEN 'present'
    ELSE 'not_yet' END
FROM team t LEFT JOIN tapped x ON x.person_id = t.id LEFT JOIN away w ON w.person_id = t.id
ORDER BY lower(t.name), t.id
"""


class Presence(StrEnum):
    """What a board says of somebody, and nothing else: never sick, pregnant or a case."""

    PRESENT = "present"
    NOT_YET = "not_yet"
    LEAVE = "leave"
    DUTY = "duty"

    @property
    def label(self) -> str:
        """The word as users read it."""
        return {"present": "Hadir", "not_yet": "Belum", "leave": "Cuti", "duty": "Dinas luar"}[self.value]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the team."""

    uid: UUID
    name: str
    unit: str


def get_board(*, actor: Actor, at: datetime) -> Mapping[Presence, Sequence[Colleague]]:
    """Those whom the actor leads, by what is known of them now; the look is logged. ``NotAllowed``."""
    access_policies.require(actor, policies.ANSWER)
    within, more = condition(actor, access.scoped(actor, policies.ANSWER))
    asked = {
        "on": actor.on, "own": actor.person_id, "at": at, "leave": [kind.value for kind in _LEAVE],
        "duty": [kind.value for kind in _ELSEWHERE],
        "since": datetime.combine(actor.on - timedelta(days=1), time(), UTC),
    }  # fmt: skip
    rows = fetch(_TEAM.format(within=within), asked | more)
    access_services.log_read(actor=actor, at=at, path="attendance.board", subjects=[row[0] for row in rows])
    found: dict[Presence, list[Colleague]] = {each: [] for each in Presence}
    for uid, name, front, back, unit, presence in rows:
        found[Presence(presence)].append(Colleague(uid, full_name(name, front, back), unit))
    return found
