"""Outages of presence: report, confirm on a phone, end, take back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.attendance import queries, services
from pamong.attendance.choices import OutageState, OutageStepKind
from pamong.attendance.errors import AttachmentNotFound, OutageNotFound
from pamong.attendance.events import OutageStepped
from pamong.attendance.queries import OutageView
from pamong.decisions.site import site_law
from pamong.web import render
from pamong.web.files import hand_out
from pamong.web.formats import saat
from pamong.web.ledger.seals import seal
from pamong.web.missing import missing
from pamong.web.presence.evidence import kept_evidence
from pamong.web.presence.outage_forms import EndForm, OutageForm
from pamong.web.refusals import Refusal

TONES = {
    OutageState.PROPOSED: "attention", OutageState.CONFIRMED: "good", OutageState.REFUSED: "neutral",
    OutageState.WITHDRAWN: "neutral",
}  # fmt: skip
STEP_TONES = {
    OutageStepKind.DECLARED: "info", OutageStepKind.NOTICED: "info", OutageStepKind.ENDED: "info",
    OutageStepKind.CONFIRMED: "good", OutageStepKind.REFUSED: "neutral", OutageStepKind.WITHDRAWN: "neutral",
}  # fmt: skip


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List outages within reach: those that wait first."""
    found = queries.list_outages(actor=request.actor)
    return render(request, "presence/outages.html", _words() | {"found": found})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report(request: ActingRequest) -> HttpResponse:
    """Report that nothing could be recorded somewhere."""
    sites = list(queries.list_sites(actor=request.actor))
    known = queries.list_machines_at(actor=request.actor, sites=[each.uid for each in sites])
    machines = [(str(uid), f"{serial} {name}".strip()) for uid, serial, name in known]
    asked: dict[str, Any] = {"sites": sites, "machines": machines, "today": request.actor.on}
    sent = request.method == "POST"
    form = OutageForm(*((request.POST, request.FILES) if sent else ()), **asked)
    kept = kept_evidence(request, form) if sent else None
    if sent and form.is_valid():
        with Refusal(NotAllowed, form=form):
            uid = _report(request, form, kept)
            messages.success(request, _("Gangguan dilaporkan. Orang kedua mengesahkannya."))
            return redirect("presence:outage", uid)
    status = 422 if form.errors else 200
    return render(
        request, "presence/outage_new.html", {"form": form, "kept": kept, "sites": sites}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(OutageNotFound)
def outage(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one outage; take what somebody does about it."""
    view = queries.get_outage(actor=request.actor, uid=uid)
    ending = EndForm(
        request.POST if request.POST.get("langkah") == "selesai" else None, initial={"on": request.actor.on}
    )
    told = ""
    if request.method == "POST":
        with Refusal(NotAllowed, OutageNotFound) as refused:
            done = _act(request, view, ending)
            if done:
                messages.success(request, done)
                return redirect("presence:outage", uid)
        told = refused.told
    context = _words() | {
        "view": view,
        "ending": ending,
        "told": told,
        "note": request.POST.get("alasan", ""),
        "seal": seal(request, uid, OutageStepped.kind),
    }
    failed = bool(told or (ending.is_bound and ending.errors))
    return render(request, "presence/outage.html", context, status=422 if failed else 200)


@require_safe
@login_required
@missing(AttachmentNotFound)
def evidence(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Hand out the file of an outage."""
    shown, data = queries.read_outage_file(actor=request.actor, uid=uid)
    return hand_out(data, shown.media_type)


def _act(request: ActingRequest, view: OutageView, ending: EndForm) -> str:
    """Do what the button says; what was done, in a sentence, '' where a field is to be put right."""
    step, why = request.POST.get("langkah", ""), request.POST.get("alasan", "")
    who: dict[str, Any] = {"actor": request.actor, "at": request.at, "outage": view.uid}
    if step == "selesai":
        if not ending.is_valid():
            return ""
        services.end_outage(**who, ends=ending.instant(view.zone))
        return _("Waktu selesainya dicatat.")
    if step == "tarik":
        services.withdraw_outage(**who, reason=why)
        return _("Gangguan ditarik, bersama pengecualiannya.")
    confirm = step == "sahkan"
    services.decide_outage(**who, confirm=confirm, note=why, law=site_law())
    return _("Gangguan disahkan.") if confirm else _("Gangguan tidak disahkan, dengan alasan Anda.")


def _report(request: ActingRequest, form: OutageForm, kept: UUID | None) -> UUID:
    said = form.cleaned_data
    starts, ends = form.span()
    return services.report_outage(
        actor=request.actor, at=request.at, site=UUID(said["site"]), starts=starts, ends=ends,
        reason=said["reason"], device=UUID(said["device"]) if said["device"] else None, attachment=kept,
    )  # fmt: skip


def _words() -> dict[str, Any]:
    return {"tones": TONES, "step_tones": STEP_TONES, "span": span}


def span(view: OutageView) -> str:
    """From when until when, by the clock of the site."""
    starts = saat(view.starts, view.zone)
    if view.ends is None:
        return _("sejak %(time)s, masih berlangsung") % {"time": starts}
    return _("%(starts)s sampai %(ends)s") % {"starts": starts, "ends": saat(view.ends, view.zone)}
