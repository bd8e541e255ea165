"""Overpayments (*kelebihan bayar*): what no allowance takes back comes back by deposits to the treasury.

Nobody decides about his own or his relatives'; a plan of instalments is set by two. What is owed is always
the difference less what lists took back, what was set off, and what was deposited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from pamong.access import policies as access
from pamong.access.policies import require_reason
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.ids import uuid7
from pamong.kernel.money import Rupiah
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.pay import policies
from pamong.pay.choices import ItemState, OverpaymentReason
from pamong.pay.differences.events import DepositRecorded, OverpaymentOpened, PlanDecided, PlanProposed
from pamong.pay.differences.placing import NO_BASE
from pamong.pay.errors import (
    AllowanceTakesIt,
    DepositKnown,
    DepositRefused,
    DepositReversed,
    DepositTooLarge,
    DifferenceNotFound,
    NotForOneself,
    NothingToReturn,
    OverpaymentNotFound,
    PlanByAnother,
    PlanNotWaiting,
    PlanRefused,
)
from pamong.pay.models import (
    Deposit,
    Difference,
    Instalment,
    InstalmentPlan,
    Overpayment,
    PayItem,
    PlanDecision,
)
from pamong.people.services.reading import near


@dataclass(frozen=True, slots=True)
class Due:
    """One instalment: the day by which it is due, and how much, in rupiah."""

    on: date
    amount: int


@transaction.atomic
def open_overpayment(*, actor: Actor, at: datetime, difference: UUID) -> UUID:
    """Make what a difference still takes back an overpayment: of someone who receives no allowance any more,
    or more than his newest allowance. NotAllowed, DifferenceNotFound, NotForOneself, NothingToReturn,
    AllowanceTakesIt. Asked again it gives the same one.
    """
    access.require_account(actor)
    policies.require_run(actor)
    row = Difference.objects.select_related("person").filter(uid=difference).first()
    if row is None:
        raise DifferenceNotFound
    if row.person_id in near(actor.person_id):
        raise NotForOneself
    there = Overpayment.objects.filter(difference=row).first()
    if there is not None:
        return there.uid
    left = -left_of(row.pk)
    if left <= 0:
        raise NothingToReturn
    made = Overpayment(
        uid=uuid7(at),
        difference=row,
        amount=-row.net,
        reason=_reason(row, left, actor.on).value,
        opened_by=actor.name,
    )
    made.basis_id = ledger.seal(actor=actor, kind=SealKind.OFFICE_ENTRY, ref=made.uid)
    made.save(force_insert=True)
    event = OverpaymentOpened(made.uid, row.uid, made.amount, made.reason, row.person.uid)
    ledger.record(actor=actor, event=event)
    return made.uid


def left_of(difference: int) -> int:
    """What is left of a difference, in what the person receives; it is held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pay_difference_left(%s)", [difference])
        return int(cursor.fetchone()[0])


_HAS_LEFT = f"""
SELECT ({NO_BASE}) OR NOT EXISTS (
  SELECT 1 FROM people_employment e WHERE e.person_id = d.person_id AND e.superseded_at IS NULL
    AND COALESCE(upper(e.period) > %(on)s, true))
FROM pay_difference d CROSS JOIN (SELECT max(month) AS month FROM pay_paylist) n WHERE d.id = %(id)s
"""  # noqa: S608 (our own text)


def _has_left(row: Difference, on: date) -> bool:
    """Whether no allowance follows: a newer month pays him none, or his employment has ended."""
    with connection.cursor() as cursor:
        cursor.execute(_HAS_LEFT, {"id": row.pk, "on": on})
        return bool(cursor.fetchone()[0])


def _reason(row: Difference, left: int, on: date) -> OverpaymentReason:
    """Why the next allowance does not take it: there is none, or it is smaller. AllowanceTakesIt."""
    if _has_left(row, on):
        return OverpaymentReason.LEFT
    newest = (
        PayItem.objects.filter(person_id=row.person_id, component=row.component, sequence=0)
        .filter(released_at__isnull=True, state=ItemState.INCLUDED.value)
        .order_by("-service_month")
        .first()
    )
    if newest is None or newest.service_month <= row.service_month or left <= newest.net:
        raise AllowanceTakesIt(str(Rupiah(left)))
    return OverpaymentReason.LARGER


@transaction.atomic
def propose_plan(
    *, actor: Actor, at: datetime, overpayment: UUID, document: str, instalments: Sequence[Due]
) -> UUID:
    """Propose when an overpayment comes back; it holds once another has agreed. Its sum is what is left.

    NotAllowed, OverpaymentNotFound, NotForOneself, PlanRefused.
    """
    user = access.require_account(actor)
    policies.require_run(actor)
    row = _locked(actor, overpayment)
    left = -left_of(row.difference_id)
    document = document.strip()
    _check_plan(at, left, document, instalments)
    plan = InstalmentPlan(
        uid=uuid7(at), overpayment=row, amount=left, document=document, proposed_by_id=user,
        proposed_name=actor.name,
    )  # fmt: skip
    plan.save(force_insert=True)
    Instalment.objects.bulk_create(
        Instalment(plan=plan, number=number, due_on=each.on, amount=each.amount)
        for number, each in enumerate(sorted(instalments, key=lambda each: each.on), start=1)
    )
    event = PlanProposed(row.uid, plan.uid, len(instalments), left, document, _whose(row))
    ledger.record(actor=actor, event=event)
    return plan.uid


