"""Steps of a reorganisation, added one by one; where the seats of a unit go that ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pamong.access.middleware import ActingRequest
from pamong.organisation import queries as organisation
from pamong.organisation.choices import ReorganisationState, Step, code_of
from pamong.organisation.errors import ReorganisationNotFound
from pamong.organisation.queries import Place
from pamong.people import queries as people
from pamong.people.queries import SeatRow
from pamong.web import render
from pamong.web.handing import UnknownFile
from pamong.web.missing import missing
from pamong.web.organisation import picking, plans, words
from pamong.web.organisation.forms import (
    CreateForm,
    EndForm,
    MergeForm,
    MoveForm,
    NewSeatsForm,
    RenameForm,
    SplitForm,
)
from pamong.web.organisation.picking import SEARCH
from pamong.web.organisation.reorganisations import get_view, keep

FORMS: dict[str, type[forms.Form]] = {
    Step.CREATE.value: CreateForm,
    Step.RENAME.value: RenameForm,
    Step.MOVE.value: MoveForm,
    Step.MERGE.value: MergeForm,
    Step.SPLIT.value: SplitForm,
    Step.CLOSE.value: EndForm,
    "posisi": NewSeatsForm,
}
CLOSED = "tutup"
_METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Fate:
    """A seat of a unit that is emptied; ``into`` is the code of the unit that it goes to, CLOSED, or '' where
    nothing is said. ``leads`` tells whether it leads its unit afterwards."""

    seat: SeatRow
    into: str
    leads: bool


@require_http_methods(_METHODS)
@login_required
@missing(ReorganisationNotFound, UnknownFile)
def add(request: ActingRequest, uid: UUID, kind: str) -> HttpResponse:
    """Add one step, or seats, to a draft."""
    view = get_view(request, uid)
    if kind not in FORMS:
        raise UnknownFile
    if view.state is not ReorganisationState.DRAFT:
        return redirect("organisation:reorganisation", uid)
    form = FORMS[kind](request.POST if request.method == "POST" else None)
    looking = SEARCH in request.POST
    if looking or not form.is_valid():
        title = words.STEPS[Step(kind)] if kind in set(Step) else _("Tambah posisi baru")
        context = {
            "view": view,
            "form": form,
            "title": title,
            "fresh": looking,
            "search": SEARCH,
            "draft": view.uid,
            "pickers": picking.pickers(request.actor, form, plans.new_units(view.plan)),
        }
        status = 422 if form.is_bound and not looking else 200
        return render(request, "organisation/step.html", context, status=status)
    return keep(
        request, view, _with(request, view.plan, kind, form.cleaned_data, view.on), view.title, view.on
    )


@require_http_methods(_METHODS)
@login_required
@missing(ReorganisationNotFound)
def seats(request: ActingRequest, uid: UUID, code: str) -> HttpResponse:
    """Say of each seat of a unit that is emptied where it goes, and whether it leads there."""
    view = get_view(request, uid)
    places = organisation.list_places(actor=request.actor, on=view.on)
    into = _targets(view.plan, code, places)
    if not into or view.state is not ReorganisationState.DRAFT:
        return redirect("organisation:reorganisation", uid)
    here = people.list_seats(actor=request.actor, on=view.on, unit=code, limit=1000)
    if request.method == "POST":
        fates = dict(_chosen(request.POST, here, into))
        return keep(request, view, plans.with_seats(view.plan, fates), view.title, view.on)
    known = {place.code: place.name for place in places} | plans.new_units(view.plan)
    heir = plans.heirs(view.plan).get(code, "")
    context = {
        "view": view,
        "unit": known.get(code, code),
        "heir": "" if heir == code else known.get(heir, heir),
        "goes_on": heir == code,
        "beside": [(other, known.get(other, other)) for other in plans.beside(view.plan, code)],
        "fates": tuple(_fates(view.plan, here)),
        "targets": [(target, known.get(target, target)) for target in into],
        "closed": CLOSED,
        "words": words,
    }
    return render(request, "organisation/seats_to.html", context)


def _targets(plan: Mapping[str, Any], code: str, places: Sequence[Place]) -> tuple[str, ...]:
    """Where seats of a unit may go: where the plan says, else to new units and to those beside it."""
    named = plans.emptied(plan).get(code)
    if named is None or named:
        return named or ()
    above = next((place.parent for place in places if place.code == code), None)
    beside = (place.code for place in places if place.parent == above and place.code != code)
    return (*plans.new_units(plan), *beside)


def _with(
    request: ActingRequest, plan: Mapping[str, Any], kind: str, asked: Mapping[str, Any], on: Any
) -> plans.Plan:
    if kind not in set(Step):
        return plans.with_entry(plan, "new_seats", asked)
    known = {place.code: place.name for place in organisation.list_places(actor=request.actor, on=on)}
    taken = set(known) | set(plans.new_units(plan))
    for name in [asked["name"]] if asked.get("name") else asked.get("names", []):
        taken |= organisation.list_codes(actor=request.actor, begins=code_of(name, ()))
    return plans.with_entry(plan, "steps", plans.step_from(Step(kind), asked, taken, known))


def _chosen(
    data: Any, here: Sequence[SeatRow], into: Sequence[str]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for seat in here:
        target, uid = data.get(f"seat-{seat.uid}", ""), str(seat.uid)
        lead = {"is_head": data.get(f"leads-{uid}") == "1"} if seat.is_head else {}
        if target == CLOSED:
            yield uid, {"close": True}
        elif target in into:
            yield uid, {"unit": target, **lead}
        else:
            yield uid, {} if lead.get("is_head", True) else lead


def _fates(plan: Mapping[str, Any], here: Sequence[SeatRow]) -> Iterator[Fate]:
    known = {str(entry.get("seat")): entry for entry in plan.get("seats") or []}
    for seat in here:
        entry = known.get(str(seat.uid), {})
        into = CLOSED if entry.get("close") else str(entry.get("unit") or "")
        yield Fate(seat, into, bool(entry.get("is_head", seat.is_head)))
