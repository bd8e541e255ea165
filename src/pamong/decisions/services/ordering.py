"""Numbers and orders: given in the transaction of the signature, so that no number is lost or doubled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from pamong.decisions import events, models
from pamong.decisions.choices import OrderEndKind
from pamong.decisions.errors import AlreadyEnded, OrderNotFound
from pamong.decisions.services import common
from pamong.decisions.services.papers import Writing, content_hash, head_of
from pamong.decisions.types import Case, Kind, Paper, kind_of
from pamong.documents.template_hash import template_hash
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger

_NEXT = """
INSERT INTO decisions_register (code, year, last) VALUES (%(code)s, %(year)s, 1)
ON CONFLICT (code, year) DO UPDATE SET last = decisions_register.last + 1 RETURNING last
"""


def number(paper: Paper, case: Case) -> tuple[int, str]:
    """The next place in the register of a paper for the year of the case, and its text. Whoever else asks
    waits until this transaction ends: so numbers have no gaps, and later ones no earlier dates."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"code": paper.register, "year": case.on.year})
        place = int(cursor.fetchone()[0])
    return place, paper.number(place, case.on)


def issue(
    *, actor: Actor, at: datetime, writing: Writing, kind: Kind, paper: Paper, said: Mapping[str, Any],
    basis: int, late: bool,
) -> models.Order:  # fmt: skip
    """Number the order of a signed decision, store it and tell it to the log. ``said`` is its content but for
    number and date (``papers.content_of``)."""
    row, case = writing.row, writing.case
    place, text = number(paper, case)
    content = {**said, "number": text, "dated_on": case.on.isoformat()}
    order = models.Order(
        uid=uuid7(at), decision=row, register=paper.register, year=case.on.year, place=place, number=text,
        dated_on=case.on, title=paper.title, template=paper.template,
        template_sha256=template_hash(paper.template), content=content, late=late, basis_id=basis,
    )  # fmt: skip
    event = events.Ordered(
        row.uid, row.kind, kind.title, common.person_uid(row.person_id), order=order.uid,
        register=order.register, number=order.number, place=order.place, dated_on=order.dated_on,
        template=order.template, template_sha256=order.template_sha256, late=late,
        content_sha256=content_hash(content), head=head_of(paper, content),
    )  # fmt: skip
    order.intake_id = ledger.record(actor=actor, event=event)
    order.save(force_insert=True)
    return order


@transaction.atomic
def keep_file(*, actor: Actor, order: UUID, sha256: str, size: int, signed_by: str) -> str:
    """Keep the hash of an order's document; of two at once the first stands. Returns the hash that is kept.
    Who made it has seen to it that the actor may see the order. ``OrderNotFound``."""
    row = models.Order.objects.filter(uid=order).first()
    if row is None:
        raise OrderNotFound
    made = models.OrderFile(order=row, sha256=sha256, size=size, signed_by=signed_by)
    models.OrderFile.objects.bulk_create([made], ignore_conflicts=True)
    return models.OrderFile.objects.get(order=row).sha256


def end_order(*, actor: Actor, basis: int, order: UUID, how: OrderEndKind, by: UUID | None = None) -> None:
    """Let an order end, on the basis of the decision that says so; ``by`` is the order that replaces it.

    ``OrderNotFound``, ``AlreadyEnded``.
    """
    row = models.Order.objects.filter(uid=order).first()
    if row is None:
        raise OrderNotFound
    # Of two at once the second waits for the first; an order itself can't be locked, it never changes.
    models.Decision.objects.select_for_update(of=("self",)).get(pk=row.decision_id)
    if (end := models.OrderEnd.objects.filter(order=row).first()) is not None:
        raise AlreadyEnded(end.get_how_display())
    other = models.Order.objects.filter(uid=by).first() if by else None
    models.OrderEnd.objects.create(order=row, how=how.value, by=other, on=actor.on, basis_id=basis)
    decision = row.decision
    event = events.OrderEnded(
        decision.uid, decision.kind, kind_of(decision.kind).title, common.person_uid(decision.person_id),
        order=row.uid, how=how.value, by_order=by,
    )  # fmt: skip
    ledger.record(actor=actor, event=event)
