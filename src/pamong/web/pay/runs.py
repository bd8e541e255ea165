"""Runs as pages: the list, a new one, one with its progress, its people and its problems."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pamong.access.middleware import ActingRequest
from pamong.pay import policies, queries, services
from pamong.pay.choices import FileKind, SlipState
from pamong.pay.errors import RunEnded, RunNotFound
from pamong.pay.events import RunPublished
from pamong.web import render
from pamong.web.labels import label
from pamong.web.ledger.seals import seal
from pamong.web.missing import missing
from pamong.web.pay import downloads, reading, words
from pamong.web.pay.starting import REFUSALS, start_run


@require_safe
@login_required
def first(request: ActingRequest) -> HttpResponse:
    """Lead to the runs, or to one's own allowance where those are not one's matter."""
    return redirect("pay:runs" if policies.reads_all(request.actor) else "pay:own")


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List the runs, newest month first."""
    rows = queries.list_runs(actor=request.actor)
    return render(
        request,
        "pay/runs.html",
        {
            "rows": rows,
            "tones": words.RUN_TONES,
            "may_run": policies.may_run(request.actor),
            "reads_all": policies.reads_all(request.actor),
            "reads_owing": policies.reads_owing(request.actor),
            "started": reading.started,
            "starter": words.starter,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def start(request: ActingRequest) -> HttpResponse:
    """Ask for a month, its law and its files; then go to the run."""
    policies.require_run(request.actor)
    form = reading.start_form(request)
    if not form.is_valid():
        return render(request, "pay/start.html", {"form": form}, status=422 if form.is_bound else 200)
    try:
        started = start_run(
            actor=request.actor, at=request.at, asked=form.cleaned_data, overlay=settings.PAMONG_LAW_OVERLAY
        )
    except REFUSALS as error:
        form.add_error(None, words.refusal(error))
        return render(request, "pay/start.html", {"form": form}, status=422)
    if started.existed:
        messages.info(request, _("Berkas yang sama sudah pernah dihitung. Inilah hitungannya."))
    return redirect("pay:run", started.uid)


@require_safe
@login_required
@missing(RunNotFound)
def run(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one run: how it stands, its totals, what it read, what was wrong with it."""
    view = queries.open_run(actor=request.actor, uid=uid)
    context = {"view": view, "run": view.run, "page": reading.run_page(view, request.actor)}
    context["kinds"] = {kind.value: label(kind) for kind in FileKind}
    context["seal"] = seal(request, uid, RunPublished.kind)
    return render(request, "pay/run.html", context)


@require_safe
@login_required
@missing(RunNotFound)
def progress(request: ActingRequest, uid: UUID) -> HttpResponse:
    """The part of a run's page that changes while it is computed; afterwards the page comes anew."""
    view = queries.get_run(actor=request.actor, uid=uid)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("pay:run", uid)
    answer = render(request, "pay/progress.html", {"run": view, "may_run": policies.may_run(request.actor)})
    if view.state not in reading.OPEN:
        answer["HX-Refresh"] = "true"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(RunNotFound)
def cancel(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Ask once more, then cancel a run that is not finished."""
    policies.require_run(request.actor)
    if request.method != "POST":
        return render(request, "pay/cancel.html", {"run": queries.get_run(actor=request.actor, uid=uid)})
    try:
        services.cancel_run(actor=request.actor, at=request.at, uid=uid)
    except RunEnded as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Hitungan dibatalkan. Tidak ada rincian yang terbit."))
    return redirect("pay:run", uid)


@require_safe
@login_required
@missing(RunNotFound)
def people(request: ActingRequest, uid: UUID) -> HttpResponse:
    """List the people of a run, filtered by words, state and OPD."""
    asked = reading.asked_people(request.GET)
    view = queries.get_run(actor=request.actor, uid=uid)
    found = queries.list_slips(actor=request.actor, at=request.at, uid=uid, **asked)
    context = {"run": view, "asked": asked, "found": found, "states": SlipState, "masked": reading.masked}
    context["opd"] = queries.list_opd(actor=request.actor, uid=uid)
    context["page"] = reading.people_page(view, found, asked, request.actor)
    context["tones"] = words.SLIP_TONES
    return render(request, "pay/people.html", context, block="rows")


@require_safe
@login_required
@missing(RunNotFound)
def problems(request: ActingRequest, uid: UUID) -> HttpResponse:
    """List what was wrong with the files, row by row."""
    asked = reading.asked_problems(request.GET)
    view = queries.get_run(actor=request.actor, uid=uid)
    found = queries.list_problems(actor=request.actor, at=request.at, uid=uid, **asked)
    context = {"run": view, "asked": asked, "found": found, "words": words}
    context["page"] = reading.problems_page(view, found, asked, request.actor)
    return render(request, "pay/problems.html", context)


@require_safe
@login_required
@missing(RunNotFound, downloads.UnknownFile)
def download(request: ActingRequest, uid: UUID, kind: str) -> HttpResponse:
    """Hand out a run as a file."""
    try:
        file = downloads.make(actor=request.actor, at=request.at, uid=uid, kind=kind)
    except downloads.FileRefused as error:
        messages.warning(request, str(error))
        return redirect("pay:run", uid)
    return downloads.answer(file, "attachment")
