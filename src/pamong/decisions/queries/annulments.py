"""What stands between an order and its annulment, for the form that asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from pamong.decisions import models
from pamong.decisions.choices import ANNULMENT_CODE, State
from pamong.decisions.queries.orders import visible_order
from pamong.decisions.types import Case, kind_of
from pamong.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class AnnulmentView:
    """An order that may be annulled. ``waits``: that is proposed already; ``blocked``: the sentence that says
    why it can't be, '' where it can."""

    order: UUID
    number: str
    title: str
    waits: bool
    blocked: str


def get_annulment(*, actor: Actor, at: datetime, order: UUID) -> AnnulmentView:
    """Whether an order can be annulled by now. ``NotAllowed`` for who may not ask for it; ``OrderNotFound``
    also for one of somebody out of the actor's reach."""
    row = visible_order(actor, order)
    decision = row.decision
    content = {"order": str(order), "number": row.number, "reason": ""}
    case = Case(
        uuid4(), ANNULMENT_CODE, decision.person_id, decision.unit_id, content, actor.user_id,
        actor.person_id, actor.on, at,
    )  # fmt: skip
    annulment = kind_of(ANNULMENT_CODE)
    annulment.require(actor, case)
    waits = models.Decision.objects.filter(
        kind=ANNULMENT_CODE, state=State.WAITING.value, content__order=str(order)
    ).exists()
    stopped = [gate.sentence for gate in annulment.gates(case) if gate.verdict.stops]
    return AnnulmentView(row.uid, row.number, row.title, waits, " ".join(stopped))
