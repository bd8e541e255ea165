"""One's own allowance: every month's slip, the newest first."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pamong.access.middleware import ActingRequest
from pamong.access.policies import require
from pamong.pay import path, policies, queries
from pamong.web import render
from pamong.web.pay import path_words, words


@require_safe
@login_required
def own(request: ActingRequest) -> HttpResponse:
    """List the actor's own slips."""
    require(request.actor, policies.READ)
    rows = queries.list_own_slips(actor=request.actor)
    standings = path.standings(actor=request.actor, slips=[row.slip.uid for row in rows])
    context = {"rows": rows, "tones": words.SLIP_TONES, "reason": words.own_reason}
    context["paid"] = {row.slip.uid: path_words.paid_words(standings.get(row.slip.uid)) for row in rows}
    return render(request, "pay/own.html", context)
