"""The tree of units as a page: how the seats of each stand on a day, with all units below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pamong.access.middleware import ActingRequest
from pamong.organisation import policies
from pamong.organisation import queries as organisation
from pamong.organisation.errors import UnitNotFound
from pamong.organisation.queries import Place
from pamong.people import queries as people
from pamong.people.queries import UnitCount
from pamong.web import render
from pamong.web.formats import angka
from pamong.web.missing import missing
from pamong.web.organisation import words
from pamong.web.organisation.bars import Bar, bar
from pamong.web.organisation.slider import shown_day, slider

MOST_ROWS = 240  # more than these are fetched when their unit is opened
MOST_FOUND = 120
NO_SEATS = UnitCount(0, 0, 0, 0, 0, 0, None)


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit of the tree with what stands below it. ``count`` holds its own seats and all below.

    ``below`` is how many units stand directly below; they are fetched on opening where ``lazy``.
    """

    uid: UUID
    name: str
    note: str
    count: UnitCount
    bar: Bar
    below: int
    opened: bool
    lazy: bool
    children: tuple[Branch, ...]


@require_safe
@login_required
def index(request: ActingRequest) -> HttpResponse:
    """Show all units of a day as a tree, narrowed to those whose name is typed."""
    shown, actor = shown_day(request), request.actor
    typed = request.GET.get("q", "").strip()[:100]
    units = organisation.list_places(actor=actor, on=shown.on)
    counts = people.count_seats(actor=actor, on=shown.on)
    origins = organisation.list_origins(actor=actor, on=shown.on)
    growing = Growing(units, counts, {unit: words.origin(found) for unit, found in origins.items()})
    matches = growing.matching(typed) if typed else None
    context = {
        "as_of": shown,
        "typed": typed,
        "slider": slider(shown, organisation.list_marks(actor=actor)),
        "branches": growing.found(matches) if matches is not None else growing.whole(),
        "total": growing.total(),
        "sentence": _sentence(len(units), matches),
        "may_change": bool(policies.may_change(actor)),
    }
    return render(request, "organisation/tree.html", context, block="tree")


