"""Lists of who was present, written while a machine was broken: enter with a preview, let another agree."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.access.policies import require
from pamong.attendance import policies, queries, services
from pamong.attendance.choices import SheetState
from pamong.attendance.errors import AttachmentNotFound, SheetNotFound
from pamong.attendance.events import SheetStepped
from pamong.attendance.queries import ReadSheet
from pamong.web import render
from pamong.web.days import DayField
from pamong.web.files import hand_out
from pamong.web.ledger.seals import seal
from pamong.web.missing import missing
from pamong.web.presence.clocks import ClockField
from pamong.web.presence.evidence import kept_evidence
from pamong.web.presence.reading import zone
from pamong.web.refusals import Refusal
from pamong.web.shapes import Notice

TONES = {
    SheetState.WAITING: "attention", SheetState.STORED: "good", SheetState.REFUSED: "problem",
    SheetState.WITHDRAWN: "neutral",
}  # fmt: skip


class SheetForm(forms.Form):
    """The day, who was there, the times of all, why there is no machine's record, and what shows it."""

    on = DayField(
        label=gettext_lazy("Hari"), error_messages={"required": gettext_lazy("Hari: isi tanggalnya.")}
    )
    came = ClockField(
        label=gettext_lazy("Datang pukul"), required=False,
        help_text=gettext_lazy("Untuk semua yang tidak punya jam sendiri."),
    )  # fmt: skip
    left = ClockField(label=gettext_lazy("Pulang pukul"), required=False)
    people = forms.CharField(
        label=gettext_lazy("Yang hadir"),
        widget=forms.Textarea,
        help_text=gettext_lazy(
            "Satu orang setiap baris: NIP, atau nama tanpa gelar. Jam sendiri boleh ditulis sesudahnya, "
            "misalnya: Ketut Sariasih 07.20 16.05"
        ),
        error_messages={"required": gettext_lazy("Yang hadir: tulis satu orang setiap baris.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Alasan"), widget=forms.Textarea, max_length=500,
        help_text=gettext_lazy("Misalnya: mesin mati sejak pagi."),
        error_messages={"required": gettext_lazy("Alasan belum diisi.")},
    )  # fmt: skip
    evidence = forms.FileField(
        label=gettext_lazy("Bukti"),
        required=False,
        help_text=gettext_lazy("Foto atau pindaian daftar hadir yang ditandatangani. Wajib ada."),
        error_messages={"empty": gettext_lazy("Bukti: berkas ini kosong. Pilih berkas lain.")},
    )


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List what was written, those that wait first."""
    found = queries.list_sheets(actor=request.actor)
    return render(request, "presence/sheets.html", {"found": found, "tones": TONES})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: ActingRequest) -> HttpResponse:
    """Write a list: fill in, look at what was read, send."""
    require(request.actor, policies.REPORT)
    sent = request.method == "POST"
    form = SheetForm(request.POST, request.FILES) if sent else SheetForm(initial={"on": request.actor.on})
    kept = kept_evidence(request, form) if sent else None
    found: ReadSheet | None = None
    if sent and form.is_valid():
        said = form.cleaned_data
        found = queries.read_sheet(
            actor=request.actor, text=said["people"], on=said["on"], came=said["came"], left=said["left"]
        )
        if request.POST.get("langkah") == "kirim" and not found.problems:
            with Refusal(NotAllowed, form=form):
                uid = _send(request, said, found, kept)
                messages.success(request, _("Daftar terkirim. Orang kedua memeriksanya."))
                return redirect("presence:sheet", uid)
    told = _("Baris %(number)s: %(fault)s.")
    problems = [
        Notice(told % {"number": number, "fault": fault}, "#id_people")
        for number, fault in (found.problems if found else ())
    ]
    context = {"form": form, "kept": kept, "found": found, "problems": problems}
    return render(request, "presence/sheet_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(SheetNotFound)
def sheet(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one list; take the decision of the second person, or its withdrawal."""
    answer, told = request.POST.get("jawaban", ""), ""
    if request.method == "POST":
        with Refusal(NotAllowed, SheetNotFound) as refused:
            done = _act(request, uid, answer)
            messages.success(request, done)
            return redirect("presence:sheet", uid)
        told = refused.told
    view = queries.get_sheet(actor=request.actor, at=request.at, uid=uid)
    context: dict[str, Any] = {"view": view, "tones": TONES, "told": told, "answer": answer}
    context["seal"] = seal(request, uid, SheetStepped.kind)
    return render(request, "presence/sheet.html", context, status=422 if told else 200)


@require_safe
@login_required
@missing(AttachmentNotFound)
def evidence(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Hand out what shows a list."""
    shown, data = queries.read_sheet_file(actor=request.actor, at=request.at, uid=uid)
    return hand_out(data, shown.media_type)


def _send(request: ActingRequest, said: dict[str, Any], found: ReadSheet, kept: UUID | None) -> UUID:
    return services.enter_sheet(
        actor=request.actor, at=request.at, on=said["on"], zone=zone(), lines=found.lines,
        reason=said["reason"], attachment=kept,
    )  # fmt: skip


def _act(request: ActingRequest, uid: UUID, answer: str) -> str:
    """Do what the button says; what was done, in a sentence."""
    step = request.POST.get("langkah", "")
    who: dict[str, Any] = {"actor": request.actor, "at": request.at, "sheet": uid}
    if step == "tarik":
        services.withdraw_sheet(**who)
        return _("Daftar ditarik. Daftar itu tetap tercatat.")
    stored = services.decide_sheet(**who, agree=step == "setuju", answer=answer)
    if step != "setuju":
        return _("Tidak disetujui, dengan alasan Anda.")
    return _("Disetujui. %(count)s presensi baru dicatat.") % {"count": stored}
