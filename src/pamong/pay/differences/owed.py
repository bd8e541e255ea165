"""Reads of overpayments: who owes how much, one case with its plans and deposits, one's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from pamong.access import policies as access_policies
from pamong.access import services as access_services
from pamong.kernel.actor import Actor
from pamong.pay import policies
from pamong.pay.choices import OverpaymentReason
from pamong.pay.differences.shapes import DepositRow, DueRow, OwingRow, OwingView, PlanView
from pamong.pay.errors import OverpaymentNotFound
from pamong.pay.models import Deposit, InstalmentPlan, Overpayment


def list_overpayments(*, actor: Actor, at: datetime) -> tuple[OwingRow, ...]:
    """All overpayments, those that still owe first, then the newest; or one's own, for whom no more concerns.

    Logged as a look at these people's pay. NotAllowed.
    """
    _require(actor)
    rows = _rows()
    if not policies.reads_owing(actor):
        rows = rows.filter(difference__person_id=actor.person_id or 0)
    told = [_row(row) for row in rows.order_by("-id")]
    _log(actor, at, told)
    return tuple(sorted(told, key=lambda row: row.balance == 0))


def get_overpayment(*, actor: Actor, at: datetime, uid: UUID) -> OwingView:
    """One overpayment with its story; logged. NotAllowed; OverpaymentNotFound for another's too."""
    _require(actor)
    row = _rows().filter(uid=uid).first()
    own = row is not None and row.difference.person_id == actor.person_id
    if row is None or not (own or policies.reads_owing(actor)):
        raise OverpaymentNotFound
    told = _row(row)
    _log(actor, at, [] if own else [told])
    signed = actor.user_id is not None and not own
    may_plan = signed and bool(policies.may_run(actor))
    may_reverse = signed and bool(policies.may_over(actor, policies.TREASURY, ""))
    return OwingView(
        row=told,
        difference=row.difference.uid,
        plans=tuple(_plan(actor, plan, row, may_plan) for plan in _plans(row)),
        deposits=_deposits(list(row.deposits.all())),
        own=own,
        may_plan=may_plan and told.balance > 0,
        may_deposit=may_reverse and told.balance > 0,
        may_reverse=may_reverse,
    )


def _require(actor: Actor) -> None:
    """The treasury reads what is owed to it, and no other pay."""
    if not policies.may_over(actor, policies.TREASURY, ""):
        access_policies.require(actor, policies.READ)


def _log(actor: Actor, at: datetime, rows: Iterable[OwingRow]) -> None:
    others = [row.person for row in rows]
    access_services.log_read(actor=actor, at=at, path=policies.READ, subjects=others)


def _rows() -> QuerySet[Overpayment]:
    return Overpayment.objects.select_related(
        "difference__person", "difference__base__list"
    ).prefetch_related("deposits", "difference__parts__item")


def _row(row: Overpayment) -> OwingRow:
    base = row.difference.base
    parts = [part for part in row.difference.parts.all() if not (part.item and part.item.released_at)]
    return OwingRow(
        uid=row.uid, person=row.difference.person.uid, nip=base.nip, name=base.name,
        opd_name=base.list.opd_name, month=row.difference.service_month,
        reason=OverpaymentReason(row.reason), opened_at=row.recorded_at, amount=row.amount,
        recovered=-sum(part.net for part in parts),
        deposited=sum(deposit.amount for deposit in row.deposits.all()),
    )  # fmt: skip


def _plans(row: Overpayment) -> QuerySet[InstalmentPlan]:
    return row.plans.select_related("decision").prefetch_related("instalments").order_by("-id")


def _plan(actor: Actor, plan: InstalmentPlan, row: Overpayment, may_plan: bool) -> PlanView:
    decision = getattr(plan, "decision", None)
    return PlanView(
        uid=plan.uid, amount=plan.amount, document=plan.document, proposed_name=plan.proposed_name,
        made_at=plan.recorded_at, agreed=decision.agreed if decision else None,
        decided_name=decision.decided_name if decision else "", note=decision.note if decision else "",
        dues=_dues(plan, row.deposits.all()),
        may_decide=may_plan and decision is None and plan.proposed_by_id != actor.user_id,
    )  # fmt: skip


def _dues(plan: InstalmentPlan, deposits: Iterable[Deposit]) -> tuple[DueRow, ...]:
    """The instalments in their order, each with what deposits since the plan have covered of it."""
    paid = max(0, sum(each.amount for each in deposits if each.recorded_at >= plan.recorded_at))
    told = []
    for each in sorted(plan.instalments.all(), key=lambda due: due.number):
        covered = min(each.amount, paid)
        paid -= covered
        told.append(DueRow(each.number, each.due_on, each.amount, covered))
    return tuple(told)


def _deposits(rows: Sequence[Deposit]) -> tuple[DepositRow, ...]:
    taken_back = {row.reverses_id for row in rows if row.reverses_id}
    return tuple(
        DepositRow(
            row.uid, row.sts_number, row.paid_on, row.amount, row.note, row.recorded_name,
            row.pk in taken_back,
        )
        for row in sorted(rows, key=lambda row: row.pk)
    )  # fmt: skip
