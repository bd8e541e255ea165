"""The month as a path: five stages with what stands in each, the lists by OPD, who stands beside them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pamong.access.errors import NotAllowed
from pamong.access.middleware import ActingRequest
from pamong.kernel.errors import DomainError
from pamong.pay import path, policies
from pamong.pay.choices import SlipState
from pamong.pay.errors import PayListNotFound
from pamong.pay.events import ListMoved
from pamong.web import render
from pamong.web.formats import angka
from pamong.web.ledger.seals import seals
from pamong.web.missing import missing
from pamong.web.pay import path_words, words
from pamong.web.refusals import Refusal


class NoSuchMonth(DomainError):
    """The address names no month."""

    def __init__(self) -> None:
        super().__init__("Bulan ini tidak ada. Pilih bulan dari halaman Pembayaran.")


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """Lead to the newest month that has anything."""
    months = path.list_months(actor=request.actor)
    newest = months[0] if months else request.actor.on
    return redirect("pay:month", newest.year, f"{newest:%m}")


@require_safe
@login_required
@missing(NoSuchMonth)
def month(request: ActingRequest, year: int, number: str) -> HttpResponse:
    """Show the path of a month."""
    view = path.open_month(actor=request.actor, month=month_of(year, number))
    how = path_words.asked(request.GET)
    context = {
        "view": view,
        "asked": how,
        "rows": path_words.rows_of(view, how),
        "columns": path_words.columns(view, how),
        "tabs": path_words.month_tabs(view),
        "stages": list(path_words.month_stages(view)),
        "sentence": path_words.sentence(view),
        "biggest": path_words.biggest(view.lists),
        "signed": path_words.signed,
        "tones": path_words.TONES,
        "slip_tones": words.SLIP_TONES,
        "slip_state": SlipState,
        "reads_all": policies.reads_all(request.actor),
        "reads_owing": policies.reads_owing(request.actor),
        "seals": seals(request, [row.uid for row in view.lists], ListMoved.kind),
    }
    return render(request, "pay/month.html", context)


def month_of(year: int, number: str) -> date:
    """The first day of the month that an address names. NoSuchMonth."""
    try:
        return date(year, int(number), 1)
    except ValueError as error:
        raise NoSuchMonth from error


@require_POST
@login_required
@missing(NoSuchMonth, PayListNotFound)
def open_lists(request: ActingRequest, year: int, number: str) -> HttpResponse:
    """Make the lists of the month from its newest run, or those anew that nobody has signed; from one of
    another kind where that is the one asked for."""
    first = month_of(year, number)
    view = path.open_month(actor=request.actor, month=first)
    offered = [each for each in (view.other, view.run) if each]
    wished = request.POST.get("hitungan", "")
    run = next((each for each in offered if str(each.uid) == wished), None) if wished else view.run
    if run is None:
        policies.require_run(request.actor)
        raise PayListNotFound
    with Refusal(NotAllowed) as refused:
        made = path.open_lists(actor=request.actor, at=request.at, run=run.uid, demo=settings.PAMONG_DEMO)
        told = _("%(made)s daftar dibuat, %(replaced)s disusun lagi, %(kept)s tetap.")
        counts = {"made": angka(made.made), "replaced": angka(made.replaced), "kept": angka(made.kept)}
        messages.success(request, told % counts)
    if refused.told:
        messages.warning(request, refused.told)
    return redirect("pay:month", first.year, f"{first:%m}")
