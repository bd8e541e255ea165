"""One's own month in ten seconds, the team's by exception, the office's before it closes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.access.policies import may, require
from pamong.decisions.site import chosen_law
from pamong.kernel.errors import DomainError
from pamong.performance import policies, services
from pamong.performance.choices import State
from pamong.performance.errors import RowsRefused
from pamong.web import render
from pamong.web.formats import angka
from pamong.web.jinja import url
from pamong.web.performance import reading
from pamong.web.performance.forms import EntryForm, TeamForm
from pamong.web.refusals import Refusal
from pamong.web.shapes import Notice, Pages, Tab

TONES = {State.ENTERED: "attention", State.VERIFIED: "good"}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mine(request: ActingRequest) -> HttpResponse:
    """Show one's own month, and take its minutes."""
    require(request.actor, policies.ENTER)
    if request.actor.person_id is None:
        return render(request, "performance/mine.html", {"page": None})
    page = reading.own_page(request)
    law, sent = chosen_law(), request.method == "POST"
    form = EntryForm(request.POST if sent else None, initial=_own_values(page))
    if sent and law is not None and form.is_valid():
        with Refusal(NotAllowed, form=form):
            services.enter_month(
                actor=request.actor, at=request.at, month=page.steps.month, law=law, **form.cleaned_data
            )
            messages.success(request, _("Terkirim. Atasan Anda akan memverifikasinya."))
            return redirect(url("performance:mine", bulan=f"{page.steps.month:%Y-%m}"))
    context = {"page": page, "form": form, "tones": TONES, "leads": bool(may(request.actor, policies.VERIFY))}
    return render(request, "performance/mine.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def team(request: ActingRequest) -> HttpResponse:
    """Show how the month of one's people stands, and take what the superior makes of it."""
    require(request.actor, policies.VERIFY)
    page, law = reading.team_page(request), chosen_law()
    sent = request.POST if request.method == "POST" else None
    form = TeamForm(page.rows, page.fields, page.odd, sent)
    told: list[Notice] = []
    if sent is not None and law is not None:
        try:
            count = services.verify_months(
                actor=request.actor, at=request.at, month=page.steps.month, judged=form.judged(), law=law
            )
        except NotAllowed:
            raise
        except RowsRefused as error:
            form = TeamForm(page.rows, page.fields, page.odd, sent, error.by_person)
            names = {row.uid: row.name for row in page.rows}
            told = [
                Notice(f"{names.get(uid, '')}: {why}", f"#isian-{uid}")
                for uid, why in error.by_person.items()
            ]
        except DomainError as error:
            told = [Notice(str(error))]
        else:
            _tell(request, count)
            return redirect(url("performance:team", bulan=f"{page.steps.month:%Y-%m}"))
    context = {"page": page, "form": form, "told": told, "tones": TONES}
    return render(request, "performance/team.html", context, status=422 if told else 200)


@require_safe
@login_required
def office(request: ActingRequest) -> HttpResponse:
    """Show whose month is missing, waits, or is verified in one's office."""
    steps, found, state = reading.office_page(request)
    month = f"{steps.month:%Y-%m}"
    words = {
        "missing": _("Belum mengisi"),
        "entered": _("Menunggu verifikasi"),
        "verified": _("Terverifikasi"),
    }
    tabs = [
        Tab(label, url("performance:office", bulan=month, keadaan=code), code == state, found.counts[code])
        for code, label in words.items()
    ]
    pages = Pages(
        found.page,
        found.last,
        lambda number: url("performance:office", bulan=month, keadaan=state, hal=number),
    )
    context = {"steps": steps, "found": found, "tabs": tabs, "pages": pages, "state": state}
    return render(request, "performance/office.html", context)


def _own_values(page: reading.OwnPage) -> dict[str, Any]:
    """What stands in the form at first: what was entered, else a month that is over as the law counts it in
    full."""
    if page.own is not None and page.own.values["minutes"] is not None:
        return {"minutes": angka(page.own.values["minutes"]), "note": page.own.note}
    usual = None if page.asked is None or page.running else page.asked.usual
    return {} if usual is None else {"minutes": angka(usual)}


def _tell(request: ActingRequest, count: int) -> None:
    if count:
        said = ngettext("%(count)s isian diverifikasi.", "%(count)s isian diverifikasi.", count)
        messages.success(request, said % {"count": angka(count)})
    else:
        messages.info(request, _("Tidak ada yang dipilih atau diubah, jadi tidak ada yang diverifikasi."))
