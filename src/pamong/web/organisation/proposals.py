"""Proposed acts on units and seats: those that wait, and one of them with what it would do, to decide on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.ledger.dated import MovedOn
from pamong.organisation import policies, services
from pamong.organisation import queries as organisation
from pamong.organisation.choices import ActKind, ProposalState
from pamong.organisation.errors import (
    AnswerMissing,
    PreviewMoved,
    ProposalClosed,
    ProposalNotFound,
    Refused,
    ReorganisationNotFound,
    SeatNotFound,
    UnitNotFound,
)
from pamong.organisation.events import ActApproved, ActRefused
from pamong.organisation.queries import ProposalRow, ReorganisationView
from pamong.organisation.services import Asked
from pamong.web import render
from pamong.web.jinja import url
from pamong.web.ledger.seals import seal
from pamong.web.missing import missing
from pamong.web.organisation import words
from pamong.web.organisation.deeds import DEEDS, Subject
from pamong.web.organisation.foreseeing import Foreseen, foresee
from pamong.web.shapes import Pages, Tab, page_number

SEEN = "dilihat"  # the mark of the preview that was looked at


def desk_tabs(request: ActingRequest, current: str) -> tuple[Tab, ...]:
    """Proposals about people and about the organisation, side by side, for who decides both."""
    if not policies.may_change_any(request.actor):
        return ()
    pages = (("entries:index", _("Data pegawai")), ("organisation:proposals", _("Organisasi")))
    return tuple(Tab(label, url(name), name == current) for name, label in pages)


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List proposals: those that wait, or those that ended in one way."""
    policies.require_any_change(request.actor)
    wish = request.GET.get("keadaan", ProposalState.WAITING.value)
    state = wish if wish in list(ProposalState) else ""
    found = organisation.list_proposals(actor=request.actor, state=state, page=page_number(request.GET))
    pages = Pages(found.page, found.last, lambda number: f"?keadaan={state}&hal={number}")
    context = {"rows": found.rows, "pages": pages, "state": state, "states": ProposalState, "words": words}
    context["tabs"] = desk_tabs(request, "organisation:proposals")
    return render(request, "organisation/proposals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(ProposalNotFound)
def show(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a proposal with what it would do as of now; take the decision of the second officer."""
    policies.require_any_change(request.actor)
    row = organisation.get_proposal(actor=request.actor, uid=uid)
    if request.method != "POST":
        return _page(request, row)
    try:
        told = _decide(request, uid)
    except (Refused, MovedOn, PreviewMoved, AnswerMissing) as error:
        return _page(request, row, str(error))
    except ProposalClosed as error:
        messages.warning(request, str(error))
        return redirect("organisation:proposal", uid)
    messages.success(request, told)
    return redirect("organisation:proposals")


@require_POST
@login_required
@missing(ProposalNotFound)
def withdraw(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take back one's own proposal."""
    policies.require_any_change(request.actor)
    try:
        services.withdraw_proposal(actor=request.actor, at=request.at, proposal=uid)
    except ProposalClosed as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Usulan ditarik. Usulan itu tetap tercatat."))
    return redirect("organisation:proposal", uid)


def _decide(request: ActingRequest, uid: UUID) -> str:
    actor, at, answer = request.actor, request.at, request.POST.get("jawaban", "")
    if request.POST.get("putusan") == "setuju":
        seen = request.POST.get(SEEN, "")
        services.approve_proposal(actor=actor, at=at, proposal=uid, seen=seen, answer=answer)
        return _("Usulan disetujui dan tersimpan.")
    services.refuse_proposal(actor=actor, at=at, proposal=uid, answer=answer)
    return _("Usulan ditolak.")


def _page(request: ActingRequest, row: ProposalRow, refused: str = "") -> HttpResponse:
    waiting = row.state is ProposalState.WAITING
    try:
        foreseen, refusal = _foreseen(request, row) if waiting else (None, "")
    except ProposalClosed:  # somebody decided it in between: it is shown as decided
        return _page(request, organisation.get_proposal(actor=request.actor, uid=row.uid))
    refusal = row.refusal or refusal
    own = row.proposed_by == request.actor.user_id
    context: dict[str, Any] = {
        "row": row,
        "title": DEEDS[row.kind].title,
        "sentences": _sentences(request, row) if foreseen else [],
        "foreseen": foreseen,
        "late": waiting and row.on < request.actor.on,
        "refused": "" if foreseen and foreseen.blocks else refused,
        "refusal": refusal if waiting else "",
        "approves": foreseen is not None and not (refusal or foreseen.blocks or foreseen.nothing),
        "refuses": waiting and not row.refusal,
        "withdraws": waiting and own,
        "answer": request.POST.get("jawaban", ""),
        "seen": SEEN,
        "words": words,
        "seal": seal(request, row.uid, ActApproved.kind, ActRefused.kind),
    }
    return render(request, "organisation/proposal.html", context, status=422 if refused else 200)


def _foreseen(request: ActingRequest, row: ProposalRow) -> tuple[Foreseen | None, str]:
    """What it would do now; or why this reader can't decide it."""
    try:
        preview = services.preview_proposal(actor=request.actor, at=request.at, proposal=row.uid)
    except (NotAllowed, UnitNotFound, SeatNotFound) as error:
        return None, str(error)
    return foresee(request.actor, preview), ""


def _sentences(request: ActingRequest, row: ProposalRow) -> list[str]:
    """What will happen, as of now; as it was told then where its unit or seat stands no more."""
    actor = request.actor
    try:
        if row.seat_uid:
            seat, on = organisation.get_seat_ahead(actor=actor, seat=row.seat_uid, on=actor.on)
            unit = organisation.get_unit(actor=actor, unit=seat.unit_code, on=on)
            subject = Subject(unit, seat, on)
        else:
            unit, on = organisation.get_unit_ahead(actor=actor, unit=row.unit_uid, on=actor.on)
            subject = Subject(unit, None, on, _reorganisation(request, row))
    except (UnitNotFound, SeatNotFound, ReorganisationNotFound):
        return [row.summary]
    return list(DEEDS[row.kind].told(actor, subject, Asked(row.kind, row.subject, row.on, row.values)))


def _reorganisation(request: ActingRequest, row: ProposalRow) -> ReorganisationView | None:
    if row.kind is not ActKind.REORGANISATION_WITHDRAW:
        return None
    return organisation.get_reorganisation(actor=request.actor, uid=UUID(row.values["reorganisation"]))
