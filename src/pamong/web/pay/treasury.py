"""The treasury's page: what waits for its SP2D, the list of SP2D taken, what did not fit; and the budgets."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.access.policies import may_over, require_whole
from pamong.documents import store
from pamong.pay import path, policies
from pamong.pay.errors import BudgetNotFound
from pamong.pay.events import BudgetDecided
from pamong.web import handing, render
from pamong.web.formats import angka
from pamong.web.ledger.seals import seals
from pamong.web.missing import missing
from pamong.web.pay.path_forms import BudgetForm, TreasuryForm
from pamong.web.refusals import Refusal

PROGRAM = "pamong.jobs.sp2d"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def treasury(request: ActingRequest) -> HttpResponse:
    """Show what waits; take a list of SP2D."""
    require_whole(request.actor, policies.TREASURY)
    months = path.list_months(actor=request.actor)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TreasuryForm(*sent, months=months)
    if form.is_bound and form.is_valid():
        try:
            read = _take(request, form.cleaned_data)
        except handing.FileRefused as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _told(read))
            return redirect("pay:treasury")
    context = {
        "waiting": path.list_waiting(actor=request.actor),
        "files": path.list_files(actor=request.actor),
        "form": form,
    }
    return render(request, "pay/treasury.html", context, status=422 if form.errors else 200)


def _take(request: ActingRequest, asked: dict[str, Any]) -> dict[str, Any]:
    """Keep the file; another process, which can open workbooks, reads and accepts it. FileRefused."""
    upload = asked["file"]
    kept = store.keep(upload.chunks())
    who = (str(request.actor.user_id), request.at.isoformat())
    told = handing.run(PROGRAM, asked["month"].isoformat(), kept.sha256, upload.name, *who)
    return dict(json.loads(told))


def _told(read: dict[str, Any]) -> str:
    if not read["new"]:
        return _("Daftar SP2D ini sudah pernah dibaca; tidak ada yang berubah.")
    told = _("%(paid)s daftar cair. %(refused)s baris tidak cocok dan tidak membayar apa pun.")
    return told % {"paid": angka(read["paid"]), "refused": angka(read["refused"])}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def budgets(request: ActingRequest) -> HttpResponse:
    """Show the budgets of a year with what went of them; take a proposal of whoever may make one."""
    may_propose = bool(may_over(request.actor, policies.BUDGET, ""))
    require_whole(request.actor, policies.LISTS if request.method != "POST" else policies.BUDGET)
    year = _year(request)
    rows = path.list_budgets(actor=request.actor, year=year)
    offices = [(str(row.opd), row.name) for row in rows]
    form = BudgetForm(request.POST if request.method == "POST" else None, offices=offices, year=year)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        with Refusal(NotAllowed, form=form):
            path.propose_budget(
                actor=request.actor, at=request.at, opd=UUID(told["opd"]), year=told["year"],
                amount=told["amount"], document=told["document"],
            )  # fmt: skip
            messages.success(request, _("Usulan pagu tercatat. Berlaku sesudah orang kedua menyetujuinya."))
            return redirect("pay:budgets")
    context = {
        "rows": rows, "form": form, "year": year, "user_id": request.actor.user_id,
        "may_propose": may_propose, "total": path.total_of_budgets(rows),
        "seals": seals(request, [row.agreed for row in rows if row.agreed], BudgetDecided.kind),
    }  # fmt: skip
    return render(request, "pay/budgets.html", context, status=422 if form.errors else 200)


def _year(request: ActingRequest) -> int:
    asked = request.GET.get("tahun", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 else request.actor.on.year


@require_POST
@login_required
@missing(BudgetNotFound)
def decide(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Agree to a budget that another proposed, or refuse it."""
    require_whole(request.actor, policies.BUDGET)
    wish = request.POST.get("putusan", "")
    if wish not in ("setuju", "tolak"):
        messages.warning(request, _("Pilih setuju atau tolak."))
        return redirect("pay:budgets")
    agree = wish == "setuju"
    with Refusal(NotAllowed, BudgetNotFound) as refused:
        path.decide_budget(actor=request.actor, at=request.at, uid=uid, agree=agree)
        messages.success(request, _("Pagu berlaku.") if agree else _("Usulan pagu ditolak."))
    if refused.told:
        messages.warning(request, refused.told)
    return redirect("pay:budgets")


__all__ = ["budgets", "decide", "treasury"]
