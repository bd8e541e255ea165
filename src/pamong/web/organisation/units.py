"""A unit as pages: its seats and who has them, what it needs, what became of it, and its chart."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pamong.access.middleware import ActingRequest
from pamong.kernel.clock import format_date
from pamong.ledger.choices import SealKind
from pamong.organisation import policies
from pamong.organisation import queries as organisation
from pamong.organisation.choices import UnitKind
from pamong.organisation.errors import UnitNotFound
from pamong.organisation.queries import ProposalRow, UnitHistoryRow
from pamong.people import queries as people
from pamong.people.queries import SeatRow, UnitCount
from pamong.web import handing, render
from pamong.web.handing import Download
from pamong.web.ledger.backdating import backdated
from pamong.web.missing import missing
from pamong.web.organisation import charting, forest, words
from pamong.web.organisation.bars import Bar, bar
from pamong.web.organisation.forest import NO_SEATS
from pamong.web.organisation.needs import MOST_SEATS, Need, compare
from pamong.web.organisation.slider import shown_day
from pamong.web.organisation.tree import Branch, Growing
from pamong.web.people.asof import AsOf

SVG = "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A row of a unit's history: from when until when it was called so and stood there."""

    period: str
    name: str
    kind: str
    parent: str
    now: bool
    backdated: str


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit on a day with all that its page tells. ``row`` is what holds of it that day."""

    uid: UUID
    code: str
    row: UnitHistoryRow
    since: str
    head: SeatRow | None
    own: UnitCount
    bar: Bar
    all: UnitCount | None
    seats: Sequence[SeatRow]
    needs: tuple[Need, ...]
    branches: tuple[Branch, ...]
    history: tuple[Stretch, ...]
    stories: tuple[words.Story, ...]
    may_change: bool
    own_seats: Collection[int]  # of the reader: he changes nothing of them
    bare: bool  # nothing rests on it that day
    waiting: Sequence[ProposalRow]


@require_safe
@login_required
@missing(UnitNotFound)
def unit(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show a unit on a day."""
    shown = shown_day(request)
    page = unit_page(request, uid, shown)
    context = {"page": page, "as_of": shown, "words": words}
    return render(request, "organisation/unit.html", context, block="unit")


@require_safe
@login_required
@missing(UnitNotFound)
def chart(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show the chart of a unit and what is below it, as a picture and as a list."""
    shown = shown_day(request)
    page = charting.chart_page(request.actor, uid, shown.on, request.GET.get("tingkat", ""))
    return render(request, "organisation/chart.html", {"page": page, "as_of": shown})


@require_safe
@login_required
@missing(UnitNotFound)
def chart_file(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Hand out the chart as an SVG file."""
    shown = shown_day(request)
    page = charting.chart_page(request.actor, uid, shown.on, request.GET.get("tingkat", ""), alone=True)
    name = f"bagan-{page.top.code}-{shown.on:%Y-%m-%d}.svg"
    return handing.answer(Download(name, SVG, page.picture.encode()), "attachment")


def unit_page(request: ActingRequest, uid: UUID, shown: AsOf) -> UnitPage:
    """Read all that the page of a unit tells, in seven questions. ``UnitNotFound``."""
    actor, on = request.actor, shown.on
    rows = organisation.list_unit_history(actor=actor, unit=uid)
    row = next((row for row in rows if row.period.contains(on)), None)
    if row is None:
        raise UnitNotFound(rows[-1].name if rows else "ini")
    top = row.kind is UnitKind.GOVERNMENT
    found = forest.whole(actor, on) if top else forest.below(actor, on, uid)
    here = next(place for place in found.units if place.uid == uid)
    seats = people.list_seats(actor=actor, on=on, unit=here.code, limit=MOST_SEATS)
    posts = organisation.count_posts(actor=actor, on=on, unit=here.code, below=False)
    own = found.own.get(here.id, NO_SEATS)
    told = () if top else organisation.lineage(actor=actor, unit=uid)  # a government merges with no other
    # What is still to come is changed before its day.
    now = not shown.moved or rows[0].period.start > actor.on
    may_change = bool(policies.may_change(actor, here.path)) and now
    return UnitPage(
        uid=uid,
        code=here.code,
        row=row,
        since=format_date(rows[0].period.start),
        head=next((seat for seat in seats if seat.is_head), None),
        own=own,
        bar=bar(own),
        all=found.counts[here.id] if len(found.units) > 1 else None,
        seats=seats,
        needs=tuple(compare(posts, seats)) if any(post.needed is not None for post in posts) else (),
        branches=Growing(found, {}, shown.query).below(here),
        history=tuple(_stretches(rows, shown)),
        stories=tuple(words.stories(told)),
        may_change=may_change,
        own_seats=actor.seats,
        bare=not seats and len(found.units) == 1,
        waiting=organisation.list_waiting(actor=actor, subject=uid) if may_change else (),
    )


def _stretches(rows: Sequence[UnitHistoryRow], shown: AsOf) -> Iterator[Stretch]:
    for row in rows:
        end = row.period.end
        until = format_date(end - timedelta(days=1)) if end else ""
        begun = format_date(row.period.start)
        told = f"{begun} – {until}" if until else _("sejak %(date)s") % {"date": begun}
        yield Stretch(
            told, row.name, row.kind.label, row.parent_name, row.period.contains(shown.on), _late(row)
        )


def _late(row: UnitHistoryRow) -> str:
    """The mark of what was recorded after its first day; opening data and files tell of what was before."""
    if row.basis_kind in (SealKind.OPENING, SealKind.IMPORT):
        return ""
    dated = f", {format_date(row.order_on)}" if row.order_on else ""
    return backdated(row.period.start, row.recorded_at, f"{row.order_no}{dated}" if row.order_no else "")
