"""A slip as pages: what was earned and what was taken off, and where each figure comes from."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from pamong.access.middleware import ActingRequest
from pamong.pay import differences, path, policies, queries
from pamong.pay.errors import RunNotFound, SlipNotFound
from pamong.pay.events import RunPublished
from pamong.web import render
from pamong.web.ledger.seals import seal
from pamong.web.missing import missing
from pamong.web.pay import difference_words, downloads, path_words, picture, tree


@require_safe
@login_required
@missing(SlipNotFound, RunNotFound)
def slip(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one slip: the answer, the picture, the table whose lines explain themselves."""
    view = queries.get_slip(actor=request.actor, at=request.at, uid=uid)
    reads_all = policies.reads_all(request.actor)
    page = picture.slip_page(view, own=not reads_all)
    context = {"view": view, "slip": view.slip, "page": page, "reads_all": reads_all}
    standing = path.standings(actor=request.actor, slips=[uid]).get(uid)
    context |= {"standing": standing, "paid": path_words.paid_words(standing)}
    context["net_words"] = path_words.net_words(standing)
    stories = differences.list_of_slip(actor=request.actor, slip=uid)
    context |= {"stories": stories, "words": difference_words}
    context["seal"] = seal(request, view.run.uid, RunPublished.kind)  # a month's slips are sealed together
    return render(request, "pay/slip.html", context)


@require_safe
@login_required
@missing(SlipNotFound, RunNotFound)
def reason(request: ActingRequest, uid: UUID, code: str) -> HttpResponse:
    """Show where one figure of a slip comes from, as a page or as the part that htmx asks for."""
    found = tree.reason_page(actor=request.actor, at=request.at, uid=uid, code=code)
    return render(request, "pay/reason.html", {"uid": uid, "found": found}, block="part")


@require_safe
@login_required
@missing(SlipNotFound, RunNotFound)
def printed(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Hand out one slip as a PDF."""
    try:
        file = downloads.make_slip(actor=request.actor, at=request.at, uid=uid)
    except downloads.FileRefused as error:
        messages.warning(request, str(error))
        return redirect("pay:slip", uid)
    return downloads.answer(file, "inline")
