"""Reorganisations as pages: drafted step by step, previewed, adopted by a second person, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pamong.access import queries as access
from pamong.access.errors import UserNotFound
from pamong.access.middleware import ActingRequest
from pamong.kernel.actor import OPERATOR, Actor
from pamong.kernel.ids import uuid7
from pamong.kernel.problem import Problem
from pamong.organisation import policies, services
from pamong.organisation import queries as organisation
from pamong.organisation.choices import ActKind, ReorganisationState
from pamong.organisation.errors import (
    NeedsPerson,
    PreviewMoved,
    Refused,
    ReorganisationNotFound,
    SamePerson,
    WrongState,
)
from pamong.organisation.events import ReorganisationAdopted
from pamong.organisation.queries import ReorganisationView
from pamong.people import queries as people
from pamong.web import render
from pamong.web.jinja import url
from pamong.web.ledger.seals import seal
from pamong.web.missing import missing
from pamong.web.organisation import plans, words
from pamong.web.organisation.changes import KEY, SEEN, ActPage
from pamong.web.organisation.deeds import Subject
from pamong.web.organisation.foreseeing import foresee
from pamong.web.organisation.forms import ReorganisationForm
from pamong.web.organisation.plans import Line
from pamong.web.people.words import instant
from pamong.web.shapes import uid_of

_METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A reorganisation with its plan in words. ``emptied`` are units whose seats go elsewhere, by code and
    name; ``names`` gives units by code, those that the plan makes too."""

    view: ReorganisationView
    drafted_by: str
    adopted_by: str
    withdrawn_by: str
    lines: tuple[Line, ...]
    emptied: tuple[tuple[str, str], ...]
    names: Mapping[str, str]

    @property
    def open(self) -> bool:
        """Whether it can be changed."""
        return self.view.state is ReorganisationState.DRAFT


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List all reorganisations, the latest day first."""
    policies.require_change(request.actor)
    rows = organisation.list_reorganisations(actor=request.actor)
    return render(request, "organisation/reorganisations.html", {"rows": rows, "words": words})


@require_http_methods(_METHODS)
@login_required
def new(request: ActingRequest) -> HttpResponse:
    """Begin a draft; then go to it."""
    policies.require_change(request.actor)
    form = ReorganisationForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _head_form(request, form, None)
    asked = form.cleaned_data
    uid = services.draft_reorganisation(
        actor=request.actor, at=request.at, title=asked["title"], on=asked["on"], plan={},
        order_no=asked["order_no"], order_on=asked["order_on"],
        key=uid_of(request.POST.get(KEY, "")),
    )  # fmt: skip
    return redirect("organisation:reorganisation", uid)


@require_http_methods(_METHODS)
@login_required
@missing(ReorganisationNotFound)
def head(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Change title, day and order of a draft."""
    view = get_view(request, uid)
    initial = {"title": view.title, "on": view.on, "order_no": view.order_no, "order_on": view.order_on}
    form = ReorganisationForm(request.POST if request.method == "POST" else None, initial=initial)
    if not form.is_valid():
        return _head_form(request, form, view)
    asked = form.cleaned_data
    return keep(request, view, view.plan, asked["title"], asked["on"], asked["order_no"], asked["order_on"])


