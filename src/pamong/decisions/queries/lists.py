"""Lists of decisions: one's own, those of a person, each with how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from pamong.access import services as access
from pamong.decisions import models
from pamong.decisions.choices import State
from pamong.decisions.types import kind_of
from pamong.kernel.actor import Actor
from pamong.people.queries import require_person

MOST = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """One decision as a line of a list; ``step`` is what it waits for, '' where it waits no more."""

    uid: UUID
    kind: str
    kind_title: str
    title: str
    state: State
    step: str
    entered_at: datetime
    closed_at: datetime | None


def list_own(*, actor: Actor, kind: str = "") -> Sequence[Listed]:
    """Decisions that the actor proposed or that are about him, newest first."""
    if actor.user_id is None:
        return ()
    own = Q(entered_by_id=actor.user_id)
    if actor.person_id is not None:
        own |= Q(person_id=actor.person_id)
    found = models.Decision.objects.filter(own)
    return _listed(found.filter(kind=kind) if kind else found)


def list_of_person(*, actor: Actor, at: datetime, person: UUID, kind: str) -> Sequence[Listed]:
    """Decisions of a kind about a person, newest first; logged. ``PersonNotFound``."""
    person_id = require_person(actor, kind_of(kind).reads, person)
    if person_id != actor.person_id:
        access.log_read(actor=actor, at=at, path="decisions:person", subjects=[person])
    return _listed(models.Decision.objects.filter(person_id=person_id, kind=kind))


def _listed(rows: QuerySet[models.Decision]) -> Sequence[Listed]:
    return tuple(
        Listed(
            row.uid, row.kind, kind_of(row.kind).title, row.title, State(row.state),
            row.steps[row.place]["title"] if row.state == State.WAITING.value else "", row.entered_at,
            row.closed_at,
        )
        for row in rows.order_by("-id")[:MOST]
    )  # fmt: skip
