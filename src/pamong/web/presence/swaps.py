"""Trades of shifts: asked by one, consented to by the other, agreed by a superior."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from pamong.access.middleware import ActingRequest
from pamong.access.policies import require
from pamong.attendance import policies, queries, services
from pamong.attendance.choices import SwapStepKind
from pamong.attendance.errors import SwapNotFound
from pamong.attendance.queries import RosterPerson
from pamong.kernel.errors import DomainError
from pamong.people import queries as people
from pamong.web import render
from pamong.web.formats import tanggal
from pamong.web.presence.forms import SwapForm
from pamong.web.refusals import Refusal

BACK, AHEAD = timedelta(days=14), timedelta(days=45)  # days that can be traded, around today
STATES: dict[SwapStepKind | None, tuple[Any, str]] = {
    None: (gettext_lazy("Menunggu rekan"), "attention"),
    SwapStepKind.CONSENTED: (gettext_lazy("Menunggu atasan"), "attention"),
    SwapStepKind.AGREED: (gettext_lazy("Disetujui"), "good"),
    SwapStepKind.REFUSED: (gettext_lazy("Ditolak"), "neutral"),
    SwapStepKind.WITHDRAWN: (gettext_lazy("Ditarik"), "neutral"),
}
VERBS: dict[SwapStepKind, Any] = {
    SwapStepKind.CONSENTED: gettext_lazy("Saya bersedia"),
    SwapStepKind.AGREED: gettext_lazy("Setujui"),
    SwapStepKind.REFUSED: gettext_lazy("Tolak"),
    SwapStepKind.WITHDRAWN: gettext_lazy("Tarik"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def swaps(request: ActingRequest) -> HttpResponse:
    """List the trades that are one's matter; ask for another."""
    require(request.actor, policies.SWAP)
    if "langkah" in request.POST:
        return _step(request)
    day = request.actor.on
    colleagues = queries.list_colleagues(
        actor=request.actor, at=request.at, first=day - BACK, end=day + AHEAD
    )
    own = people.own_uid(actor=request.actor)
    mine = [each for each in colleagues if each.uid == own]
    form = SwapForm(
        *((request.POST,) if request.method == "POST" else ()),
        mine=[(on.isoformat(), f"{tanggal(on)}, {codes}") for _uid, on, codes, _name in _shifts(mine)],
        theirs=[
            (f"{uid}:{on.isoformat()}", f"{name}, {tanggal(on)}, {codes}")
            for uid, on, codes, name in _shifts([each for each in colleagues if each.uid != own])
        ],
    )
    if request.method == "POST" and form.is_valid():
        with Refusal(form=form):
            services.ask_swap(actor=request.actor, at=request.at, **form.asked())
            messages.success(request, _("Tukar dinas diusulkan. Rekan Anda melihatnya di halaman ini."))
            return redirect("presence:swaps")
    found = queries.list_swaps(actor=request.actor, at=request.at)
    context = {"found": found, "form": form, "rostered": bool(mine), "states": STATES, "verbs": VERBS}
    return render(request, "presence/swaps.html", context, status=422 if form.errors else 200)


def _shifts(persons: Sequence[RosterPerson]) -> list[tuple[UUID, Any, str, str]]:
    """The days with a shift, by person and date."""
    return [
        (person.uid, on, "+".join(cell.codes), person.name)
        for person in persons
        for on, cell in sorted(person.cells.items())
        if cell.codes
    ]


def _step(request: ActingRequest) -> HttpResponse:
    """Consent, agree, refuse or withdraw."""
    try:
        swap, wish = UUID(request.POST.get("tukar", "")), SwapStepKind(request.POST["langkah"])
        services.step_swap(actor=request.actor, at=request.at, swap=swap, step=wish)
    except ValueError:
        messages.error(request, str(SwapNotFound()))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Tercatat. Jadwal berubah sesudah atasan menyetujui."))
    return redirect("presence:swaps")
