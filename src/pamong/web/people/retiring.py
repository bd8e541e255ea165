"""Who retires when: by month, with the article that says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from pamong.access import policies
from pamong.access.middleware import ActingRequest
from pamong.kernel.clock import format_date
from pamong.kernel.period import first_of_month
from pamong.people import queries
from pamong.people.errors import ReasonMissing
from pamong.people.queries import Part, RetirementPlan, Retiring
from pamong.web import render
from pamong.web.formats import angka, bulan
from pamong.web.handing import UnknownFile
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.months import month_of
from pamong.web.people import downloads, law, words
from pamong.web.shapes import Link, Node, Notice, Pages, page_number

SPANS = (1, 2, 5)  # years ahead
PARTS = {"": Part.COMING, "terlewat": Part.OVERDUE, "belum-jelas": Part.UNKNOWN}
_WORDS = {part: word for word, part in PARTS.items()}


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the list: how many, and where they are listed."""

    title: str
    count: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class RetiringPage:
    """What is asked for, the months, and what of them is shown.

    ``overdue`` names the first few; ``more`` leads to the whole list of a part, '' where it is shown.
    """

    plan: RetirementPlan
    part: Part
    months: tuple[Month, ...]
    overdue: tuple[Notice, ...]
    more: Mapping[str, str]
    chosen: bool
    title: str
    sentence: str
    most: int
    span: int
    unit: str
    downloads: tuple[Link, ...]
    pages: Pages


@require_safe
@login_required
def retirements(request: ActingRequest) -> HttpResponse:
    """Show who retires in the coming years, month by month, as the law says today."""
    context = {
        "page": retiring_page(request),
        "spans": SPANS,
        "offices": queries.list_offices(actor=request.actor, on=request.actor.on),
        "masked": words.masked_nip,
        "why": why,
    }
    return render(request, "people/retirements.html", context, block="months")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@missing(UnknownFile)
def export(request: ActingRequest, kind: str) -> HttpResponse:
    """Hand out the list of all months as a file: sent with a reason, with NIP in full."""
    span, unit, on = span_of(request), request.GET.get("unit", "")[:100], request.actor.on
    try:
        reason = downloads.reason_of(request)
    except ReasonMissing as error:
        messages.warning(request, str(error))
        return redirect(url("people:retirements", unit=unit, tahun=str(span)))
    told = {"on": on.isoformat(), "until": until(on, span).isoformat(), "unit": unit, "reason": reason}
    return downloads.retiring(request, kind, told, f"pensiun-{on:%Y-%m}-{span}-tahun")


def retiring_page(request: ActingRequest) -> RetiringPage:
    """Read the list for the span, the unit and the month of the address."""
    actor, unit, span = request.actor, request.GET.get("unit", "")[:100], span_of(request)
    chosen = month_of(request.GET.get("bulan", ""))
    part = PARTS.get(request.GET.get("bagian", ""), Part.COMING)
    plan = queries.plan_retirements(
        actor=actor,
        at=request.at,
        on=actor.on,
        law=law.national(),
        until=until(actor.on, span),
        month=chosen,
        unit=unit,
        part=part,
        page=page_number(request.GET),
    )
    address = partial(url, "people:retirements", unit=unit, tahun=str(span))
    month = f"{chosen:%Y-%m}" if chosen else ""
    total = sum(count for _month, count in plan.months)
    may_export = bool(policies.may(actor, "people:export"))
    return RetiringPage(
        plan,
        part,
        _months(plan, chosen, address),
        tuple(_notice(each) for each in plan.overdue),
        {each.value: address(bagian=_WORDS[each]) if _folded(plan, each) else "" for each in Part},
        chosen is not None,
        _title(part, chosen),
        _sentence(total, span),
        max((count for _month, count in plan.months), default=0),
        span,
        unit,
        _files(span, unit) if may_export and total else (),
        Pages(plan.page, plan.last, lambda number: address(bulan=month, bagian=_WORDS[part], hal=number)),
    )


def why(each: Retiring) -> tuple[Node, ...]:
    """Where the date of somebody's retirement comes from."""
    when = each.when
    if when is None:
        return ()
    born = Node(_("Lahir"), format_date(each.person.birth_date))
    age = law.cited(_age_of(each), f"{when.age.value} tahun", when.age)
    start = law.cited(
        _("Pensiun mulai, sesudah bulan ulang tahunnya"), f"{when.start.value} bulan", when.start
    )
    node = Node(_("Pensiun terhitung mulai"), format_date(when.starts_on), children=(born, age, start))
    return (node,)


def _age_of(each: Retiring) -> str:
    """Of which post the age limit is."""
    if each.last is None:
        return _("Batas usia pensiun jabatannya")
    told = _("Batas usia pensiun jabatan terakhirnya, %(post)s (sampai %(date)s)")
    return told % {"post": each.last.name, "date": format_date(each.last.last_day)}


def span_of(request: ActingRequest) -> int:
    """How many years ahead."""
    asked = request.GET.get("tahun", "")
    return int(asked) if asked in map(str, SPANS) else SPANS[0]


def until(on: date, years: int) -> date:
    """The first month after the span: this month and as many years."""
    return first_of_month(on, years * 12 + 1)


def _months(plan: RetirementPlan, chosen: date | None, address: Callable[..., str]) -> tuple[Month, ...]:
    return tuple(
        Month(bulan(month), count, address(bulan=f"{month:%Y-%m}"), month == chosen)
        for month, count in plan.months
    )


def _folded(plan: RetirementPlan, part: Part) -> bool:
    """Whether only the first few of a part stand beside the months."""
    beside = {Part.OVERDUE: plan.overdue, Part.UNKNOWN: plan.unknown}
    return part in beside and plan.counts[part] > len(beside[part])


def _title(part: Part, month: date | None) -> str:
    if part is Part.OVERDUE:
        return _("Sudah melewati batas usia")
    if part is Part.UNKNOWN:
        return _("Belum dapat ditentukan")
    return bulan(month) if month else _("Semua bulan")


def _notice(each: Retiring) -> Notice:
    assert each.when is not None  # noqa: S101 (overdue is who has a date, and it has passed)
    told = _("%(name)s sejak %(date)s: catat pensiunnya, atau betulkan datanya.")
    values = {"name": each.person.full_name, "date": format_date(each.when.starts_on)}
    return Notice(told % values, url("people:person", each.person.uid))


def _sentence(total: int, span: int) -> str:
    told = ngettext(
        "%(count)s orang mencapai batas usia pensiun dalam %(years)s tahun ke depan.",
        "%(count)s orang mencapai batas usia pensiun dalam %(years)s tahun ke depan.",
        total,
    )
    return told % {"count": angka(total), "years": span}


def _files(span: int, unit: str) -> tuple[Link, ...]:
    return tuple(
        Link(kind.upper(), url("people:export_retirements", kind, unit=unit, tahun=str(span)))
        for kind in downloads.KINDS
    )
