"""The printed order of a decision, and how its annulment is asked for."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.decisions import queries, services
from pamong.decisions.errors import OrderNotFound
from pamong.documents import store
from pamong.kernel.actor import Actor
from pamong.web import handing, render
from pamong.web.handing import Download, FileRefused, answer
from pamong.web.missing import missing
from pamong.web.refusals import Refusal
from pamong.web.shapes import uid_of

PROGRAM = "pamong.jobs.handout"
REASON_MOST = 500


@require_safe
@login_required
@missing(OrderNotFound, FileRefused)
def printed(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Hand out an order as a PDF: as it is kept, else made by a process of its own."""
    return answer(make(actor=request.actor, at=request.at, uid=uid), "inline")


def make(*, actor: Actor, at: datetime, uid: UUID) -> Download:
    """An order as PDF. ``OrderNotFound``, ``FileRefused``."""
    number, kept = queries.find_file(actor=actor, order=uid)
    name = f"keputusan-{re.sub(r'[^0-9A-Za-z]+', '-', number).strip('-')}.pdf"
    if kept:
        queries.get_order(actor=actor, at=at, order=uid)  # leaves the row in the read log
        return Download(name, "application/pdf", store.read(kept))
    data = handing.run(PROGRAM, "order", str(uid), str(actor.user_id), at.isoformat())
    return Download(name, "application/pdf", data)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(OrderNotFound)
def annul(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Ask that an order is annulled; the office that signed it decides."""
    reason, told = request.POST.get("alasan", "").strip()[:REASON_MOST], ""
    key = uid_of(request.POST.get("kunci", "")) or uuid4()
    view = queries.get_annulment(actor=request.actor, at=request.at, order=uid)
    if request.method == "POST":
        with Refusal(NotAllowed, OrderNotFound) as refused:
            services.propose_annulment(actor=request.actor, at=request.at, key=key, order=uid, reason=reason)
            messages.success(request, _("Pencabutan diajukan. Keputusan itu tetap berlaku sampai dicabut."))
            return redirect("orders:annul", uid)
        told = refused.told
    context = {"view": view, "reason": reason, "key": key, "told": told}
    return render(request, "decisions/annul.html", context, status=422 if told else 200)