@require_safe
@login_required
@missing(ReorganisationNotFound)
def show(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a reorganisation with its plan; a draft with what can be added to it."""
    draft = draft_of(request.actor, get_view(request, uid))
    context = {"draft": draft, "view": draft.view, "words": words, "instant": instant}
    context["seal"] = seal(request, uid, ReorganisationAdopted.kind)
    return render(request, "organisation/reorganisation.html", context)


@require_safe
@login_required
@missing(ReorganisationNotFound)
def preview(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show all that a draft will do to units, seats, lines and people, and what stands in its way."""
    view = get_view(request, uid)
    found = services.preview_reorganisation(actor=request.actor, at=request.at, reorganisation=uid)
    foreseen = foresee(request.actor, found, partial(_place, view))
    context = {"view": view, "foreseen": foreseen, "seen": SEEN}
    return render(request, "organisation/preview.html", context)


@require_POST
@login_required
@missing(ReorganisationNotFound)
def adopt(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Put a draft into force from its day; by somebody else than its drafter."""
    policies.require_change(request.actor)
    try:
        services.adopt_reorganisation(
            actor=request.actor, at=request.at, reorganisation=uid, seen=request.POST.get(SEEN, "")
        )
    except (Refused, WrongState, SamePerson, NeedsPerson, PreviewMoved) as error:
        messages.error(request, str(error))
        return redirect("organisation:reorganisation_preview", uid)
    messages.success(
        request, _("Penataan ditetapkan. Unit dan posisi mengikutinya sejak tanggal berlakunya.")
    )
    return redirect("organisation:reorganisation", uid)


@require_http_methods(_METHODS)
@login_required
@missing(ReorganisationNotFound)
def withdraw(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Say what withdrawing means and until when it can be done: a draft is given up, of one that is adopted
    the withdrawal is proposed."""
    view = get_view(request, uid)
    if view.state is ReorganisationState.SCHEDULED and not view.begun:
        return ActPage(request, ActKind.REORGANISATION_WITHDRAW, _whole(request, view)).answer()
    if request.method != "POST":
        return render(request, "organisation/withdraw.html", {"view": view})
    try:
        services.withdraw_draft(actor=request.actor, at=request.at, reorganisation=uid)
    except WrongState as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Rancangan dibatalkan."))
    return redirect("organisation:reorganisation", uid)


def _whole(request: ActingRequest, view: ReorganisationView) -> Subject:
    """A reorganisation as what an act is about: it lies in the whole government."""
    top = organisation.list_places(actor=request.actor, on=request.actor.on)[0]
    unit = organisation.get_unit(actor=request.actor, unit=top.uid, on=request.actor.on)
    return Subject(unit, None, request.actor.on, view)


@require_POST
@login_required
@missing(ReorganisationNotFound)
def remove(request: ActingRequest, uid: UUID, part: str, number: int) -> HttpResponse:
    """Take one entry out of a draft; with a step goes what was said of its seats."""
    view = get_view(request, uid)
    plan = plans.without(view.plan, part, number)
    if part == "steps":
        plan = plans.settled(plan, view.plan, _emptied_seats(request.actor, view))
    return keep(request, view, plan, view.title, view.on)


def _place(view: ReorganisationView, problem: Problem) -> str:
    """Where a problem of a draft is settled: the seats of the unit that it is about, or that goes into it."""
    emptied = plans.emptied(view.plan)
    going = (code for code, targets in emptied.items() if problem.value in targets)
    code = problem.value if problem.value in emptied else next(going, "")
    return url("organisation:reorganisation_seats", view.uid, code) if code else ""


def _emptied_seats(actor: Actor, view: ReorganisationView) -> dict[str, list[str]]:
    """The ids of seats in units that a draft empties, by the unit's code."""
    return {
        code: [str(seat.uid) for seat in people.list_seats(actor=actor, on=view.on, unit=code, limit=1000)]
        for code in plans.emptied(view.plan)
    }


def get_view(request: ActingRequest, uid: UUID) -> ReorganisationView:
    """One reorganisation, for those who may change the whole organisation."""
    policies.require_change(request.actor)
    return organisation.get_reorganisation(actor=request.actor, uid=uid)


def draft_of(actor: Actor, view: ReorganisationView) -> Draft:
    """A reorganisation with its plan in words, by the names of units on its day."""
    # By the names of the day before: units that the plan ends have none on its own day any more.
    days = (view.on, view.on - timedelta(days=1))
    names = {
        place.code: place.name for day in days for place in organisation.list_places(actor=actor, on=day)
    }
    posts = {str(post.uid): post.name for post in organisation.list_posts(actor=actor, on=view.on)}
    known = names | plans.new_units(view.plan)
    emptied = tuple((code, known.get(code, code)) for code in plans.emptied(view.plan))
    drafted, adopted = _who(view.drafted_by, view.on), _who(view.adopted_by, view.on)
    withdrawn = _who(view.withdrawn_by, view.on)
    return Draft(
        view, drafted, adopted, withdrawn, tuple(plans.told(view.plan, names, posts)), emptied, known
    )


def _who(ref: str, on: date) -> str:
    """The name behind ``user:7``; the command line's operator has none, nor has an account that is gone."""
    kind, _sep, number = ref.partition(":")
    if kind == OPERATOR:
        return _("operator sistem")
    try:
        return access.actor_by_id(int(number), on).name if number.isdecimal() else ""
    except UserNotFound:
        return _("akun yang sudah ditutup")


def keep(
    request: ActingRequest,
    view: ReorganisationView,
    plan: Mapping[str, Any],
    title: str,
    on: date,
    order_no: str | None = None,
    order_on: date | None = None,
) -> HttpResponse:
    """Store a draft anew and go to it; a refusal is told there."""
    try:
        services.change_draft(
            actor=request.actor, at=request.at, reorganisation=view.uid, title=title, on=on, plan=plan,
            order_no=order_no, order_on=order_on,
        )  # fmt: skip
    except (Refused, WrongState) as error:
        messages.error(request, str(error))
    return redirect("organisation:reorganisation", view.uid)


def _head_form(
    request: ActingRequest, form: ReorganisationForm, view: ReorganisationView | None
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    key = uid_of(request.POST.get(KEY, "")) or uuid7(request.at)
    context = {"form": form, "view": view, "names": {"key": KEY}, "key": key}
    return render(request, "organisation/reorganisation_form.html", context, status=status)
