"""A list of payment as one may reach it: locked for an act, with the place of its unit; its steps written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, FilteredRelation, Q, QuerySet

from pamong.access.policies import require
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.pay import policies
from pamong.pay.choices import PathState, StepKind
from pamong.pay.errors import PayListNotFound
from pamong.pay.events import ListMoved
from pamong.pay.models import ListStep, PayItem, PayList
from pamong.pay.path import budgets

STATES = tuple(PathState)


def within(actor: Actor, rows: QuerySet[PayList]) -> list[PayList]:
    """Those of the lists that concern the actor, with units and runs. NotAllowed where no list does."""
    require(actor, policies.LISTS)
    return [row for row in _placed(rows, actor.on) if policies.may_over(actor, policies.LISTS, _path(row))]


def locked(actor: Actor, uid: UUID) -> PayList:
    """One list, locked until the transaction ends. PayListNotFound also for one that is not the actor's."""
    row = PayList.objects.select_for_update(of=("self",)).select_related("opd", "run").filter(uid=uid).first()
    if row is None or not policies.may_over(actor, policies.LISTS, path_of(row, actor.on)):
        raise PayListNotFound
    return row


def found(actor: Actor, uid: UUID) -> PayList:
    """One list to look at. NotAllowed for whom no list concerns; PayListNotFound."""
    require(actor, policies.LISTS)
    row: PayList | None = _placed(budgets.with_budget(PayList.objects.filter(uid=uid)), actor.on).first()
    if row is None or not policies.may_over(actor, policies.LISTS, _path(row)):
        raise PayListNotFound
    return row


def month_of(uid: UUID) -> date:
    """The month of a list. PayListNotFound."""
    row = PayList.objects.filter(uid=uid).only("month").first()
    if row is None:
        raise PayListNotFound
    return row.month


def path_of(row: PayList, on: date) -> str:
    """Where the list's unit stands in the tree on a day; '' for a list of no known unit, which only who may
    do something over the whole government reaches."""
    if not hasattr(row, "at_path"):
        row = _placed(PayList.objects.filter(pk=row.pk), on).get()
    return _path(row)


def _placed(rows: QuerySet[PayList], on: date) -> Any:
    """Lists with their units, and where these stand on a day."""
    place = FilteredRelation("opd__places", condition=Q(opd__places__period__contains=on))
    return rows.select_related("opd", "run").annotate(place=place, at_path=F("place__path"))


def _path(row: Any) -> str:
    return row.at_path or (row.opd.code if row.opd else "")


def is_at(row: PayList, state: PathState) -> bool:
    """Whether a list has come as far as a state, or further."""
    return STATES.index(PathState(row.state)) >= STATES.index(state)


def is_begun(row: PayList) -> bool:
    """Whether somebody has said that a list is complete, so that it is on its way."""
    return row.closing is not None or row.state != PathState.COMPUTED.value


def note(
    actor: Actor,
    row: PayList,
    kind: StepKind,
    *,
    note: str = "",
    item: PayItem | None = None,
    basis: int | None = None,
) -> ListStep:
    """Write a step down. Without a basis of many it rests on a seal of its own."""
    step = ListStep(
        uid=uuid7(), list=row, kind=kind.value, note=note, item=item, items_hash=row.items_hash,
        by_id=actor.user_id, by_name=actor.name,
    )  # fmt: skip
    step.basis_id = basis or ledger.seal(actor=actor, kind=SealKind.OFFICE_ENTRY, ref=step.uid)
    step.save(force_insert=True)
    return step


def tell(
    actor: Actor, row: PayList, step: ListStep, *, signed: Mapping[str, Any] | None = None, **numbers: str
) -> int:
    """Tell the ledger that a list went on, and what was signed; the entry's id."""
    event = ListMoved(
        row.uid, step.uid, StepKind(step.kind), row.reference, row.opd_name, row.people, row.gross, row.net,
        step.items_hash, numbers, signed or {},
    )  # fmt: skip
    return ledger.record(actor=actor, event=event)


def reopens(actor: Actor, row: PayList) -> str:
    """The right by which the actor may bring a list back: that of signing it while it waits for that, else
    that of reopening."""
    asked = row.state == PathState.COMPUTED.value and is_begun(row)
    signs = asked and policies.may_over(actor, policies.SIGN, path_of(row, actor.on))
    return policies.SIGN if signs else policies.REOPEN
