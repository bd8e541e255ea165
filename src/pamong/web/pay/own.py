"""The allowance of the running month, and every month's slip: one's own, or of whom one may see."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pamong.access.middleware import ActingRequest
from pamong.access.policies import require
from pamong.pay import path, policies, queries
from pamong.people.errors import PersonNotFound
from pamong.web import render
from pamong.web.missing import missing
from pamong.web.pay import path_words, words
from pamong.web.pay.forecast import month_card


@require_safe
@login_required
def own(request: ActingRequest) -> HttpResponse:
    """Show the actor's running month, and list his own slips."""
    require(request.actor, policies.READ)
    rows = queries.list_own_slips(actor=request.actor)
    standings = path.standings(actor=request.actor, slips=[row.slip.uid for row in rows])
    context = {"rows": rows, "tones": words.SLIP_TONES, "reason": words.own_reason}
    context["paid"] = {row.slip.uid: path_words.paid_words(standings.get(row.slip.uid)) for row in rows}
    context["received"] = {uid for uid, standing in standings.items() if path_words.is_paid(standing)}
    context["net_words"] = {row.slip.uid: path_words.net_words(standings.get(row.slip.uid)) for row in rows}
    return render(request, "pay/own.html", context | {"card": month_card(request)})


@require_safe
@login_required
@missing(PersonNotFound)
def person(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the running month of somebody within reach."""
    return render(request, "pay/person.html", {"uid": uid, "card": month_card(request, uid)})
