"""The first page after sign-in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from pamong.access import policies as access
from pamong.access.middleware import ActingRequest
from pamong.merit.policies import APPLY
from pamong.web import nav, render
from pamong.web.career.own import has_own
from pamong.web.home.leading import leads
from pamong.web.home.newest import newest, own_pay
from pamong.web.home.own import own_month
from pamong.web.home.team import team_card
from pamong.web.home.waiting import count_waiting, waiting
from pamong.web.people.last import own_end
from pamong.web.presence.board import has_desk
from pamong.web.quality.reading import works_on_it

MINUTE = 60


@require_safe
@login_required
def home(request: ActingRequest) -> HttpResponse:
    """Show what this actor can do here."""
    cards = [entry for entry in nav.cards_for(request.actor) if entry.url_name != "home"]
    context = {"cards": cards, "on": request.actor.on, "newest": newest(request.actor)}
    context["left"] = own_end(request.actor, request.at)
    context["presence"] = has_desk(request.actor)
    context["waiting"] = waiting(request.actor, request.at, lists=not context["presence"])
    context["has_desk"] = nav.has_desk(request.actor)
    context["team"] = team_card(request.actor, request.at)
    # A superior asks first for his people: his own month stands one step further.
    month = None if context["team"] or context["left"] else own_month(request)
    context["month"], context["own"] = month, None if month else own_pay(request.actor)
    context["career"] = has_own(request.actor)
    context["leads"] = leads(request.actor)
    context["applies"] = bool(access.may(request.actor, APPLY))
    context["quality"] = works_on_it(request.actor)
    return render(request, "home/home.html", context)


@require_safe
@login_required
def count(request: ActingRequest) -> HttpResponse:
    """How much waits, for the head of every page, which asks for it at most once a minute."""
    response = render(request, "home/count.html", {"count": count_waiting(request.actor, request.at)})
    patch_cache_control(response, private=True, max_age=MINUTE)
    return response
