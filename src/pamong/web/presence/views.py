"""A month of somebody's days: one's own, or of whom one may see."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pamong.access.middleware import ActingRequest
from pamong.access.policies import require
from pamong.attendance import policies
from pamong.kernel.clock import WEEKDAYS
from pamong.people import queries as people
from pamong.people.errors import PersonNotFound
from pamong.web import render
from pamong.web.missing import missing
from pamong.web.papers.views import tabs
from pamong.web.presence import reading


@require_safe
@login_required
def mine(request: ActingRequest) -> HttpResponse:
    """Show the days of the one who is signed in."""
    require(request.actor, policies.READ)
    uid = people.own_uid(actor=request.actor)
    page = None if uid is None else reading.month_page(request, uid)
    return render(request, "presence/days.html", _context(page) | {"own": True, "name": "", "tabs": tabs("")})


@require_safe
@login_required
@missing(PersonNotFound)
def person(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the days of somebody within reach."""
    page = reading.month_page(request, uid)
    row = people.get_row(actor=request.actor, on=request.actor.on, uid=uid)
    more = {"own": False, "name": row.full_name if row else "", "uid": uid}
    return render(request, "presence/days.html", _context(page) | more)


def _context(page: reading.MonthPage | None) -> dict[str, Any]:
    return {"page": page, "weekdays": WEEKDAYS, "law_href": reading.law_href}
