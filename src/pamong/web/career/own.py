"""My own raises: those that were given, and the next one with what it still needs."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pamong.access import policies as access
from pamong.access.middleware import ActingRequest
from pamong.career import policies, queries
from pamong.career.queries import Given, NextRaise
from pamong.decisions.site import chosen_law
from pamong.kernel.actor import Actor
from pamong.web import render
from pamong.web.career import words

_NEWS = timedelta(days=60)  # so long the home page tells of a raise that was given


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """Show the reader's own raises."""
    access.require(request.actor, policies.READ)
    given = queries.list_own_raises(actor=request.actor)
    context = {"coming": own_next(request.actor), "words": words, "given": given}
    return render(request, "career/own.html", context)


@require_safe
@login_required
def card(request: ActingRequest) -> HttpResponse:
    """What comes next in the reader's career, for the home page, which asks for it when the rest is there."""
    access.require(request.actor, policies.READ)
    coming = own_next(request.actor)
    context = {"coming": coming, "raised": news(coming, request.actor.on)}
    return render(request, "career/card.html", context)


def has_own(actor: Actor) -> bool:
    """Whether raises can concern this actor at all; nothing is worked out."""
    return actor.person_id is not None and bool(access.may(actor, policies.READ))


def own_next(actor: Actor) -> NextRaise | None:
    """One's own next raise; None where no region is chosen, and for an account without a person."""
    law = chosen_law()
    return None if law is None else queries.find_own_next(actor=actor, law=law)


def news(coming: NextRaise | None, today: date) -> Given | None:
    """A raise of which its owner may not have heard yet."""
    if coming is None or not coming.given:
        return None
    newest = coming.given[0]
    return newest if newest.order_on + _NEWS > today or newest.effective_on > today else None