def _check_plan(at: datetime, left: int, document: str, instalments: Sequence[Due]) -> None:
    if not document:
        raise PlanRefused("Tulis nomor surat pernyataan atau keputusan yang menjadi dasar angsuran.")
    if not instalments or any(each.amount <= 0 for each in instalments):
        raise PlanRefused("Isi paling sedikit satu angsuran, masing-masing lebih dari Rp0.")
    days = [each.on for each in instalments]
    if len(set(days)) != len(days):
        raise PlanRefused("Dua angsuran jatuh pada tanggal yang sama. Gabungkan keduanya.")
    if min(days) < at.date():
        raise PlanRefused(f"Angsuran {format_date(min(days))} sudah lewat. Mulai dari hari ini.")
    total = sum(each.amount for each in instalments)
    if total != left:
        raise PlanRefused(
            f"Jumlah angsuran {Rupiah(total)} harus sama dengan sisa kelebihan bayar, {Rupiah(left)}."
        )


@transaction.atomic
def decide_plan(*, actor: Actor, at: datetime, plan: UUID, agreed: bool, note: str = "") -> None:
    """Agree to a plan of another, or refuse it with a reason.

    NotAllowed, NotForOneself, PlanNotWaiting, PlanByAnother, ReasonMissing.
    """
    user = access.require_account(actor)
    policies.require_run(actor)
    row = InstalmentPlan.objects.select_related("overpayment").filter(uid=plan).first()
    if row is None:
        raise PlanNotWaiting
    case = _locked(actor, row.overpayment.uid)
    left_of(case.difference_id)  # one decision at a time
    if PlanDecision.objects.filter(plan=row).exists():
        raise PlanNotWaiting
    if row.proposed_by_id == user:
        raise PlanByAnother
    note = note.strip() if agreed else require_reason(note)
    PlanDecision.objects.create(
        plan=row, agreed=agreed, note=note, decided_by_id=user, decided_name=actor.name,
        basis_id=ledger.seal(actor=actor, kind=SealKind.OFFICE_ENTRY, ref=row.uid),
    )  # fmt: skip
    ledger.record(actor=actor, event=PlanDecided(case.uid, row.uid, agreed, note, _whose(case)))


@transaction.atomic
def record_deposit(
    *, actor: Actor, at: datetime, overpayment: UUID, sts_number: str, paid_on: date, amount: int
) -> UUID:
    """Record what came back to the treasury by an STS.

    NotAllowed, OverpaymentNotFound, NotForOneself, DepositRefused, DepositKnown, DepositTooLarge.
    """
    user = policies.require_over(actor, policies.TREASURY, "")
    row = _locked(actor, overpayment)
    number = " ".join(sts_number.split())
    if not number or amount <= 0:
        raise DepositRefused("Isi nomor STS dan jumlahnya, lebih dari Rp0.")
    if paid_on > at.date():
        raise DepositRefused(f"Tanggal STS {format_date(paid_on)} belum tiba. Periksa lagi tanggalnya.")
    left = -left_of(row.difference_id)
    if amount > left:
        raise DepositTooLarge(str(Rupiah(amount)), str(Rupiah(left)))
    entered = Deposit.objects.filter(sts_number=number, reverses__isnull=True)
    if entered.filter(reversal__isnull=True).exists():
        raise DepositKnown(number)
    made = Deposit(
        uid=uuid7(at), overpayment=row, sts_number=number, version=entered.count(), paid_on=paid_on,
        amount=amount,
    )  # fmt: skip
    _save(actor, user, made)
    return made.uid


@transaction.atomic
def reverse_deposit(*, actor: Actor, at: datetime, deposit: UUID, note: str) -> UUID:
    """Take back a deposit that was entered wrongly, all of it and once, with a reason.

    NotAllowed, NotForOneself, DepositReversed, ReasonMissing.
    """
    user = policies.require_over(actor, policies.TREASURY, "")
    row = Deposit.objects.select_related("overpayment").filter(uid=deposit).first()
    if row is None:
        raise DepositReversed
    case = _locked(actor, row.overpayment.uid)
    left_of(case.difference_id)
    if row.reverses_id or Deposit.objects.filter(reverses=row).exists():
        raise DepositReversed
    made = Deposit(
        uid=uuid7(at), overpayment=case, sts_number=row.sts_number, version=row.version, paid_on=row.paid_on,
        amount=-row.amount, reverses=row, note=require_reason(note),
    )  # fmt: skip
    _save(actor, user, made)
    return made.uid


def _save(actor: Actor, user: int, made: Deposit) -> None:
    made.recorded_by_id, made.recorded_name = user, actor.name
    made.basis_id = ledger.seal(actor=actor, kind=SealKind.OFFICE_ENTRY, ref=made.uid)
    made.save(force_insert=True)
    event = DepositRecorded(
        made.overpayment.uid, made.uid, made.sts_number, made.amount, made.note, _whose(made.overpayment)
    )
    ledger.record(actor=actor, event=event)


def _locked(actor: Actor, uid: UUID) -> Overpayment:
    """One overpayment for an act on it, of somebody who is not close."""
    row = Overpayment.objects.select_related("difference__person").filter(uid=uid).first()
    if row is None:
        raise OverpaymentNotFound
    if row.difference.person_id in near(actor.person_id):
        raise NotForOneself
    return row


def _whose(row: Overpayment) -> UUID:
    return row.difference.person.uid
