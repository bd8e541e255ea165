"""A list's way, step by step: complete, signed, checked, submitted, paid; and back to the start.

Each step is one transaction over the locked list. What was done already is done: the same step again changes
nothing and tells no one. Enter, sign and check are three people; the first two are a decision (``closing``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pamong.access import policies as access
from pamong.decisions import services as decisions
from pamong.decisions.choices import Answer
from pamong.decisions.errors import DecisionClosed
from pamong.decisions.services.answering import Given
from pamong.kernel.actor import Actor
from pamong.kernel.money import Rupiah
from pamong.pay import policies
from pamong.pay.choices import PathState, StepKind
from pamong.pay.errors import (
    AmountDiffers,
    ListIsPaid,
    OverBudget,
    Sp2dTooEarly,
    StepByAnother,
    StepTooEarly,
)
from pamong.pay.models import ListStep, PayList
from pamong.pay.path import budgets, closing, filling, moving, reach


@dataclass(frozen=True, slots=True)
class Spm:
    """What the payment order (SPP and SPM) of a list says. ``amount`` is before tax and contributions."""

    spp_number: str
    spm_number: str
    spm_on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Sp2d:
    """What the treasury's disbursement order (SP2D) says. ``amount`` is before tax and contributions."""

    number: str
    on: date
    amount: int


@transaction.atomic
def enter(*, actor: Actor, at: datetime, uid: UUID) -> bool:
    """Say that a list is complete: its closing is proposed, for the head to sign; whether anything changed.

    NotAllowed, PayListNotFound, ListIsEmpty, AloneOnList.
    """
    row, _ = _reach(actor, uid, policies.PREPARE)
    if reach.is_begun(row):
        return False
    filling.add_up([row.pk])  # a difference may have been found since
    row.refresh_from_db()
    moving.require_payees(actor, row)
    closing.propose(actor=actor, at=at, row=row)
    return True


@transaction.atomic
def sign(*, actor: Actor, at: datetime, uid: UUID, reasons: Mapping[str, str] | None = None) -> bool:
    """Sign recapitulation and SPTJM, which seals the decision that closes the list; whether anything changed.
    ``reasons``: by the codes of gates that are not simply met.

    NotAllowed, PayListNotFound, StepTooEarly, StepByAnother, AloneOnList; what a decision refuses
    (``decisions.services.answer``); MonthWritten while a fact of the month is being saved.
    """
    row = reach.found(actor, uid)
    user = policies.require_over(actor, policies.SIGN, reach.path_of(row, actor.on))
    if reach.is_at(row, PathState.VERIFIED):
        return False
    if row.closing is None:
        raise StepTooEarly(PathState.COMPUTED.label, "petugas unit menyatakan daftarnya lengkap")
    _require_another(user, {row.entered_by_id: "menyatakan daftar ini lengkap"})
    moving.require_payees(actor, row)
    given = Given(Answer.AGREE, reasons=reasons)
    try:
        decisions.answer(actor=actor, at=at, decision=row.closing, given=given)
    except DecisionClosed:
        if reach.is_at(reach.found(actor, uid), PathState.VERIFIED):
            return False  # of two at once the second finds it done
        raise
    return True


@transaction.atomic
def check(*, actor: Actor, at: datetime, uid: UUID) -> bool:
    """Check a signed list for the personnel agency.

    NotAllowed, PayListNotFound, StepTooEarly, StepByAnother, AloneOnList.
    """
    row, user = _reach(actor, uid, policies.CHECK)
    if reach.is_at(row, PathState.CHECKED):
        return False
    _require_state(row, PathState.VERIFIED, "kepala OPD menandatangani rekapitulasi dan SPTJM")
    did = {row.entered_by_id: "menyatakan daftar ini lengkap", row.signed_by_id: "menandatanganinya"}
    _require_another(user, did)
    moving.require_payees(actor, row)
    moving.go(actor, row, StepKind.CHECKED, state=PathState.CHECKED, checked_by_id=user)
    return True


@transaction.atomic
def submit(*, actor: Actor, at: datetime, uid: UUID, spm: Spm, over_budget: str = "") -> bool:
    """Hand a checked list in to the treasury, with its payment order, which must be right to the rupiah.

    NotAllowed, PayListNotFound, StepTooEarly, AmountDiffers, NumberTaken; OverBudget where the list goes
    beyond the budget that is left and nobody says why.
    """
    row, _ = _reach(actor, uid, policies.SUBMIT)
    if reach.is_at(row, PathState.SUBMITTED):
        return False
    _require_state(row, PathState.CHECKED, "petugas BKPSDM memeriksanya")
    _require_same("SPM", spm.amount, row)
    over = budgets.beyond(row)
    if over and not access.says_why(over_budget):
        raise OverBudget(str(Rupiah(over)), row.month.year)
    values: dict[str, Any] = {
        "spp_number": spm.spp_number, "spm_number": spm.spm_number, "spm_on": spm.spm_on,
        "spm_amount": spm.amount, "budget_reason": over_budget.strip() if over else "",
    }  # fmt: skip
    moving.go(
        actor, row, StepKind.SUBMITTED, state=PathState.SUBMITTED, note=values["budget_reason"], **values
    )
    return True


