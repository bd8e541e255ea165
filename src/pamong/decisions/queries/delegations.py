"""Delegations: those of one's own seats, and all of them for who proposes them for others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from pamong.access import policies as access
from pamong.decisions import models, policies
from pamong.decisions.sql import seat_labels
from pamong.decisions.types import kind_of
from pamong.kernel.actor import Actor

MOST = 200


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """A delegation that was signed: of which seat, to which, of what, from its first to its last day.

    ``given``: it is the actor's own seat whose decisions are answered elsewhere. ``basis``: its seal.
    """

    seat: str
    to_seat: str
    kinds: Sequence[str]
    first: date
    last: date
    note: str
    given: bool
    now: bool
    past: bool
    basis: int


def list_delegations(*, actor: Actor) -> Sequence[DelegationRow]:
    """Delegations from and to the actor's seats, the newest first; all of them for who proposes them for the
    whole government."""
    rows = models.Delegation.objects.filter(superseded_at__isnull=True).order_by("-period", "id")
    if not access.may_over(actor, policies.DELEGATE, ""):
        rows = rows.filter(Q(seat_id__in=actor.seats) | Q(to_seat_id__in=actor.seats))
    found = list(rows[:MOST])
    labels = seat_labels({each for row in found for each in (row.seat_id, row.to_seat_id)}, actor.on)
    return tuple(_row(actor, row, labels) for row in found)


def _row(actor: Actor, row: models.Delegation, labels: dict[int, str]) -> DelegationRow:
    first, end = row.period.lower, row.period.upper
    return DelegationRow(
        seat=labels.get(row.seat_id, ""), to_seat=labels.get(row.to_seat_id, ""),
        kinds=tuple(kind_of(code).title for code in row.kinds), first=first, last=end - timedelta(days=1),
        note=row.note, given=row.seat_id in actor.seats, now=first <= actor.on < end, past=end <= actor.on,
        basis=row.basis_id,
    )  # fmt: skip
