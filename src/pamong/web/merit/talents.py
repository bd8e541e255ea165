"""Talent boxes as pages: one's own, and those of who applied for a vacancy."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pamong.access.middleware import ActingRequest
from pamong.merit import queries
from pamong.merit.errors import VacancyNotFound
from pamong.web import render
from pamong.web.merit import talent_words as words
from pamong.web.missing import missing


@require_safe
@login_required
def mine(request: ActingRequest) -> HttpResponse:
    """Show the reader's own box: what is known, what is missing, and who may supply it."""
    found = queries.own_talent(actor=request.actor)
    return render(request, "merit/own_talent.html", {"talent": found, "words": words})


@require_safe
@login_required
@missing(VacancyNotFound)
def candidates(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the boxes of who applied and was not kept out."""
    found = queries.talents_of(actor=request.actor, at=request.at, vacancy=uid)
    title = queries.title_of(actor=request.actor, vacancy=uid)
    return render(
        request, "merit/talents.html", {"talents": found, "title": title, "uid": uid, "words": words}
    )
