"""Yearly predicates: their register, and those of one person that hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pamong.access import services as access_services
from pamong.attendance.queries.papers import Shelf
from pamong.kernel.actor import Actor
from pamong.people.queries import require_person
from pamong.people.queries.rows import fetch
from pamong.performance import policies
from pamong.performance.choices import PredicateKind
from pamong.performance.services.rating import DESK

PREDICATES = Shelf(DESK, policies.READ, "SELECT id AS paper_id, person_id FROM performance_predicate")
_HOLD = """
SELECT uid, year, predicate, number, dated_on FROM performance_predicate
WHERE person_id = %(person)s AND state = 'verified' AND act <> 'cancel' ORDER BY year DESC
"""


@dataclass(frozen=True, slots=True)
class PredicateRow:
    """The predicate of a year that holds, and the document that says so."""

    paper: UUID
    year: int
    predicate: PredicateKind
    number: str
    dated_on: date


def list_predicates(*, actor: Actor, at: datetime, person: UUID) -> Sequence[PredicateRow]:
    """The predicates of somebody within reach that hold, newest first; the look is logged unless it is his
    own. ``NotAllowed``, ``PersonNotFound``."""
    person_id = require_person(actor, policies.READ, person)
    found = fetch(_HOLD, {"person": person_id})
    subjects = [] if person_id == actor.person_id else [person]
    access_services.log_read(actor=actor, at=at, path="performance.predicates", subjects=subjects)
    return [PredicateRow(uid, year, PredicateKind(name), *rest) for uid, year, name, *rest in found]
