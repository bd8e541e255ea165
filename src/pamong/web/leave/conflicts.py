"""Days of leave on which somebody punched: let stay leave with a reason, or the leave is shortened."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.attendance.errors import PaperNotFound
from pamong.kernel.errors import DomainError
from pamong.kernel.ids import uuid7
from pamong.leave import queries, services
from pamong.web import render
from pamong.web.leave.forms import ShortenForm
from pamong.web.leave.sending import KEY, ended
from pamong.web.missing import missing
from pamong.web.shapes import uid_of

PERSON, DAY, REASON = "pegawai", "hari", "alasan"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """Show the days that wait, and let one stay leave; a refusal stands at its day, and loses nothing."""
    refused = _kept(request) if request.method == "POST" else ""
    if request.method == "POST" and not refused:
        messages.success(request, _("Harinya tetap cuti. Alasannya tampil di presensi pegawai itu."))
        return redirect("leave:conflicts")
    found = queries.list_conflicts(actor=request.actor, at=request.at)
    sent = (request.POST.get(PERSON, ""), request.POST.get(DAY, ""))
    context = {
        "found": found, "refused": refused, "sent": sent, "text": request.POST.get(REASON, ""),
        "sent_here": sent in [(str(row.person), str(row.on)) for row in found],
    }  # fmt: skip
    return render(request, "leave/conflicts.html", context, status=422 if refused else 200)


def _kept(request: ActingRequest) -> str:
    """The sentence of a refusal; '' where it is done."""
    person, day = uid_of(request.POST.get(PERSON, "")), _day(request.POST.get(DAY, ""))
    if person is None or day is None:
        return _("Hari ini tidak menunggu pemeriksaan Anda lagi. Muat ulang daftarnya.")
    try:
        services.keep_leave(
            actor=request.actor, at=request.at, person=person, on=day, reason=request.POST.get(REASON, "")
        )
    except NotAllowed:
        raise
    except DomainError as error:
        return str(error)
    return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(PaperNotFound)
def recall(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Ask that another's leave ends earlier, or holds not at all."""
    entry = queries.get_granted(actor=request.actor, at=request.at, document=uid)
    sent = request.POST if request.method == "POST" else None
    form: forms.Form = ShortenForm(sent)
    key = uid_of(request.POST.get(KEY, "")) or uuid7(request.at)
    if sent is not None and form.is_valid() and (done := ended(request, form, uid, key)) is not None:
        return redirect("decisions:decision", done)
    context = {"form": form, "key": key, "entry": entry}
    return render(request, "leave/recall.html", context, status=422 if form.errors else 200)