@require_safe
@login_required
@missing(UnitNotFound)
def branch(request: ActingRequest, uid: UUID) -> HttpResponse:
    """The units below one: the part of the tree that is fetched on opening."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("organisation:unit", uid)
    shown, actor = shown_day(request), request.actor
    units = organisation.list_places(actor=actor, on=shown.on, below=uid)
    if not units:
        raise UnitNotFound(uid)
    counts = people.count_seats(actor=actor, on=shown.on, below=units[0].code)
    origins = organisation.list_origins(actor=actor, on=shown.on)
    growing = Growing(units, counts, {unit: words.origin(found) for unit, found in origins.items()})
    context = {"branches": growing.below(units[0]), "as_of": shown}
    return render(request, "organisation/branches.html", context)


class Growing:
    """Units, by parent, with the seats of each and of all below it: what branches are made from."""

    def __init__(
        self, units: Sequence[Place], counts: Mapping[int, UnitCount], notes: Mapping[int, str]
    ) -> None:
        self._units, self._notes = units, notes
        self._by_id = {unit.id: unit for unit in units}
        self._children: dict[int | None, list[Place]] = {}
        for unit in units:
            parent = unit.parent if unit.parent in self._by_id else None
            self._children.setdefault(parent, []).append(unit)
        self._counts = summed(units, counts)

    def total(self) -> UnitCount:
        """All seats of all units."""
        return _add(NO_SEATS, *(self._counts[unit.id] for unit in self._children.get(None, ())))

    def count(self, unit: int) -> UnitCount:
        """The seats of a unit and of all below it, by its database id."""
        return self._counts[unit]

    def whole(self) -> tuple[Branch, ...]:
        """The tree, the topmost unit open; as deep as a page can carry."""
        tops = self._children.get(None, [])
        deepest = self._deepest()
        return tuple(self._branch(unit, deepest, opened=True) for unit in tops)

    def below(self, unit: Place) -> tuple[Branch, ...]:
        """The units directly below one, each to be opened in turn."""
        return tuple(self._branch(child, unit.depth + 1) for child in self._children.get(unit.id, ()))

    def matching(self, typed: str) -> set[int]:
        """Units whose name, short name or code holds every word."""
        parts = typed.lower().split()
        return {unit.id for unit in self._units if all(part in _text(unit) for part in parts)}

    def found(self, matches: set[int]) -> tuple[Branch, ...]:
        """The matching units, the first of them if there are many, each below those above it."""
        kept: set[int] = set()
        for unit in [unit for unit in self._units if unit.id in matches][:MOST_FOUND]:
            here: Place | None = unit
            while here is not None and here.id not in kept:
                kept.add(here.id)
                here = self._by_id.get(here.parent or 0)
        return tuple(self._kept(unit, kept) for unit in self._children.get(None, ()) if unit.id in kept)

    def _deepest(self) -> int:
        """The deepest level to send at once: at least the one below the top."""
        per_level: dict[int, int] = {}
        for unit in self._units:
            per_level[unit.depth] = per_level.get(unit.depth, 0) + 1
        deepest, rows = 1, per_level.get(0, 0) + per_level.get(1, 0)
        while (rows := rows + per_level.get(deepest + 1, 0)) <= MOST_ROWS and deepest + 1 in per_level:
            deepest += 1
        return deepest

    def _branch(self, unit: Place, deepest: int, opened: bool = False) -> Branch:
        children = self._children.get(unit.id, [])
        sent = unit.depth < deepest
        grown = tuple(self._branch(child, deepest) for child in children) if sent else ()
        return self._made(unit, len(children), opened, bool(children) and not sent, grown)

    def _kept(self, unit: Place, kept: set[int]) -> Branch:
        children = self._children.get(unit.id, [])
        grown = tuple(self._kept(child, kept) for child in children if child.id in kept)
        return self._made(unit, len(children), bool(grown), bool(children) and not grown, grown)

    def _made(self, unit: Place, below: int, opened: bool, lazy: bool, grown: tuple[Branch, ...]) -> Branch:
        count = self._counts[unit.id]
        note = self._notes.get(unit.id, "")
        return Branch(unit.uid, unit.name, note, count, bar(count), below, opened, lazy, grown)


def summed(units: Sequence[Place], counts: Mapping[int, UnitCount]) -> dict[int, UnitCount]:
    """For each unit its own seats and those of all below it. ``units`` has each after its parent."""
    found = {unit.id: counts.get(unit.id, NO_SEATS) for unit in units}
    for unit in reversed(units):
        if unit.parent in found:
            found[unit.parent] = _add(found[unit.parent], found[unit.id])
    return found


def _add(first: UnitCount, *more: UnitCount) -> UnitCount:
    both = (first, *more)
    needs = [count.needed for count in both if count.needed is not None]
    return UnitCount(
        first.unit_id,
        sum(count.seats for count in both),
        sum(count.filled for count in both),
        sum(count.acting for count in both),
        sum(count.vacant for count in both),
        sum(count.frozen for count in both),
        sum(needs) if needs else None,
    )


def _text(unit: Place) -> str:
    return f"{unit.name} {unit.short_name} {unit.code}".lower()


def _sentence(units: int, matches: set[int] | None) -> str:
    if matches is None:
        return ngettext("%(count)s unit.", "%(count)s unit.", units) % {"count": angka(units)}
    told = ngettext("%(count)s unit cocok.", "%(count)s unit cocok.", len(matches)) % {
        "count": angka(len(matches))
    }
    if len(matches) > MOST_FOUND:
        told += " " + _("Yang tampil %(most)s yang pertama. Ketik lebih lengkap untuk mempersempit.") % {
            "most": angka(MOST_FOUND)
        }
    return told
