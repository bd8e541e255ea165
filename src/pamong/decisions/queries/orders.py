"""Orders: for their documents, and what the public learns of one by its number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.access import services as access
from pamong.decisions import models
from pamong.decisions.choices import OrderEndKind
from pamong.decisions.errors import DecisionNotFound, OrderNotFound
from pamong.decisions.queries.story import find_visible
from pamong.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with all that its document needs; ``intake_id`` is its entry of the log."""

    uid: UUID
    decision: UUID
    kind: str
    number: str
    dated_on: date
    title: str
    template: str
    template_sha256: str
    content: Mapping[str, Any]
    intake_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PublicOrder:
    """What anybody may know of an order: that it was issued, and whether it still holds."""

    number: str
    dated_on: date
    title: str
    ended: OrderEndKind | None
    ended_on: date | None
    by_number: str


def get_order(*, actor: Actor, at: datetime, order: UUID) -> OrderView:
    """An order that the actor may see; a look at somebody else's is logged. ``OrderNotFound``."""
    row = models.Order.objects.select_related("decision__person").filter(uid=order).first()
    if row is None:
        raise OrderNotFound
    try:
        decision = find_visible(actor, row.decision.uid)
    except DecisionNotFound as error:
        raise OrderNotFound from error
    if decision.person is not None and decision.person_id != actor.person_id:
        access.log_read(actor=actor, at=at, path="decisions:order", subjects=[decision.person.uid])
    return OrderView(
        row.uid, decision.uid, decision.kind, row.number, row.dated_on, row.title, row.template,
        row.template_sha256, row.content, row.intake_id, row.at,
    )  # fmt: skip


def find_public_order(*, order: UUID) -> PublicOrder | None:
    """An order by the id that its code carries, for anybody: no name, no content. None for none."""
    row = models.Order.objects.select_related("end__by").filter(uid=order).first()
    if row is None:
        return None
    end = getattr(row, "end", None)
    return PublicOrder(
        row.number, row.dated_on, row.title, OrderEndKind(end.how) if end else None, end.on if end else None,
        end.by.number if end and end.by else "",
    )  # fmt: skip
