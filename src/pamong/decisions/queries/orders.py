"""Orders: for their documents, and what the public learns of one by its number."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.access import services as access
from pamong.decisions import models, policies
from pamong.decisions.choices import OrderEndKind, Part
from pamong.decisions.errors import DecisionNotFound, OrderNotFound
from pamong.decisions.events import Ordered
from pamong.decisions.queries.story import find_visible
from pamong.decisions.sql import seat_label_of
from pamong.decisions.types import kind_of
from pamong.documents.papers import Paper
from pamong.kernel.actor import Actor
from pamong.kernel.canonical import canonical_json, sha256_hex
from pamong.ledger import proofs
from pamong.ledger import queries as ledger
from pamong.ledger.errors import ContentChanged, OpeningsErased
from pamong.ledger.events import Opening
from pamong.ledger.openings import value_of

# What the code of an order opens; whom it is about stays closed.
_OPENED = ("document", "head")
OFFICE_OF_APPOINTMENT = "ppk"  # of the appointing official, who sits in no seat


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with all that its document needs; ``intake_id`` is its entry of the log. ``file`` is the hash
    of the document as it is kept, '' for none; ``office`` the code of the office that signed, and
    ``office_name`` what it is called."""

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
    late: bool
    at: datetime
    file: str
    office: str
    office_name: str


@dataclass(frozen=True, slots=True)
class OrderRef:
    """An order as a list beside it names it."""

    uid: UUID
    number: str


@dataclass(frozen=True, slots=True)
class PublicOrder:
    """What anybody may know of an order: that it was issued, and whether it still holds. ``by_number``: of
    the order that ended it; ``next_number``: of the one that came in its place."""

    number: str
    dated_on: date
    title: str
    ended: OrderEndKind | None
    ended_on: date | None
    by_number: str
    next_number: str = ""


def orders_of(decisions: Collection[UUID]) -> Mapping[UUID, OrderRef]:
    """The orders of decisions, by the decisions' uids; for whoever has seen to it that they may be seen."""
    rows = models.Order.objects.filter(decision__uid__in=decisions)
    return {
        decision: OrderRef(uid, number)
        for decision, uid, number in rows.values_list("decision__uid", "uid", "number")
    }


def find_file(*, actor: Actor, order: UUID) -> tuple[str, str]:
    """The number of an order that the actor may see, and the hash of its document as it is kept ('' for
    none). Nothing is told of anybody, so nothing is logged. ``OrderNotFound``."""
    row = visible_order(actor, order)
    file = getattr(row, "file", None)
    return row.number, file.sha256 if file else ""


def get_order(*, actor: Actor, at: datetime, order: UUID) -> OrderView:
    """An order that the actor may see; a look at somebody else's is logged. ``OrderNotFound``."""
    row = visible_order(actor, order)
    decision = row.decision
    if decision.person is not None and decision.person_id != actor.person_id:
        access.log_read(actor=actor, at=at, path="decisions:order", subjects=[decision.person.uid])
    file = getattr(row, "file", None)
    office, office_name = _office(row)
    return OrderView(
        row.uid, decision.uid, decision.kind, row.number, row.dated_on, row.title, row.template,
        row.template_sha256, row.content, row.intake_id, row.late, row.at, file.sha256 if file else "",
        office, office_name,
    )  # fmt: skip


def prove_order(*, actor: Actor, at: datetime, order: UUID) -> tuple[OrderView, Paper | None]:
    """An order with what proves it: its proof is '' while the log has not published it. None for one whose
    openings were erased. ``OrderNotFound``; ``ContentChanged`` where what is stored is not what was sealed;
    ``KeyMissing``, ``Locked``."""
    view = get_order(actor=actor, at=at, order=order)
    content = canonical_json(view.content)
    entry = view.intake_id or 0
    try:
        opened = [each for each in ledger.get_openings(actor=actor, entry_id=entry) if each.field in _OPENED]
    except OpeningsErased:
        return view, None
    _require_same(opened, content)
    told = [proofs.Opening(one.field, one.salt, value_of(one)) for one in opened]
    proof = proofs.proof_of(actor=actor, entry=entry, openings=told)
    if proof is None:
        return view, Paper(content)
    code, address = proofs.qr_text(proof) or "", proofs.check_address()
    return view, Paper(content, proof, code, address, proofs.is_witnessed(proof))


def find_public_order(*, order: UUID) -> PublicOrder | None:
    """An order by the id that its code carries, for anybody: no name, no content. None for none."""
    row = models.Order.objects.select_related("end__by", "decision").filter(uid=order).first()
    if row is None:
        return None
    end = getattr(row, "end", None)
    return PublicOrder(
        row.number, row.dated_on, row.title, OrderEndKind(end.how) if end else None, end.on if end else None,
        end.by.number if end and end.by else "", _next_number(row) if end else "",
    )  # fmt: skip


def _next_number(row: models.Order) -> str:
    """The number of the order that came in the place of one that ended; '' for none."""
    instead = kind_of(row.decision.kind).successor(row.decision.uid)
    if instead is None:
        return ""
    found = models.Order.objects.filter(decision__uid=instead).values_list("number", flat=True).first()
    return found or ""


def find_order_by_leaf(*, actor: Actor, leaf: bytes) -> PublicOrder | None:
    """An order by the hash of its leaf (32 bytes), which only who holds it or its code can tell; None for
    another hash."""
    entry = proofs.find_leaf(actor=actor, entry=leaf)
    if entry is None or entry.kind != Ordered.kind:
        return None
    return find_public_order(order=UUID(json.loads(entry.body)["public"]["order"]))


def visible_order(actor: Actor, order: UUID) -> models.Order:
    """An order that the actor may see; the look is not logged. ``OrderNotFound``."""
    row = models.Order.objects.select_related("decision__person", "file").filter(uid=order).first()
    if row is None:
        raise OrderNotFound
    try:
        find_visible(actor, row.decision.uid)
    except DecisionNotFound as error:
        raise OrderNotFound from error
    return row


def _require_same(opened: Sequence[Opening], content: bytes) -> None:
    told = {one.field: value_of(one) for one in opened}
    if told.get("document") != {"content_sha256": sha256_hex(content)}:
        raise ContentChanged


def _office(row: models.Order) -> tuple[str, str]:
    """The code of the office that signed, as its certificate is filed, and its name."""
    act = row.decision.acts.filter(part=Part.SIGN.value).select_related("seat").first()
    if act is None:
        return "", ""
    if act.seat is not None:
        return str(act.seat.uid), seat_label_of(act.seat.pk, row.dated_on)
    code = row.decision.steps[act.place]["permission"] or policies.APPOINT
    return (OFFICE_OF_APPOINTMENT if code == policies.APPOINT else code.replace(":", "-")), act.office
