"""The superior's board for today: who is there, and what waits."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.attendance import queries
from pamong.attendance.queries import Presence
from pamong.pay.queries import count_turns
from pamong.web import render
from pamong.web.formats import saat
from pamong.web.presence.site import site_law

# In the order of a morning's question: who is not here yet?
ORDER = (Presence.NOT_YET, Presence.PRESENT, Presence.LEAVE, Presence.DUTY)
TONES = {
    Presence.PRESENT: "good", Presence.NOT_YET: "attention", Presence.LEAVE: "neutral",
    Presence.DUTY: "neutral",
}  # fmt: skip


@require_safe
@login_required
def today(request: ActingRequest) -> HttpResponse:
    """Show the team as it is now; htmx asks for the board alone, again and again."""
    found = queries.get_board(actor=request.actor, at=request.at)
    context = {
        "groups": [(state, found[state]) for state in ORDER], "tones": TONES, "at": request.at,
        "clock": saat(request.at).rpartition(", ")[2],
        "total": sum(map(len, found.values())),
        "desk": queries.get_presence_desk(actor=request.actor, law=site_law()),
    }  # fmt: skip
    return render(request, "presence/today.html", context, block="board")


@require_safe
@login_required
def desk(request: ActingRequest) -> HttpResponse:
    """What waits for the reader, for the home page, which asks for it when the rest is there."""
    if not queries.has_presence_desk(actor=request.actor):
        raise NotAllowed("Halaman ini hanya untuk atasan dan petugas kepegawaian.")
    found = queries.get_presence_desk(actor=request.actor, law=site_law())
    context = {"desk": found, "lists": count_turns(actor=request.actor), "others": "ada" in request.GET}
    return render(request, "presence/desk.html", context)
