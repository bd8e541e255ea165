"""The chart of a unit: boxes for the units below it, or for its posts where there are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.organisation.choices import SeatState
from pamong.organisation.errors import UnitNotFound
from pamong.organisation.queries import Place
from pamong.people import queries as people
from pamong.people.choices import AppointmentKind
from pamong.people.queries import SeatRow, UnitCount
from pamong.web.charts import Node, org_chart
from pamong.web.charts.orgchart import POST, UNIT
from pamong.web.formats import angka
from pamong.web.organisation import forest, words

LEVELS = (1, 2, 3)
USUAL = 2
MOST_BOXES = 140
_MOST = 1000
_STATES = (SeatState.ACTING.value, SeatState.VACANT.value, SeatState.FROZEN.value)


@dataclass(frozen=True, slots=True)
class Entry:
    """A box of the chart as a line of a list; ``uid`` leads to the unit, None for posts.

    ``empty`` marks a unit that nobody leads."""

    name: str
    lines: tuple[str, ...]
    uid: UUID | None
    empty: bool
    children: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ChartPage:
    """A chart as picture and as list; ``levels`` are shown, ``cut`` tells that fewer fit than were asked."""

    top: Place
    picture: Markup
    entry: Entry
    levels: int
    cut: bool


def chart_page(actor: Actor, uid: UUID, on: date, asked: str, *, alone: bool = False) -> ChartPage:
    """The chart of a unit on a date, as many levels deep as asked for and as fit. ``UnitNotFound``."""
    wanted = int(asked) if asked.isdecimal() and int(asked) in LEVELS else USUAL
    found = forest.below(actor, on, uid)
    if not found.units:
        raise UnitNotFound("ini")
    places, top, lone = found.units, found.units[0], len(found.units) == 1
    levels = _fitting(places, wanted)
    seats = people.list_seats(
        actor=actor, on=on, unit=top.code if top.depth else "", below=not lone, heads=not lone, limit=_MOST
    )
    heads = {seat.unit_id: seat for seat in seats if seat.is_head}
    kept = [place for place in places if place.depth - top.depth <= levels]
    entry = _grown(kept, heads, found.counts, _posts(seats) if lone else ())
    title = _("Bagan %(unit)s, keadaan %(date)s") % {"unit": top.name, "date": format_date(on)}
    return ChartPage(top, org_chart(_node(entry), title=title, alone=alone), entry, levels, levels < wanted)


def _fitting(places: Sequence[Place], wanted: int) -> int:
    """As many levels as asked for, or fewer where there would be more boxes than anybody can read."""
    top = places[0].depth
    for levels in range(wanted, 1, -1):
        if sum(place.depth - top <= levels for place in places) <= MOST_BOXES:
            return levels
    return 1


def _grown(
    places: Sequence[Place],
    heads: Mapping[int, SeatRow],
    counts: Mapping[int, UnitCount],
    posts: tuple[Entry, ...],
) -> Entry:
    """The first place with those below it. ``posts`` hang below it where it stands alone."""
    children: dict[int | None, list[Place]] = {}
    for place in places[1:]:
        children.setdefault(place.parent, []).append(place)

    def grow(place: Place) -> Entry:
        below = tuple(grow(child) for child in children.get(place.id, ()))
        head = heads.get(place.id)
        lines = (*_lead(head), _count(counts[place.id]))
        return Entry(place.name, lines, place.uid, head is None or not _people(head), below or posts)

    return grow(places[0])


def _lead(head: SeatRow | None) -> Iterator[str]:
    """The post that leads a unit, and who has it."""
    if head is None:
        yield _("belum ada pemimpin")
        return
    yield words.post(head)
    found = _people(head)
    yield from found or (words.state(head),)


def _people(seat: SeatRow) -> list[str]:
    """Who has a seat or stands in for it; a right to return is nobody there."""
    return [
        f"{words.ACTING[holder.kind]} {holder.name}" if holder.kind in words.ACTING else holder.name
        for holder in seat.holders
        if holder.kind == AppointmentKind.REGULAR.value or holder.kind in words.ACTING
    ]


def _count(count: UnitCount) -> str:
    """``12 posisi, 2 kosong``: what is acting, vacant or frozen is told only where there is some."""
    told = [
        ngettext("%(count)s posisi", "%(count)s posisi", count.seats) % {"count": angka(count.seats)},
        _("%(count)s dijabat Plt/Plh") % {"count": angka(count.acting)} if count.acting else "",
        _("%(count)s kosong") % {"count": angka(count.vacant)} if count.vacant else "",
        _("%(count)s dibekukan") % {"count": angka(count.frozen)} if count.frozen else "",
    ]
    return ", ".join(filter(None, told))


def _posts(seats: Sequence[SeatRow]) -> tuple[Entry, ...]:
    """The posts of a unit without units below it, each with its seats."""
    groups: dict[str, list[SeatRow]] = {}
    for seat in seats:
        if not seat.is_head:
            groups.setdefault(words.post(seat), []).append(seat)
    return tuple(Entry(name, _of(found), None, False, ()) for name, found in groups.items())


def _of(seats: Sequence[SeatRow]) -> tuple[str, ...]:
    if len(seats) == 1:
        return tuple(_people(seats[0])) or (words.state(seats[0]),)
    states = [seat.state for seat in seats]
    acting, vacant, frozen = (states.count(state) for state in _STATES)
    return (_count(UnitCount(0, len(seats), 0, acting, vacant, frozen, None)),)


def _node(entry: Entry) -> Node:
    return Node(
        entry.name,
        entry.lines,
        POST if entry.uid is None else UNIT,
        entry.empty,
        tuple(_node(child) for child in entry.children),
    )
