"""Seats without a regular holder as a page, by month: managerial ones first, frozen ones apart."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pamong.access.middleware import ActingRequest
from pamong.kernel.clock import format_date, format_month
from pamong.organisation import policies
from pamong.organisation.choices import PostKind, is_code
from pamong.people import queries as people
from pamong.people.queries import VacancyPage
from pamong.web import handing, render
from pamong.web.formats import angka
from pamong.web.handing import CSV, XLSX, Download, UnknownFile
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.months import month_of, months_around
from pamong.web.organisation import words
from pamong.web.organisation.filling import fillable
from pamong.web.shapes import Link, Pages, Tab, page_number

PROGRAM = "pamong.jobs.lists"
KINDS = {"xlsx": XLSX, "csv": CSV}
MONTHS_BACK, MONTHS_AHEAD = 24, 6


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: a month, a unit with all below it, a kind of post, frozen seats or others.

    ``on`` is the day that the month is shown by: today in this month, else its last day.
    """

    month: date
    on: date
    unit: str
    kind: str
    frozen: bool
    page: int

    @property
    def query(self) -> dict[str, str]:
        """What links take along."""
        frozen = "beku" if self.frozen else ""
        return {"bulan": f"{self.month:%Y-%m}", "unit": self.unit, "jabatan": self.kind, "keadaan": frozen}


@dataclass(frozen=True, slots=True)
class ListPage:
    """What surrounds the list: its sentence, its tabs and pages, its files to take along, its choices."""

    sentence: str
    tabs: tuple[Tab, ...]
    pages: Pages
    downloads: tuple[Link, ...]
    months: tuple[tuple[str, str], ...]


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List the seats that nobody holds for good, as of a month."""
    actor, asked = request.actor, asked_of(request.GET, request.actor.on)
    found = people.list_vacancies(
        actor=actor, on=asked.on, below=asked.unit, kind=asked.kind, frozen=asked.frozen, page=asked.page
    )
    context = {
        "found": found,
        "asked": asked,
        "page": list_page(found, asked, actor.on),
        "offices": people.list_offices(actor=actor, on=asked.on),
        "kinds": PostKind,
        "words": words,
        # Who may propose, may today: on another month's list the seat may be filled by now.
        "fillable": fillable(actor, found.rows) if asked.on == actor.on else (),
        "may_change": bool(policies.may_change(actor)),
    }
    return render(request, "organisation/vacancies.html", context, block="rows")


@require_safe
@login_required
@missing(UnknownFile)
def export(request: ActingRequest, kind: str) -> HttpResponse:
    """Hand out the list, narrowed as it is shown, as a file."""
    policies.require_read(request.actor)
    if kind not in KINDS:
        raise UnknownFile
    asked = asked_of(request.GET, request.actor.on)
    told = {"on": asked.on.isoformat(), "unit": asked.unit, "kind": asked.kind, "frozen": asked.frozen}
    arguments = ["vacancies", kind, str(request.actor.user_id), request.at.isoformat(), json.dumps(told)]
    name = f"jabatan-{'dibekukan' if asked.frozen else 'kosong'}-{asked.month:%Y-%m}.{kind}"
    return handing.answer(Download(name, KINDS[kind], handing.run(PROGRAM, *arguments)), "attachment")


def asked_of(query: QueryDict, today: date) -> Asked:
    """What the address asks for; what is not known is left out."""
    month = _month(query.get("bulan", "")) or today.replace(day=1)
    kind = query.get("jabatan", "")
    return Asked(
        month=month,
        on=today if (month.year, month.month) == (today.year, today.month) else _last(month),
        unit=unit if is_code(unit := query.get("unit", "")) else "",
        kind=kind if kind in list(PostKind) else "",
        frozen=query.get("keadaan", "") == "beku",
        page=page_number(query),
    )


def list_page(found: VacancyPage, asked: Asked, today: date) -> ListPage:
    """What surrounds a page of the list."""
    query = {name: value for name, value in asked.query.items() if value}
    others = {name: value for name, value in query.items() if name != "keadaan"}
    files = [Link(kind.upper(), url("organisation:vacancies_export", kind, **query)) for kind in KINDS]
    return ListPage(
        _sentence(found, asked),
        (
            Tab(
                _("Kosong atau dijabat Plt/Plh"),
                url("organisation:vacancies", **others),
                not asked.frozen,
                found.vacant + found.acting,
            ),
            Tab(
                _("Dibekukan"),
                url("organisation:vacancies", **others, keadaan="beku"),
                asked.frozen,
                found.frozen,
            ),
        ),
        Pages(found.page, found.last, lambda number: url("organisation:vacancies", hal=number, **query)),
        tuple(files) if found.total else (),
        tuple(_months(today, asked.month)),
    )


def _sentence(found: VacancyPage, asked: Asked) -> str:
    if asked.frozen:
        told = ngettext(
            "%(count)s posisi dibekukan pada %(date)s.",
            "%(count)s posisi dibekukan pada %(date)s.",
            found.frozen,
        )
        return told % {"count": angka(found.frozen), "date": format_date(asked.on)}
    return _(
        "Pada %(date)s, %(managerial)s jabatan pemimpin dan %(others)s posisi lain "
        "tidak memiliki pejabat tetap."
    ) % {
        "date": format_date(asked.on),
        "managerial": angka(found.managerial),
        "others": angka(found.vacant + found.acting - found.managerial),
    }


def _months(today: date, asked: date) -> list[tuple[str, str]]:
    """The months to choose from, newest first, with the one asked for."""
    months = {*months_around(today, MONTHS_BACK, MONTHS_AHEAD), asked.replace(day=1)}
    return [(f"{each:%Y-%m}", format_month(each.year, each.month)) for each in sorted(months, reverse=True)]


def _month(text: str) -> date | None:
    found = month_of(text)
    return found if found and 1950 <= found.year <= 2100 else None


def _last(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
