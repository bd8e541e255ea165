"""Proposals to destroy what opens somebody's data in the log: what waits, and how others were decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, OuterRef, Subquery, When

from pamong.access import policies as access
from pamong.access import services as reading
from pamong.kernel.actor import Actor
from pamong.ledger.choices import ErasureGround
from pamong.people import policies
from pamong.people.choices import ErasureState
from pamong.people.models import Employment, Erasure, Identity

LOGGED = "people.erasures"
_MOST = 200


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """One proposal. ``name`` and ``nip`` are empty once it is done. ``may_decide``: by who looks."""

    uid: UUID
    name: str
    nip: str
    ground: ErasureGround
    reference: str
    reason: str
    state: ErasureState
    proposed_name: str
    proposed_at: datetime
    decided_name: str
    decided_at: datetime | None
    entries: int
    may_decide: bool


def count_erasures_to_decide(*, actor: Actor) -> int:
    """How many proposals wait for the actor's word; 0 for whoever has none."""
    if not access.may_over(actor, policies.AGREE_ERASURE, ""):
        return 0
    waiting = Erasure.objects.filter(state=ErasureState.WAITING.value)
    return waiting.exclude(proposed_by=actor.user_id).exclude(person=actor.person_id).count()


def list_erasures(*, actor: Actor, at: datetime) -> tuple[ErasureRow, ...]:
    """The newest proposals, those that wait first; logged for those whose names are shown. NotAllowed."""
    decides = bool(access.may_over(actor, policies.AGREE_ERASURE, ""))
    if not decides:
        access.require_whole(actor, policies.ERASE)
    identities = Identity.objects.known().filter(person=OuterRef("person")).order_by("-period")
    jobs = Employment.objects.known().filter(person=OuterRef("person")).order_by("-period")
    rows = (
        Erasure.objects.select_related("person")
        .annotate(name=Subquery(identities.values("name")[:1]), nip=Subquery(jobs.values("nip")[:1]))
        .order_by(Case(When(state=ErasureState.WAITING.value, then=0), default=1), "-id")[:_MOST]
    )
    found = tuple(_row(actor, row, decides) for row in rows)
    seen = [row.person.uid for row in rows if row.state == ErasureState.WAITING.value]
    reading.log_read(actor=actor, at=at, path=LOGGED, subjects=seen)
    return found


def _row(actor: Actor, row: Any, decides: bool) -> ErasureRow:
    waits = row.state == ErasureState.WAITING.value
    return ErasureRow(
        uid=row.uid,
        name=(row.name or "") if waits else "",
        nip=(row.nip or "") if waits else "",
        ground=ErasureGround(row.ground),
        reference=row.reference,
        reason=row.reason if waits else "",
        state=ErasureState(row.state),
        proposed_name=row.proposed_name,
        proposed_at=row.proposed_at,
        decided_name=row.decided_name,
        decided_at=row.decided_at,
        entries=row.entries,
        may_decide=waits
        and decides
        and row.person_id != actor.person_id
        and row.proposed_by_id != actor.user_id,
    )
