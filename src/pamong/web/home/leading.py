"""What the appointing official asks first, as a part that the home page fetches: which signatures wait, which
posts stand empty, what is left of the budget, and where a choice departed from the ranks."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pamong.access import policies
from pamong.access.middleware import ActingRequest
from pamong.decisions.queries import get_inbox
from pamong.kernel.actor import Actor
from pamong.merit.policies import APPOINT
from pamong.merit.queries import list_departures
from pamong.pay import path
from pamong.people import queries as people
from pamong.web import render
from pamong.web.merit.lists import departures_since
from pamong.web.organisation import words

_SHOWN = 5


def leads(actor: Actor) -> bool:
    """Whether the actor appoints."""
    return bool(policies.may_over(actor, APPOINT, ""))


@require_safe
@login_required
def leading(request: ActingRequest) -> HttpResponse:
    """Show the four in one look, each with its list."""
    actor = request.actor
    policies.require_whole(actor, APPOINT)
    context = {
        "inbox": get_inbox(actor=actor, at=request.at),
        "empty": people.list_vacancies(actor=actor, on=actor.on, size=_SHOWN),
        "budget": path.total_of_budgets(path.list_budgets(actor=actor, year=actor.on.year)),
        "departures": list_departures(actor=actor, since=departures_since(actor.on)),
        "shown": _SHOWN,
        "words": words,
        "year": actor.on.year,
    }
    return render(request, "home/leading.html", context)
