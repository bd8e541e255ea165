"""Overpayments as pages: who owes how much, one case with its instalments and deposits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.pay import differences, policies
from pamong.pay.differences.events import DepositRecorded, OverpaymentOpened, PlanDecided, PlanProposed
from pamong.pay.errors import OverpaymentNotFound
from pamong.web import render
from pamong.web.ledger.seals import seals
from pamong.web.missing import missing
from pamong.web.pay import difference_words as words
from pamong.web.pay import reading
from pamong.web.pay.owing_forms import DepositForm, PlanForm, ReasonForm
from pamong.web.refusals import Refusal
from pamong.web.shapes import Notice

_SEALED = (OverpaymentOpened.kind, PlanProposed.kind, PlanDecided.kind, DepositRecorded.kind)


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List what is owed, and what was settled."""
    rows = differences.list_overpayments(actor=request.actor, at=request.at)
    context = {
        "rows": rows,
        "owed": sum(row.balance for row in rows),
        "masked": reading.masked,
        "reads_all": policies.reads_all(request.actor),
    }
    return render(request, "pay/owing.html", context)


@require_safe
@login_required
@missing(OverpaymentNotFound)
def case(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one overpayment with its forms, as far as they are the actor's."""
    return _show(request, uid)


@require_POST
@login_required
@missing(OverpaymentNotFound)
def plan(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Propose a plan of instalments."""
    policies.require_run(request.actor)
    form = PlanForm(request.POST)
    told: dict[str, Any] = {"actor": request.actor, "at": request.at, "overpayment": uid}

    def act() -> None:
        differences.propose_plan(
            **told, document=form.cleaned_data["document"], instalments=form.cleaned_data["instalments"]
        )

    return _take(request, uid, form, act, _("Rencana diusulkan. Petugas lain memutuskannya."), plan=form)


@require_POST
@login_required
@missing(OverpaymentNotFound)
def decide(request: ActingRequest, uid: UUID, plan: UUID) -> HttpResponse:
    """Agree to a plan, or refuse it with a reason."""
    policies.require_run(request.actor)
    agreed = request.POST.get("putusan") == "setuju"
    form = ReasonForm(request.POST)

    def act() -> None:
        note = form.cleaned_data.get("reason", "")
        differences.decide_plan(actor=request.actor, at=request.at, plan=plan, agreed=agreed, note=note)

    done = _("Rencana angsuran disetujui.") if agreed else _("Rencana angsuran ditolak.")
    return _take(request, uid, form, act, done, decision=form)


@require_POST
@login_required
@missing(OverpaymentNotFound)
def deposit(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Record a deposit by its STS."""
    policies.require_over(request.actor, policies.TREASURY, "")
    form = DepositForm(request.POST)
    told: dict[str, Any] = {"actor": request.actor, "at": request.at, "overpayment": uid}

    def act() -> None:
        differences.record_deposit(**told, **form.cleaned_data)

    return _take(request, uid, form, act, _("Setoran dicatat."), deposit=form)


@require_POST
@login_required
@missing(OverpaymentNotFound)
def reverse(request: ActingRequest, uid: UUID, deposit: UUID) -> HttpResponse:
    """Take back a deposit that was entered wrongly."""
    policies.require_over(request.actor, policies.TREASURY, "")
    form = ReasonForm(request.POST)

    def act() -> None:
        note = form.cleaned_data.get("reason", "")
        differences.reverse_deposit(actor=request.actor, at=request.at, deposit=deposit, note=note)

    return _take(request, uid, form, act, _("Setoran dibatalkan."), reversal=form)


def _take(
    request: ActingRequest, uid: UUID, form: Any, act: Callable[[], None], done: str, **forms: Any
) -> HttpResponse:
    """Do it; what is wrong with it stands in the form, which keeps what was typed."""
    if not form.is_valid():
        return _show(request, uid, **forms)
    with Refusal(NotAllowed, OverpaymentNotFound, form=form):
        act()
        messages.success(request, done)
        return redirect("pay:owed", uid)
    return _show(request, uid, **forms)


def _show(request: ActingRequest, uid: UUID, **forms: Any) -> HttpResponse:
    view = differences.get_overpayment(actor=request.actor, at=request.at, uid=uid)
    things = [uid, *(plan.uid for plan in view.plans), *(deposit.uid for deposit in view.deposits)]
    context = {
        "view": view,
        "row": view.row,
        "seals": seals(request, things, *_SEALED),
        "words": words,
        "masked": reading.masked,
        "reads_all": policies.reads_all(request.actor),
        "plan": PlanForm(initial={"document": ""}),
        "deposit": DepositForm(),
        "decision": ReasonForm(),
        "reversal": ReasonForm(),
        "faults": [
            Notice(text) for form in forms.values() for texts in form.errors.values() for text in texts
        ],
    } | forms
    return render(request, "pay/owed.html", context, status=422 if forms else 200)