@transaction.atomic
def record_sp2d(*, actor: Actor, at: datetime, uid: UUID, sp2d: Sp2d) -> bool:
    """Record that the treasury has paid a list: only now it is paid, and its slips with it.

    The same SP2D again changes nothing. NotAllowed, PayListNotFound, StepTooEarly, AmountDiffers,
    Sp2dTooEarly, NumberTaken, ListIsPaid.
    """
    row, _ = _reach(actor, uid, policies.TREASURY)
    if row.state == PathState.PAID.value:
        if row.sp2d_number == sp2d.number:
            return False
        raise ListIsPaid(row.sp2d_number)
    _require_state(row, PathState.SUBMITTED, "SPM diajukan")
    _require_same("SP2D", sp2d.amount, row)
    if row.spm_on is not None and sp2d.on < row.spm_on:
        raise Sp2dTooEarly(sp2d.on, row.spm_on)
    values: dict[str, Any] = {"sp2d_number": sp2d.number, "sp2d_on": sp2d.on, "sp2d_amount": sp2d.amount}
    moving.go(actor, row, StepKind.PAID, state=PathState.PAID, **values)
    return True


@transaction.atomic
def reopen(*, actor: Actor, at: datetime, uid: UUID, reason: str) -> bool:
    """Bring a signed list back to the start, with a reason, by another than who did the last step. One that
    is said to be complete goes back to the clerk by who should sign it, too: his answer to the decision.

    NotAllowed, PayListNotFound, ReasonMissing, StepByAnother, ListIsPaid; DecisionBusy while somebody signs.
    """
    row = reach.found(actor, uid)
    permission = reach.reopens(actor, row)
    user = policies.require_over(actor, permission, reach.path_of(row, actor.on))
    why = access.require_reason(reason)
    if row.state == PathState.PAID.value:
        raise ListIsPaid(row.sp2d_number)
    if not reach.is_begun(row):
        return False
    _require_another_than_last(user, row)
    if permission == policies.SIGN and row.closing is not None:
        given = Given(Answer.REFUSE, reason=why)
        decisions.answer(actor=actor, at=at, decision=row.closing, given=given)
        return True
    return _bring_back(actor, at, row.uid, why)


def _bring_back(actor: Actor, at: datetime, uid: UUID, why: str) -> bool:
    """Under the lock of the list, which may have gone on since it was looked at."""
    row, user = _reach(actor, uid, policies.REOPEN)
    if row.state == PathState.PAID.value:
        raise ListIsPaid(row.sp2d_number)
    if not reach.is_begun(row):
        return False
    _require_another_than_last(user, row)
    moving.let_go(actor=actor, at=at, lists=[row.pk], why=why)
    undone: dict[str, Any] = {
        "entered_by_id": None, "signed_by_id": None, "checked_by_id": None, "closing": None,
        "spp_number": "", "spm_number": "", "spm_on": None, "spm_amount": None, "budget_reason": "",
        "items_hash": "",
    }  # fmt: skip
    moving.go(actor, row, StepKind.REOPENED, state=PathState.COMPUTED, note=why, **undone)
    filling.add_up([row.pk])  # a later list may have taken whom this one held
    return True


def _reach(actor: Actor, uid: UUID, permission: str) -> tuple[PayList, int]:
    row = reach.locked(actor, uid)
    return row, policies.require_over(actor, permission, reach.path_of(row, actor.on))


def _require_state(row: PayList, state: PathState, first: str) -> None:
    if row.state != state.value:
        raise StepTooEarly(PathState(row.state).label, first)


def _require_another(user: int, did: dict[int | None, str]) -> None:
    if user in did:
        raise StepByAnother(did[user])


def _require_another_than_last(user: int, row: PayList) -> None:
    last = ListStep.objects.filter(list=row).order_by("-id").values_list("by_id", flat=True).first()
    _require_another(user, {last: "melakukan langkah terakhirnya"})


def _require_same(what: str, amount: int, row: PayList) -> None:
    if amount != row.gross:
        difference = str(Rupiah(abs(amount - row.gross)))
        raise AmountDiffers(what, str(Rupiah(amount)), str(Rupiah(row.gross)), difference)
