"""What is known around a request: the service of its owner, the unit of his seat, who refused it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pamong.attendance.sql import fetch

_SERVING = """
SELECT 1 FROM people_employment WHERE person_id = %(person)s AND superseded_at IS NULL
  AND period @> %(on)s::date
"""
_UNIT = """
SELECT u.code FROM organisation_seatrow s JOIN organisation_unit u ON u.id = s.unit_id
WHERE s.seat_id = %(seat)s AND s.superseded_at IS NULL AND s.period @> %(on)s::date
"""
_REFUSED = """
SELECT c.id, c.person_id, c.appeals_id IS NOT NULL, c.state, d.content, s.seat_id, s.person_id, s.user_id,
  s.name, s.office, s.reason
FROM attendance_correction c JOIN decisions_decision d ON d.uid = c.uid
LEFT JOIN decisions_stepact s ON s.decision_id = d.id AND s.answer = 'refuse'
WHERE c.uid = %(uid)s
"""


@dataclass(frozen=True, slots=True)
class Answered:
    """A request that somebody may appeal: what it said, and who answered it from which seat, in which words;
    ``seat`` None for a role. ``again``: it is an appeal itself."""

    id: int
    person: int
    again: bool
    state: str
    content: Mapping[str, Any]
    seat: int | None
    by: int | None
    user: int | None
    name: str | None
    office: str | None
    reason: str | None


def answered(uid: UUID) -> Answered | None:
    """A request with its refusal, if there is one."""
    found = fetch(_REFUSED, {"uid": uid})
    if not found:
        return None
    id_, person, again, state, content, *refusal = found[0]
    return Answered(id_, person, again, state, json.loads(content), *refusal)


def is_serving(person: int, on: date) -> bool:
    """Whether somebody was in service on a day."""
    return bool(fetch(_SERVING, {"person": person, "on": on}))


def unit_of(seat: int, on: date) -> str:
    """The code of the unit of a seat; '' where it does not stand."""
    found = fetch(_UNIT, {"seat": seat, "on": on})
    return str(found[0][0]) if found else ""
