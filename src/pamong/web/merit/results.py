"""The locked result with the choice; and who of all in service could apply."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from pamong.access.middleware import ActingRequest
from pamong.merit import events, queries
from pamong.merit.errors import NotNow, VacancyNotFound
from pamong.web import render
from pamong.web.ledger.seals import seals
from pamong.web.merit import words
from pamong.web.missing import missing
from pamong.web.shapes import Pages, page_href, page_number


@require_safe
@login_required
@missing(VacancyNotFound)
def result(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the ranks as far as they are the reader's to see, and whom the official chose, with the reason."""
    try:
        found = queries.get_result(actor=request.actor, at=request.at, vacancy=uid)
    except NotNow as error:
        messages.warning(request, str(error))
        return redirect("merit:vacancy", uid)
    sealed = seals(request, [row.result for row in found.rows], events.Ranked.kind)
    return render(request, "merit/result.html", {"result": found, "seals": sealed, "words": words})


@require_safe
@login_required
@missing(VacancyNotFound)
def pool(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show who could apply, or who could not and why."""
    eligible = request.GET.get("lihat") != "lain"
    found = queries.list_pool(
        actor=request.actor, at=request.at, vacancy=uid, eligible=eligible, page=page_number(request.GET)
    )
    vacancy = queries.get_vacancy(actor=request.actor, at=request.at, vacancy=uid)
    pages = Pages(found.page, found.last, lambda number: page_href(request.GET, number))
    context = {"pool": found, "vacancy": vacancy, "eligible": eligible, "pages": pages}
    return render(request, "merit/pool.html", context)
