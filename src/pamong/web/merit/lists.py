"""Vacancies for those in service, and open posts with results for everybody."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pamong.access import policies
from pamong.access.middleware import ActingRequest
from pamong.merit import queries
from pamong.merit.errors import VacancyNotFound
from pamong.merit.policies import APPLY, OPEN, reads_all
from pamong.web import render
from pamong.web.merit import words
from pamong.web.missing import missing


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List what the reader may see."""
    rows = queries.list_vacancies(actor=request.actor)
    may_open = bool(policies.may_over(request.actor, OPEN, ""))
    context = {
        "rows": rows,
        "may_open": may_open,
        "has_talent": request.actor.person_id is not None and bool(policies.may(request.actor, APPLY)),
        "reads_all": reads_all(request.actor),
        "words": words,
    }
    return render(request, "merit/index.html", context)


@require_safe
@login_required
def card(request: ActingRequest) -> HttpResponse:
    """What of vacancies concerns the reader, for the home page, which asks when the rest is there."""
    return render(request, "merit/card.html", {"brief": queries.get_brief(actor=request.actor)})


@require_safe
@login_required
def departures(request: ActingRequest) -> HttpResponse:
    """List the orders that took another than the first, with the pattern of each official."""
    found = queries.list_departures(actor=request.actor, since=departures_since(request.actor.on))
    return render(request, "merit/departures.html", {"found": found})


def departures_since(on: date) -> date:
    """From which day on choices are told: two years, the first of them in January."""
    return date(on.year - 1, 1, 1)


@require_safe
def public(request: ActingRequest) -> HttpResponse:
    """Open posts and published results; nobody needs to sign in."""
    context = {
        "posts": queries.list_open_posts(actor=request.actor),
        "results": queries.list_results(actor=request.actor),
    }
    return render(request, "merit/public.html", context)


@require_safe
@missing(VacancyNotFound)
def public_result(request: ActingRequest, uid: UUID) -> HttpResponse:
    """One result as everybody reads it."""
    found = queries.get_public_result(actor=request.actor, vacancy=uid)
    return render(request, "merit/public_result.html", {"result": found, "words": words})
