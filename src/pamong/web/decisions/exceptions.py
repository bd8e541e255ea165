"""The inspector's register: what was decided otherwise than on the plain path, and in which words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from pamong.access import clock, policies
from pamong.access.middleware import ActingRequest
from pamong.decisions import queries
from pamong.decisions.policies import EXCEPTIONS
from pamong.web import handing, render
from pamong.web.days import parse_day
from pamong.web.decisions import words
from pamong.web.decisions.inbox import tabs
from pamong.web.handing import CSV, XLSX, Download, UnknownFile
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.shapes import Link

PROGRAM = "pamong.jobs.lists"
KINDS = {"xlsx": XLSX, "csv": CSV}
BACK = timedelta(days=90)  # so far the page looks unless it is asked otherwise


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: one sort of departure or '' for all, and since which day."""

    what: str
    since: date

    @property
    def query(self) -> dict[str, str]:
        """What links take along."""
        return {"apa": self.what, "sejak": self.since.isoformat()}

    @property
    def began(self) -> datetime:
        """When that day began, as the database's clock had it."""
        return clock.stamped(datetime.combine(self.since, time(), ZoneInfo(settings.PAMONG_ZONE)))


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """List the departures since a day, newest first."""
    policies.require_whole(request.actor, EXCEPTIONS)
    asked = asked_of(request.GET, request.actor.on)
    rows = queries.list_exceptions(actor=request.actor, at=request.at, since=asked.began, what=asked.what)
    context = {
        "rows": rows,
        "asked": asked,
        "words": words,
        "full": len(rows) >= queries.EXCEPTIONS_MOST,
        "downloads": _downloads(asked) if rows else (),
        "tabs": tabs(request, "decisions:exceptions"),
    }
    return render(request, "decisions/exceptions.html", context)


@require_safe
@login_required
@missing(UnknownFile)
def export(request: ActingRequest, kind: str) -> HttpResponse:
    """Hand out the list, narrowed as it is shown, as a file."""
    policies.require_whole(request.actor, EXCEPTIONS)
    if kind not in KINDS:
        raise UnknownFile
    asked = asked_of(request.GET, request.actor.on)
    told = {"since": asked.began.isoformat(), "what": asked.what}
    arguments = ["exceptions", kind, str(request.actor.user_id), request.at.isoformat(), json.dumps(told)]
    name = f"pengecualian-sejak-{asked.since:%Y-%m-%d}.{kind}"
    return handing.answer(Download(name, KINDS[kind], handing.run(PROGRAM, *arguments)), "attachment")


def asked_of(query: QueryDict, today: date) -> Asked:
    """What the address asks for; what is not known is left out."""
    what = query.get("apa", "")
    since = parse_day(query.get("sejak", "")[:40])
    return Asked(what if what in words.EXCEPTIONS else "", since or today - BACK)


def _downloads(asked: Asked) -> tuple[Link, ...]:
    tail = urlencode(asked.query)
    return tuple(Link(kind.upper(), f"{url('decisions:exceptions_export', kind)}?{tail}") for kind in KINDS)
