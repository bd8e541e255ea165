"""From a vacant seat to the proposal of an appointment: who may, whom to choose."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pamong.access import policies
from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.kernel.actor import Actor
from pamong.organisation import queries as organisation
from pamong.organisation.choices import SeatState
from pamong.organisation.errors import SeatNotFound
from pamong.people import queries as people
from pamong.people.queries import SeatRow
from pamong.web import render
from pamong.web.missing import missing
from pamong.web.organisation import words
from pamong.web.shapes import FIRST_FEW, MOST

PROPOSE = "people:propose"
FREE = (SeatState.VACANT.value, SeatState.ACTING.value)
LEAST_LETTERS = 2


@require_safe
@login_required
@missing(SeatNotFound)
def fill(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Choose whom to propose for a seat; each leads to the form of an appointment with the seat chosen."""
    actor, typed = request.actor, request.GET.get("q", "").strip()[:100]
    policies.require(actor, PROPOSE)
    view = organisation.get_seat(actor=actor, seat=uid, on=actor.on)
    unit = organisation.get_unit(actor=actor, unit=view.unit_code, on=actor.on)
    answer = policies.may_over(actor, PROPOSE, unit.path)
    if not answer:
        raise NotAllowed(answer.reason)
    (seat,) = people.list_seats(actor=actor, on=actor.on, seats=[view.id])
    found = people.find_people(
        actor=actor, at=request.at, on=actor.on, words=typed, most=MOST + 1, permission=PROPOSE
    )
    context = {
        "seat": seat,
        "free": seat.state in FREE,
        "selected": people.selected_since([seat.seat_id]).get(seat.seat_id),
        "typed": typed,
        "enough": len(typed) >= LEAST_LETTERS,
        "people": found[:MOST],
        "few": FIRST_FEW % {"count": MOST} if len(found) > MOST else "",
        "words": words,
    }
    return render(request, "organisation/fill.html", context)


def fillable(actor: Actor, seats: Collection[SeatRow]) -> set[UUID]:
    """Which of these seats the actor may propose somebody for: free ones in units of his part."""
    if not policies.may_over_others(actor, PROPOSE):
        return set()
    free = [seat for seat in seats if seat.state in FREE]
    if policies.may_over(actor, PROPOSE, ""):
        return {seat.uid for seat in free}
    places = organisation.list_places(actor=actor, on=actor.on) if free else ()
    own = {place.code for place in places if policies.may_over(actor, PROPOSE, place.path)}
    return {seat.uid for seat in free if seat.unit_code in own}
