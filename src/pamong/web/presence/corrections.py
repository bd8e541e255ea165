"""Requests to correct a day: ask, follow, appeal. They are answered where all decisions are."""

from __future__ import annotations

from datetime import date
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
from pamong.access.policies import may, require
from pamong.attendance import policies, queries, services
from pamong.attendance.choices import CORRECTION, OLDEST, CorrectionState
from pamong.attendance.errors import AttachmentNotFound, CorrectionNotFound
from pamong.decisions import services as decisions
from pamong.decisions.errors import DecisionNotFound
from pamong.kernel.clock import format_date
from pamong.kernel.errors import DomainError
from pamong.kernel.ids import uuid7
from pamong.people import queries as people
from pamong.people.errors import PersonNotFound
from pamong.web import render
from pamong.web.files import hand_out
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.presence import correction_words, reading
from pamong.web.presence.correction_forms import CorrectionForm
from pamong.web.presence.evidence import kept_evidence
from pamong.web.refusals import Refusal
from pamong.web.shapes import Tab, uid_of

TONES = {
    CorrectionState.OPEN: "attention", CorrectionState.AGREED: "good", CorrectionState.REFUSED: "problem",
    CorrectionState.WITHDRAWN: "neutral",
}  # fmt: skip


class DayUnknown(DomainError):
    """The address names no day."""

    def __init__(self) -> None:
        super().__init__("Tanggal ini tidak dikenal. Buka harinya dari halaman presensi Anda.")


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List one's own requests."""
    found = queries.list_own_corrections(actor=request.actor, at=request.at)
    context = _words() | {"found": found, "tabs": _tabs(request, "presence:corrections")}
    return render(request, "presence/corrections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(DayUnknown)
def ask(request: ActingRequest, day: str) -> HttpResponse:
    """Ask to correct a day of one's own."""
    require(request.actor, policies.ASK)
    policies.require_person(request.actor)
    on = _day(day)
    line = reading.own_day(request, on)
    sent = request.method == "POST"
    shut = _shut(request, on, line)
    waits = None if shut or sent else queries.find_open_correction(actor=request.actor, on=on)
    if shut or waits:
        context = {"on": on, "shut": shut, "waits": waits}
        return render(request, "presence/correct_shut.html", context, status=422 if shut else 200)
    form = CorrectionForm(request.POST, request.FILES) if sent else CorrectionForm(initial={"kind": ""})
    kept, key = kept_evidence(request, form) if sent else None, _key(request)
    if sent and form.is_valid():
        with Refusal(NotAllowed, form=form):
            uid = services.ask_correction(
                actor=request.actor, at=request.at, key=key, on=on, claim=form.claim(),
                reason=form.cleaned_data["reason"], attachment=kept, zone=reading.zone(),
            )  # fmt: skip
            messages.success(request, _("Permintaan terkirim. Jawabannya tampil di halaman ini."))
            return redirect("presence:correction", uid)
    context = {"form": form, "on": on, "kept": kept, "line": line, "key": key}
    return render(request, "presence/correct.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
@missing(CorrectionNotFound)
def correction(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one request, with its appeal, as a story."""
    view = queries.get_correction(actor=request.actor, at=request.at, uid=uid)
    context = _words() | {"view": view, "key": uuid7(request.at)}
    context["may_days"] = not view.own and _sees_days(request, view.person)
    return render(request, "presence/correction.html", context)


@require_POST
@login_required
@missing(CorrectionNotFound)
def appeal(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take a refusal to the next one above."""
    with Refusal(CorrectionNotFound) as refused:
        services.appeal_correction(
            actor=request.actor, at=request.at, key=_key(request), correction=uid,
            reason=request.POST.get("alasan", ""),
        )  # fmt: skip
        messages.success(request, _("Banding terkirim kepada atasan berikutnya."))
    if refused.told:
        messages.error(request, refused.told)
    return redirect("presence:correction", uid)


@require_POST
@login_required
@missing(DecisionNotFound)
def withdraw(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take back a request that nobody has answered."""
    with Refusal(DecisionNotFound) as refused:
        decisions.withdraw(actor=request.actor, at=request.at, decision=uid)
        messages.success(request, _("Permintaan ditarik. Permintaan itu tetap tercatat."))
    if refused.told:
        messages.warning(request, refused.told)
    return redirect("presence:correction", uid)


@require_safe
@login_required
def late(request: ActingRequest) -> HttpResponse:
    """List what nobody answered in time, for the personnel office."""
    found = queries.list_overdue_corrections(actor=request.actor, at=request.at)
    context = _words() | {"found": found, "tabs": _tabs(request, "presence:corrections_late")}
    return render(request, "presence/late.html", context)


@require_safe
@login_required
@missing(AttachmentNotFound)
def evidence(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Hand out the file of a request."""
    shown, data = queries.read_correction_file(actor=request.actor, at=request.at, uid=uid)
    return hand_out(data, shown.media_type)


def _shut(request: ActingRequest, on: date, line: reading.DayLine | None) -> str:
    """Why nothing of a day can be corrected, before anything is filled in; '' where it can."""
    if on > request.actor.on:
        return _("Hari ini belum lewat. Koreksi hanya untuk hari yang sudah terjadi.")
    if on < OLDEST:
        return _("Presensi dicatat sejak %(day)s, jadi hari sebelumnya tidak dapat dikoreksi.") % {
            "day": format_date(OLDEST)
        }
    if line is not None and not line.hours:
        return _("Hari ini bukan hari kerja Anda, jadi tidak ada yang perlu dikoreksi.")
    return ""


def _words() -> dict[str, Any]:
    return {"tones": TONES, "words": correction_words, "kind": CORRECTION}


def _sees_days(request: ActingRequest, uid: UUID) -> bool:
    """Whether the reader may open the days of somebody: not everyone who answers for him leads him."""
    try:
        people.require_person(request.actor, policies.READ, uid)
    except (NotAllowed, PersonNotFound):
        return False
    return True


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DayUnknown from error


def _key(request: ActingRequest) -> UUID:
    """The key of the form: sent twice, it is one request."""
    return uid_of(request.POST.get("kunci", "")) or uuid7(request.at)


def _tabs(request: ActingRequest, current: str) -> tuple[Tab, ...]:
    """One's own requests, what waits, what is late: for whom there is more than one of them."""
    actor = request.actor
    pages: list[tuple[str, str, dict[str, str]]] = []
    if may(actor, policies.ASK) and actor.person_id is not None:
        pages.append((_("Permintaan saya"), "presence:corrections", {}))
    if may(actor, policies.ANSWER) or may(actor, policies.SETTLE):
        pages.append((_("Menunggu jawaban saya"), "decisions:inbox", {"jenis": CORRECTION}))
    if may(actor, policies.SETTLE):
        pages.append((_("Lewat waktunya"), "presence:corrections_late", {}))
    found = tuple(Tab(label, url(name, **query), name == current) for label, name, query in pages)
    return found if len(found) > 1 else ()
