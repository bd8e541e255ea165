"""The change list of salaries: what the treasury pays otherwise from a month on, and by which orders."""

from __future__ import annotations

import json
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pamong.access import policies as access
from pamong.access.middleware import ActingRequest
from pamong.career import policies, queries
from pamong.career.queries import ChangeList
from pamong.decisions.site import site_law
from pamong.kernel.period import first_of_month
from pamong.web import handing, render
from pamong.web.career.dues import tabs
from pamong.web.formats import angka, bulan, tanggal
from pamong.web.handing import CSV, XLSX, Download, UnknownFile
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.months import month_of
from pamong.web.people.words import masked_nip
from pamong.web.shapes import Link, Pages, page_href, page_number

PROGRAM = "pamong.jobs.lists"
KINDS = {"xlsx": XLSX, "csv": CSV}


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List whose base salary changes with the salary of a month."""
    access.require_whole(request.actor, policies.CHANGES)
    found = queries.list_changes(
        actor=request.actor, at=request.at, month=_month(request), law=site_law(),
        page=page_number(request.GET),
    )  # fmt: skip
    context = {
        "found": found,
        "sentence": _sentence(found),
        "cutoff": _cutoff(found, request.actor.on),
        "masked": masked_nip,
        "downloads": _downloads(found.month) if found.rows else (),
        "tabs": tabs(bool(access.may(request.actor, policies.READ)), "career:changes"),
        "pages": Pages(found.page, found.last, lambda number: page_href(request.GET, number)),
    }
    return render(request, "career/changes.html", context)


@require_safe
@login_required
@missing(UnknownFile)
def export(request: ActingRequest, kind: str) -> HttpResponse:
    """Hand out the list of a month as a file, with NIP in full: the treasury pays by it."""
    access.require_whole(request.actor, policies.CHANGES)
    if kind not in KINDS:
        raise UnknownFile
    month = _month(request)
    told = json.dumps({"month": month.isoformat()})
    arguments = ["salary_changes", kind, str(request.actor.user_id), request.at.isoformat(), told]
    name = f"perubahan-gaji-{month:%Y-%m}.{kind}"
    return handing.answer(Download(name, KINDS[kind], handing.run(PROGRAM, *arguments)), "attachment")


def _month(request: ActingRequest) -> date:
    """The month that the address names, else the next one."""
    return month_of(request.GET.get("bulan", "")) or first_of_month(request.actor.on, 1)


def _sentence(found: ChangeList) -> str:
    this = next((each for each in found.months if each.month == found.month), None)
    if this is None:
        return _("Belum ada perubahan gaji untuk %(month)s.") % {"month": bulan(found.month)}
    told = ngettext(
        "%(count)s perubahan gaji untuk %(month)s.", "%(count)s perubahan gaji untuk %(month)s.", this.count
    )
    return told % {"count": angka(this.count), "month": bulan(found.month)}


def _cutoff(found: ChangeList, today: date) -> str:
    """Until when orders come into it."""
    if found.cutoff is None:
        return _("Tanggal batas daftar ini belum ditetapkan di profil daerah.")
    day = tanggal(found.cutoff.value)
    if found.cutoff.value < today:
        return _("Tertutup sesudah %(day)s. Surat yang lebih baru masuk daftar bulan berikutnya.") % {
            "day": day
        }
    return _("Surat yang ditandatangani sampai %(day)s masuk daftar ini.") % {"day": day}


def _downloads(month: date) -> tuple[Link, ...]:
    return tuple(
        Link(kind.upper(), url("career:changes_export", kind, bulan=f"{month:%Y-%m}")) for kind in KINDS
    )
