"""Numbers and orders: given in the transaction of the signature, so that no number is lost or doubled."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from pamong.decisions import events, models
from pamong.decisions.choices import OrderEndKind
from pamong.decisions.errors import AlreadyEnded, OrderNotFound
from pamong.decisions.services import common
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
    *, actor: Actor, at: datetime, row: models.Decision, kind: Kind, paper: Paper, case: Case, basis: int,
    numbered: tuple[int, str], late: bool,
) -> models.Order:  # fmt: skip
    """Store the order of a signed decision and tell it to the log."""
    content = {**paper.content(case), "number": numbered[1], "dated_on": case.on.isoformat()}
    order = models.Order(
        uid=uuid7(at), decision=row, register=paper.register, year=case.on.year, place=numbered[0],
        number=numbered[1], dated_on=case.on, title=paper.title, template=paper.template,
        template_sha256=template_hash(paper.template), content=content, late=late, basis_id=basis,
    )  # fmt: skip
    event = events.Ordered(
        row.uid, row.kind, kind.title, common.person_uid(row.person_id), order=order.uid,
        register=order.register, number=order.number, place=order.place, dated_on=order.dated_on,
        template=order.template, template_sha256=order.template_sha256, late=late, content=content,
    )  # fmt: skip
    order.intake_id = ledger.record(actor=actor, event=event)
    order.save(force_insert=True)
    return order


def end_order(*, actor: Actor, basis: int, order: UUID, how: OrderEndKind, by: UUID | None = None) -> None:
    """Let an order end, on the basis of the decision that says so; ``by`` is the order that replaces it.

    ``OrderNotFound``, ``AlreadyEnded``.
    """
    row = models.Order.objects.filter(uid=order).first()
    if row is None:
        raise OrderNotFound
    # Nobody may change an order, nor lock it: its decision stands for it.
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
