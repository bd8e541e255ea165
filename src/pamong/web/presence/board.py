"""The superior's board for today: who is there, and what waits."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.access.policies import may
from pamong.attendance import queries
from pamong.attendance.policies import CONFIRM
from pamong.attendance.queries import FEW, Board, Presence, Wanted
from pamong.decisions.queries import count_inbox
from pamong.kernel.actor import Actor
from pamong.leave.policies import looks_at_conflicts
from pamong.leave.queries import count_conflicts
from pamong.pay.queries import count_turns
from pamong.web import render
from pamong.web.formats import saat
from pamong.web.jinja import url
from pamong.web.labels import label
from pamong.web.shapes import Tab

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
    asked = _asked(request)
    found = queries.get_board(actor=request.actor, at=request.at, wanted=asked)
    whole = sum(each.total for each in found.units)
    context = {
        "board": found, "order": [state for state in ORDER if state in found.shown], "tones": TONES,
        "clock": saat(request.at).rpartition(", ")[2],
        "decisions": count_inbox(actor=request.actor, at=request.at).count,
        "outages": queries.count_outages_to_confirm(actor=request.actor),
        "conflicts": count_conflicts(actor=request.actor),
        "tabs": _tabs(found, asked or Wanted()), "wide": len(found.units) > 1, "asked": asked or Wanted(),
        "whole": whole, "here": request.get_full_path(), "large": whole > FEW,
        "folded": len(found.units) > 1 and found.wanted > FEW,
    }  # fmt: skip
    return render(request, "presence/today.html", context, block="board")


def has_desk(actor: Actor) -> bool:
    """Whether anything of presence, or of leave against it, ever waits for this actor."""
    return bool(may(actor, CONFIRM)) or looks_at_conflicts(actor)


def _asked(request: ActingRequest) -> Wanted | None:
    """Whom the address asks for; None where it asks for nobody in particular."""
    state, unit, words = (request.GET.get(name, "").strip()[:100] for name in ("keadaan", "unit", "cari"))
    if not (state or unit or words):
        return None
    return Wanted(Presence(state) if state in list(Presence) else None, unit, words)


def _tabs(found: Board, asked: Wanted) -> list[Tab]:
    """The states with how many are in each, and all of them."""
    shown = list(found.shown)
    rest = {name: value for name, value in (("unit", asked.unit), ("cari", asked.words)) if value}
    every = Tab(_("Semua"), url("presence:today", keadaan="semua", **rest), len(shown) > 1, found.total)
    return [every] + [
        Tab(label(state), url("presence:today", keadaan=state.value, **rest), shown == [state],
            found.counts[state])
        for state in ORDER
    ]  # fmt: skip


@require_safe
@login_required
def desk(request: ActingRequest) -> HttpResponse:
    """What waits for the reader, for the home page, which asks for it when the rest is there."""
    if not has_desk(request.actor):
        raise NotAllowed("Halaman ini hanya untuk atasan dan petugas kepegawaian.")
    context = {
        "outages": queries.count_outages_to_confirm(actor=request.actor),
        "conflicts": count_conflicts(actor=request.actor), "lists": count_turns(actor=request.actor),
        "others": "ada" in request.GET,
    }  # fmt: skip
    return render(request, "presence/desk.html", context)
