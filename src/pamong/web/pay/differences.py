"""Differences as pages: what paid months differ by, one person's as a story, what an officer does."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pamong.access.middleware import ActingRequest
from pamong.pay import differences, policies
from pamong.pay.choices import DifferenceCause, SearchState
from pamong.pay.errors import AllowanceTakesIt, DifferenceNotFound, LawMoved, MonthNotPaid, NothingToReturn
from pamong.web import render
from pamong.web.law.reading import shipped
from pamong.web.missing import missing
from pamong.web.months import month_of
from pamong.web.pay import difference_words as words
from pamong.web.pay import reading
from pamong.web.pay.tree import ReasonPage, node_of
from pamong.web.shapes import Pages, page_href, page_number


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """Show the months with their sums; of one month causes, offices and people. Ask for a search."""
    if request.method == "POST":
        return _search(request)
    months = differences.list_months(actor=request.actor)
    paid = differences.list_paid_months(actor=request.actor)
    month = month_of(request.GET.get("bulan", "")) or next(
        (row.month for row in months), paid[0] if paid else None
    )
    context: dict[str, Any] = {
        "months": months,
        "month": month,
        "row": next((row for row in months if row.month == month), None),
        "paid": paid,
        "search": differences.get_search(actor=request.actor, at=request.at, month=month) if month else None,
        "may_post": bool(policies.may_run(request.actor)),
        "words": words,
        "masked": reading.masked,
    }
    if context["row"] and month:
        context |= _people(request, month)
    return render(request, "pay/differences.html", context, block="people")


def _people(request: ActingRequest, month: date) -> dict[str, Any]:
    causes = differences.list_causes(actor=request.actor, month=month)
    offices = differences.list_offices(actor=request.actor, month=month)
    cause, opd = request.GET.get("sebab", ""), request.GET.get("opd", "")
    asked = {
        "cause": cause if cause in list(DifferenceCause) else "",
        "opd": opd if opd in [each.name for each in offices] else "",
    }
    found = differences.list_differences(
        actor=request.actor, at=request.at, month=month, page=page_number(request.GET), **asked
    )
    pages = Pages(found.number, found.pages, lambda number: page_href(request.GET, number))
    return {"causes": causes, "offices": offices, "asked": asked, "found": found, "pages": pages}


def _search(request: ActingRequest) -> HttpResponse:
    policies.require_run(request.actor)
    month = month_of(request.POST.get("bulan", ""))
    if month is None:
        messages.warning(request, _("Pilih bulan yang sudah cair."))
        return redirect("pay:differences")
    try:
        differences.ask_search(actor=request.actor, at=request.at, month=month)
    except MonthNotPaid as error:
        messages.warning(request, str(error))
        return redirect("pay:differences")
    return redirect(f"{request.path}?bulan={month:%Y-%m}")


@require_safe
@login_required
def progress(request: ActingRequest) -> HttpResponse:
    """The part of the page that waits for a search; once that has ended, the page comes anew."""
    month = month_of(request.GET.get("bulan", "")) or request.actor.on.replace(day=1)
    search = differences.get_search(actor=request.actor, at=request.at, month=month)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("pay:differences")
    answer = render(request, "pay/difference_progress.html", {"month": month, "search": search})
    if search is None or search.state != SearchState.WAITING:
        answer["HX-Refresh"] = "true"
    return answer


@require_safe
@login_required
@missing(DifferenceNotFound)
def difference(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one difference: received before, known now, by which causes, where it went."""
    story = differences.get_story(actor=request.actor, at=request.at, uid=uid)
    context = {
        "story": story,
        "row": story.row,
        "words": words,
        "reads_all": policies.reads_all(request.actor),
        "may_prepare": bool(policies.may_over(request.actor, policies.PREPARE, "")) and not story.own,
        "masked": reading.masked,
    }
    return render(request, "pay/difference.html", context)


@require_safe
@login_required
@missing(DifferenceNotFound)
def reason(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show where the new figure comes from, as a page or as the part that htmx asks for."""
    try:
        found = differences.explain_difference(actor=request.actor, at=request.at, uid=uid)
    except LawMoved as error:
        page = ReasonPage("", "", (), str(error))
    else:
        profile = shipped(differences.get_profile(actor=request.actor, uid=uid))
        page = ReasonPage(found.title, found.value, (node_of(found, profile),))
    return render(request, "pay/difference_reason.html", {"uid": uid, "found": page}, block="part")


@require_POST
@login_required
@missing(DifferenceNotFound)
def make_owed(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Make what is left an overpayment; a refusal is told on the difference's page."""
    try:
        case = differences.open_overpayment(actor=request.actor, at=request.at, difference=uid)
    except (NothingToReturn, AllowanceTakesIt) as error:
        messages.warning(request, str(error))
        return redirect("pay:difference", uid)
    messages.success(request, _("Kelebihan bayar dicatat. Susun angsurannya bersama yang bersangkutan."))
    return redirect("pay:owed", case)
