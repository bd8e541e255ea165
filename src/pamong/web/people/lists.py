"""The directory and the search as pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from pamong.access import policies
from pamong.access.middleware import ActingRequest
from pamong.organisation import queries as organisation
from pamong.organisation.choices import PostKind
from pamong.people import policies as of_people
from pamong.people import queries
from pamong.people.choices import EmploymentKind, EndReason
from pamong.people.errors import ReasonMissing
from pamong.people.queries import Asked, PeoplePage, PersonRow
from pamong.web import render
from pamong.web.formats import angka
from pamong.web.handing import UnknownFile
from pamong.web.jinja import url
from pamong.web.law.reading import parameters_of, value_on
from pamong.web.missing import missing
from pamong.web.people import downloads, words
from pamong.web.people.asof import AsOf, as_of
from pamong.web.shapes import Link, Pages, page_number

STATUSES = {"aktif": "active", "berakhir": "ended", "semua": ""}
LADDERS = {"PNS": "pay/base_salary_pns", "PPPK": "pay/base_salary_pppk"}
LEAST_LETTERS = 2
FEW, MANY = 6, 30  # below the search box while typing, and on a page of its own


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address asks of the directory, in its own words."""

    asked: Asked
    status: str
    page: int

    @property
    def query(self) -> dict[str, str]:
        """What links take along."""
        asked = self.asked
        return {
            "q": asked.words,
            "unit": asked.unit,
            "jenis": asked.kind,
            "jabatan": asked.post_kind,
            "gol": asked.golongan,
            "keadaan": self.status if self.status != "aktif" else "",
        }

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for at all."""
        return any(self.query.values())


@dataclass(frozen=True, slots=True)
class ListPage:
    """What surrounds the directory: its sentence, its pages, its files to take along."""

    sentence: str
    pages: Pages
    downloads: tuple[Link, ...]


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List the people within the actor's reach as of a date, narrowed by what is asked for."""
    shown, asked = as_of(request), asked_of(request.GET)
    actor = request.actor
    found = queries.list_people(actor=actor, at=request.at, on=shown.on, asked=asked.asked, page=asked.page)
    context = {
        "found": found,
        "asked": asked,
        "as_of": shown,
        "page": list_page(found, asked, shown, bool(policies.may(actor, "people:export"))),
        "offices": queries.list_offices(actor=actor, on=shown.on),
        "ladders": ladders(shown.on),
        "choices": {"kinds": EmploymentKind, "post_kinds": PostKind, "statuses": _statuses()},
        "masked": words.masked_nip,
        "ended": partial(ended, on=shown.on),
        "erases": any(policies.may_over(actor, right, "") for right in of_people.ERASING),
    }
    return render(request, "people/index.html", context, block="rows")


@require_safe
@login_required
def search(request: ActingRequest) -> HttpResponse:
    """Find people by parts of the name or the beginning of a NIP, while typing or as a page."""
    typed, actor = request.GET.get("q", "").strip()[:100], request.actor
    most = FEW if request.htmx else MANY  # type: ignore[attr-defined]
    enough = len(typed) >= LEAST_LETTERS
    context = {
        "typed": typed,
        "enough": enough,
        "people": queries.find_people(actor=actor, at=request.at, on=actor.on, words=typed, most=most),
        "units": organisation.find_units(actor=actor, words=typed, on=actor.on, limit=most) if enough else [],
        "masked": words.masked_nip,
    }
    return render(request, "people/search.html", context, block="found")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(UnknownFile)
def export(request: ActingRequest, kind: str) -> HttpResponse:
    """Hand out the directory, narrowed as it is shown, as a file: sent with a reason, with NIP in full."""
    shown, asked = as_of(request), asked_of(request.GET)
    policies.require(request.actor, "people:export")
    try:
        reason = downloads.reason_of(request)
    except ReasonMissing as error:
        messages.warning(request, str(error))
        return redirect(url("people:index", **asked.query, **shown.query))
    return downloads.people(request, kind, asked.asked, shown.on, reason)


def asked_of(query: QueryDict) -> Filter:
    """What the address asks for; what is not known is left out."""
    status = query.get("keadaan", "aktif")
    status = status if status in STATUSES else "aktif"
    asked = Asked(
        words=query.get("q", "").strip()[:100],
        unit=query.get("unit", "")[:100],
        kind=_known(query, "jenis", EmploymentKind),
        post_kind=_known(query, "jabatan", PostKind),
        golongan=query.get("gol", "")[:10],
        status=STATUSES[status],
    )
    return Filter(asked, status, page_number(query))


def list_page(found: PeoplePage, asked: Filter, shown: AsOf, may_export: bool) -> ListPage:
    """What surrounds a page of the directory."""
    query = {name: value for name, value in (asked.query | shown.query).items() if value}
    files = [Link(kind.upper(), url("people:export", kind, **query)) for kind in downloads.KINDS]
    told = ngettext("%(count)s orang cocok.", "%(count)s orang cocok.", found.total)
    return ListPage(
        told % {"count": angka(found.total)},
        Pages(found.page, found.last, lambda number: url("people:index", hal=number, **query)),
        tuple(files) if may_export and found.total else (),
    )


def ladders(on: date) -> dict[str, list[str]]:
    """Every golongan of each kind of service, as the tables of base salary have them on a date."""
    known = parameters_of("")
    found = {}
    for kind, key in LADDERS.items():
        dated = value_on(known[key], on) or known[key].history[-1]
        table: Any = dated.value
        found[kind] = list(dict.fromkeys(golongan for golongan, _years in table))
    return found


def ended(row: PersonRow, on: date) -> str:
    """Why and since when somebody serves no more; '' for those in service."""
    if not row.ends_on or row.ends_on > on:
        return ""
    return EndReason(row.end_reason).label if row.end_reason else str(_("Berakhir"))


def _statuses() -> dict[str, str]:
    return {"aktif": _("bertugas"), "berakhir": _("sudah berakhir"), "semua": _("semua")}


def _known(query: QueryDict, name: str, kinds: Any) -> str:
    value = query.get(name, "")
    return value if value in list(kinds) else ""
