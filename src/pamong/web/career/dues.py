"""Whose raise takes effect in a month, how it stands, and what was made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pamong.access import policies as access
from pamong.access.middleware import ActingRequest
from pamong.career import policies, queries
from pamong.career.choices import Effect
from pamong.career.queries import DueCounts
from pamong.organisation.choices import PostKind
from pamong.people import queries as people
from pamong.web import render
from pamong.web.career import words
from pamong.web.formats import angka, bulan
from pamong.web.jinja import url
from pamong.web.months import month_of
from pamong.web.people.words import masked_nip
from pamong.web.shapes import Pages, Tab, page_href, page_number


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. ``level``: a kind of post, ``standing``: of ``words.WORDS``; '' for all."""

    month: date
    unit: str
    level: str
    standing: str


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List a month's raises: those to look at first."""
    months = queries.list_due_months(actor=request.actor)
    asked = _asked(request.GET, [month for month, _count in months], request.actor.on)
    effect, unknown = words.STANDINGS.get(asked.standing, (None, None))
    found = queries.list_due(
        actor=request.actor, at=request.at, on=asked.month, unit=asked.unit,
        levels=[asked.level] if asked.level else (), effect=effect, unknown=unknown,
        page=page_number(request.GET),
    )  # fmt: skip
    context = {
        "found": found,
        "asked": asked,
        "months": months,
        "counts": _counts(found.counts),
        "cases": queries.cases_of([row.person.id for row in found.rows]),
        "sentence": _sentence(found.counts, asked.month),
        "offices": people.list_offices(actor=request.actor, on=request.actor.on),
        "levels": list(PostKind),
        "masked": masked_nip,
        "tabs": tabs(bool(access.may_over(request.actor, policies.CHANGES, "")), "career:dues"),
        "words": words,
        "pages": Pages(found.page, found.last, lambda number: page_href(request.GET, number)),
    }
    return render(request, "career/dues.html", context)


def tabs(may_changes: bool, current: str) -> tuple[Tab, ...]:
    """The list of those due beside the change list, for who may see both."""
    both = (("career:dues", _("Jatuh tempo")), ("career:changes", _("Perubahan gaji")))
    return tuple(Tab(label, url(name), name == current) for name, label in both) if may_changes else ()


def _asked(query: QueryDict, months: Sequence[date], today: date) -> Asked:
    """The month that the address names; else the first that is to come, else the last one there is."""
    ahead = [month for month in months if month >= today.replace(day=1)]
    usual = ahead[0] if ahead else (months[-1] if months else today.replace(day=1))
    level, standing = query.get("jenjang", ""), query.get("keadaan", "")
    return Asked(
        month_of(query.get("bulan", "")) or usual,
        query.get("unit", "")[:100],
        level if level in list(PostKind) else "",
        standing if standing in words.WORDS else "",
    )


def _counts(counts: DueCounts) -> dict[str, int]:
    """How many stand how."""
    held = counts.by_effect[Effect.BLOCK]
    return {
        words.READY: counts.by_effect[Effect.ALLOW], words.REASON: counts.by_effect[Effect.WARN],
        words.NOT_MET: held - counts.unknown, words.UNKNOWN: counts.unknown,
    }  # fmt: skip


def _sentence(counts: DueCounts, month: date) -> str:
    if not counts.all:
        return _("Tidak ada kenaikan gaji berkala yang berlaku mulai %(month)s.") % {"month": bulan(month)}
    told = ngettext(
        "%(count)s kenaikan gaji berkala berlaku mulai %(month)s.",
        "%(count)s kenaikan gaji berkala berlaku mulai %(month)s.",
        counts.all,
    )
    return told % {"count": angka(counts.all), "month": bulan(month)}
