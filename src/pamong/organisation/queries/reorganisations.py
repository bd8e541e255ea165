"""Reorganisations that were drafted, adopted or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.kernel.actor import Actor
from pamong.ledger.events import actor_ref
from pamong.organisation import models, policies
from pamong.organisation.choices import ReorganisationState
from pamong.organisation.errors import ReorganisationNotFound


@dataclass(frozen=True, slots=True)
class ReorganisationView:
    """A reorganisation. ``own`` tells that the actor drafted it, so that another one must adopt it;
    ``begun`` that its day has come, so that it can't be withdrawn."""

    uid: UUID
    title: str
    on: date
    order_no: str
    order_on: date | None
    state: ReorganisationState
    plan: Mapping[str, Any]
    drafted_by: str
    drafted_at: datetime
    adopted_by: str
    adopted_at: datetime | None
    withdrawn_by: str
    withdrawn_at: datetime | None
    own: bool
    begun: bool


def list_reorganisations(*, actor: Actor) -> Sequence[ReorganisationView]:
    """All of them, the latest day first."""
    policies.require_read(actor)
    return [_view(actor, row) for row in models.Reorganisation.objects.order_by("-on", "-id")]


def get_reorganisation(*, actor: Actor, uid: UUID) -> ReorganisationView:
    """One. ``NotAllowed``, ``ReorganisationNotFound``."""
    policies.require_read(actor)
    row = models.Reorganisation.objects.filter(uid=uid).first()
    if row is None:
        raise ReorganisationNotFound
    return _view(actor, row)


def _view(actor: Actor, row: models.Reorganisation) -> ReorganisationView:
    return ReorganisationView(
        row.uid, row.title, row.on, row.order_no, row.order_on, ReorganisationState(row.state), row.plan,
        row.drafted_by, row.drafted_at, row.adopted_by, row.adopted_at,
        row.withdrawn_by, row.withdrawn_at,
        row.drafted_by == actor_ref(actor), actor.on >= row.on,
    )  # fmt: skip
