"""One raise with its conditions: an officer prepares its letter, or proposes that it is delayed."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pamong.access import policies as access
from pamong.access.middleware import ActingRequest
from pamong.career import policies, queries, services
from pamong.career.choices import Effect
from pamong.career.errors import DueNotFound
from pamong.career.queries import DueRow
from pamong.people.queries import within
from pamong.web import render
from pamong.web.career import words
from pamong.web.days import DayField
from pamong.web.entries.inputs import messages as faults
from pamong.web.missing import missing
from pamong.web.people.words import masked_nip
from pamong.web.refusals import Refusal
from pamong.web.shapes import uid_of

KEY = "kunci"
REASON_MOST = 500
_LEADS_TO = "delay"


class DelayForm(forms.Form):
    """Until which month, and why."""

    until = DayField(
        label=gettext_lazy("Ditunda sampai"),
        help_text=gettext_lazy("Tanggal 1 bulan kenaikannya dapat diberikan lagi."),
        error_messages=faults(gettext_lazy("Ditunda sampai")),
    )
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        help_text=gettext_lazy("Satu kalimat. Pegawainya membacanya di keputusan."),
        widget=forms.Textarea,
        max_length=REASON_MOST,
        error_messages=faults(gettext_lazy("Alasan")),
    )


@require_safe
@login_required
@missing(DueNotFound)
def show(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a raise, what it rests on, and what was made of it."""
    row = queries.get_due(actor=request.actor, at=request.at, uid=uid)
    return render(request, "career/due.html", _context(request, row))


@require_POST
@login_required
@missing(DueNotFound)
def prepare(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Propose the letter of a raise."""
    key = uid_of(request.POST.get(KEY, "")) or uuid4()
    access.require(request.actor, policies.PREPARE)
    with Refusal(DueNotFound) as refused:
        done = services.prepare_raise(actor=request.actor, at=request.at, due=uid, key=key)
        messages.success(request, _("Suratnya disiapkan. Petugas lain memeriksanya, lalu ditandatangani."))
        return redirect("decisions:decision", done.uid)
    messages.warning(request, refused.told)
    return redirect("career:due", uid)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(DueNotFound)
def delay(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Propose that a raise is delayed for performance."""
    access.require(request.actor, policies.PREPARE)
    row = queries.get_due(actor=request.actor, at=request.at, uid=uid)
    if not within(request.actor, policies.PREPARE, row.person.id):
        raise DueNotFound
    if not _prepares(request, row):
        messages.warning(request, _("Penundaan kenaikan Anda sendiri diusulkan oleh petugas lain."))
        return redirect("career:due", uid)
    form = DelayForm(request.POST if request.method == "POST" else None)
    key = uid_of(request.POST.get(KEY, "")) or uuid4()
    if request.method == "POST" and form.is_valid():
        with Refusal(DueNotFound, form=form):
            done = services.prepare_delay(
                actor=request.actor, at=request.at, due=uid, key=key, **form.cleaned_data
            )
            messages.success(request, _("Penundaan diusulkan. Petugas lain memeriksanya dulu."))
            return redirect("decisions:decision", done.uid)
    context = _context(request, row) | {"form": form, "key": key}
    return render(request, "career/delay.html", context, status=422 if form.errors else 200)


def _context(request: ActingRequest, row: DueRow) -> dict[str, Any]:
    case = queries.cases_of([row.person.id]).get(row.person.id)
    waits = case if case is not None and case.waits else None
    free = _prepares(request, row) and waits is None
    return {
        "row": row,
        "case": case if case is not None and case.effective_on == row.effective_on else None,
        "may_prepare": free and row.effect is not Effect.BLOCK,
        "may_delay": free and _leads(row),
        "key": uuid4(),
        "masked": masked_nip,
        "words": words,
        "open_file": within(request.actor, "people:read", row.person.id),
    }


def _prepares(request: ActingRequest, row: DueRow) -> bool:
    """Whether the reader prepares such letters, and it is not his own."""
    own = row.person.id == request.actor.person_id
    return not own and within(request.actor, policies.PREPARE, row.person.id)


def _leads(row: DueRow) -> bool:
    return any(each.leads_to == _LEADS_TO for each in row.conditions)
