"""The data-quality list as pages: how much there is to mend, of which rule, about whom."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pamong.access import policies
from pamong.access.middleware import ActingRequest
from pamong.people import quality
from pamong.people.errors import (
    AcceptReasonMissing,
    AcceptUntilPast,
    FindingGone,
    ReasonMissing,
    RuleNotFound,
)
from pamong.people.quality import Finding, rule_of
from pamong.web import handing, render
from pamong.web.handing import Download, UnknownFile
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.people import downloads, law
from pamong.web.people.words import instant, masked_nip
from pamong.web.quality import reading, words
from pamong.web.quality.forms import AcceptForm, ReopenForm

PROGRAM = "pamong.jobs.lists"


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """Show how many findings there are, by rule and by office."""
    context = {
        "page": reading.board_page(request), "words": words,
        "may_export": bool(policies.may(request.actor, "people:export")),
    }  # fmt: skip
    return render(request, "quality/index.html", context)


@require_safe
@login_required
def count(request: ActingRequest) -> HttpResponse:
    """The number for the home page, which asks for it when the rest is there."""
    policies.require(request.actor, quality.LIST)
    board = quality.count_findings(actor=request.actor, on=request.actor.on, law=law.national())
    return render(request, "quality/count.html", {"board": board, "words": words})


@require_safe
@login_required
@missing(RuleNotFound)
def rule(request: ActingRequest, slug: str) -> HttpResponse:
    """List what a rule finds, with what to do about it."""
    page = reading.rule_page(request, rule_of(slug))
    context = {
        "page": page,
        "words": words,
        "masked": masked_nip,
        "instant": instant,
        "mending": lambda finding: reading.mending(request.actor, finding),
        "may_accept": bool(policies.may(request.actor, "people:verify")),
        "may_export": bool(policies.may(request.actor, "people:export")),
    }
    return render(request, "quality/rule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(RuleNotFound, FindingGone)
def finding(request: ActingRequest, slug: str, uid: UUID) -> HttpResponse:
    """Show one finding; take an officer's word that it is really so, or that it is not."""
    told: dict[str, Any] = {
        "actor": request.actor,
        "at": request.at,
        "law": law.national(),
        "rule": rule_of(slug),
    }
    found = quality.get_finding(on=request.actor.on, subject=uid, **told)
    kind = AcceptForm if found.accepted is None else ReopenForm
    form = kind(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        valid = form.is_valid()
        act = quality.accept if found.accepted is None else quality.reopen
        given = {name: form.cleaned_data[name] for name in form.fields if valid}
        try:
            act(subject=uid, **told, **({"reason": ""} | given))
        except AcceptReasonMissing:
            pass  # the field says so already
        except AcceptUntilPast as error:
            form.add_error("until", str(error))
        else:
            messages.success(request, _said(found))
            return redirect(url("quality:rule", slug))
    context = {
        "found": found,
        "form": form,
        "words": words,
        "mend": reading.mending(request.actor, found),
        "masked": masked_nip,
        "instant": instant,
        "may_accept": quality.may_accept(actor=request.actor, finding=found),
    }
    return render(request, "quality/finding.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(UnknownFile, RuleNotFound)
def export(request: ActingRequest, kind: str) -> HttpResponse:
    """Hand out the findings, all or of one rule, as a file: sent with a reason, with NIP in full."""
    policies.require(request.actor, quality.LIST)
    if kind not in reading.KINDS:
        raise UnknownFile
    slug = request.GET.get("aturan", "")
    unit = reading.unit_of(request)
    told = {"unit": unit, "rule": rule_of(slug).slug if slug else ""}
    try:
        told["reason"] = downloads.reason_of(request)
    except ReasonMissing as error:
        messages.warning(request, str(error))
        return redirect(url("quality:rule", slug, unit=unit) if slug else url("quality:index", unit=unit))
    arguments = ["quality", kind, str(request.actor.user_id), request.at.isoformat(), json.dumps(told)]
    data = handing.run(PROGRAM, *arguments)
    name = f"mutu-data{f'-{slug}' if slug else ''}-{request.actor.on:%Y-%m-%d}.{kind}"
    return handing.answer(Download(name, reading.KINDS[kind], data), "attachment")


def _said(found: Finding) -> str:
    if found.accepted is None:
        return _("Tercatat: memang begitu. Alasan Anda dapat dibaca di bagian itu.")
    return _("Temuan tampil lagi di daftar yang perlu dibenahi.")
