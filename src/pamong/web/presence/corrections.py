"""Requests to correct a day: ask, follow, answer, appeal."""

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
from pamong.attendance.choices import OLDEST, CorrectionState
from pamong.attendance.errors import AttachmentNotFound, CorrectionNotFound
from pamong.kernel.clock import format_date
from pamong.kernel.errors import DomainError
from pamong.people import queries as people
from pamong.people.errors import PersonNotFound
from pamong.web import render
from pamong.web.files import hand_out
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.presence import correction_words, reading
from pamong.web.presence.correction_forms import CorrectionForm
from pamong.web.presence.evidence import kept_evidence
from pamong.web.presence.site import site_law
from pamong.web.refusals import Refusal
from pamong.web.shapes import Tab

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
    found = queries.list_own_corrections(actor=request.actor, at=request.at, law=site_law())
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
    kept = kept_evidence(request, form) if sent else None
    if sent and form.is_valid():
        with Refusal(NotAllowed, form=form):
            uid = services.ask_correction(
                actor=request.actor, at=request.at, on=on, claim=form.claim(), law=site_law(),
                reason=form.cleaned_data["reason"], attachment=kept, zone=reading.zone(),
            )  # fmt: skip
            messages.success(request, _("Permintaan terkirim. Jawabannya tampil di halaman ini."))
            return redirect("presence:correction", uid)
    context = {"form": form, "on": on, "kept": kept, "line": line}
    return render(request, "presence/correct.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(CorrectionNotFound)
def correction(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one request as a story; take the answer of the one whose turn it is."""
    note, told = request.POST.get("jawaban", "").strip(), ""
    if request.method == "POST":
        agree = request.POST.get("putusan") == "setuju"
        with Refusal(NotAllowed, CorrectionNotFound) as refused:
            services.answer_correction(
                actor=request.actor, at=request.at, correction=uid, agree=agree, note=note, law=site_law()
            )
            messages.success(request, _("Disetujui.") if agree else _("Tidak disetujui, dengan alasan Anda."))
            return redirect("presence:corrections_waiting")
        told = refused.told
    view = queries.get_correction(actor=request.actor, at=request.at, uid=uid, law=site_law())
    context = _words() | {"view": view, "note": note, "told": told}
    context["may_days"] = not view.own and _sees_days(request, view.person)
    return render(request, "presence/correction.html", context, status=422 if told else 200)


@require_POST
@login_required
@missing(CorrectionNotFound)
def appeal(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take a refusal to the next one above."""
    with Refusal(CorrectionNotFound) as refused:
        services.appeal_correction(
            actor=request.actor, at=request.at, correction=uid, law=site_law(),
            reason=request.POST.get("alasan", ""),
        )  # fmt: skip
        messages.success(request, _("Banding terkirim kepada atasan berikutnya."))
    if refused.told:
        messages.error(request, refused.told)
    return redirect("presence:correction", uid)


@require_POST
@login_required
@missing(CorrectionNotFound)
def withdraw(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Take back a request that nobody has answered."""
    with Refusal(CorrectionNotFound) as refused:
        services.withdraw_correction(actor=request.actor, at=request.at, correction=uid, law=site_law())
        messages.success(request, _("Permintaan ditarik. Permintaan itu tetap tercatat."))
    if refused.told:
        messages.warning(request, refused.told)
    return redirect("presence:correction", uid)


@require_safe
@login_required
def waiting(request: ActingRequest) -> HttpResponse:
    """List what the reader is to answer, the most urgent first."""
    found = queries.list_waiting_corrections(actor=request.actor, at=request.at, law=site_law())
    context = _words() | {"found": found, "tabs": _tabs(request, "presence:corrections_waiting")}
    return render(request, "presence/waiting.html", context)


@require_safe
@login_required
def late(request: ActingRequest) -> HttpResponse:
    """List what nobody answered in time, for the personnel office."""
    found = queries.list_overdue_corrections(actor=request.actor, at=request.at, law=site_law())
    context = _words() | {"found": found, "tabs": _tabs(request, "presence:corrections_late")}
    return render(request, "presence/late.html", context)


@require_safe
@login_required
@missing(AttachmentNotFound)
def evidence(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Hand out the file of a request."""
    shown, data = queries.read_correction_file(actor=request.actor, at=request.at, uid=uid, law=site_law())
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
    return {"tones": TONES, "words": correction_words}


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


def _tabs(request: ActingRequest, current: str) -> tuple[Tab, ...]:
    """One's own requests, what waits, what is late: for whom there is more than one of them."""
    actor = request.actor
    pages = []
    if may(actor, policies.ASK) and actor.person_id is not None:
        pages.append(("presence:corrections", _("Permintaan saya")))
    if may(actor, policies.ANSWER) or may(actor, policies.SETTLE):
        pages.append(("presence:corrections_waiting", _("Menunggu jawaban saya")))
    if may(actor, policies.SETTLE):
        pages.append(("presence:corrections_late", _("Lewat waktunya")))
    found = tuple(Tab(label, url(name), name == current) for name, label in pages)
    return found if len(found) > 1 else ()
