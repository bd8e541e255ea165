"""The tree of units as a page: how the seats of each stand on a day, with all units below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from pamong.organisation.queries import Origin, Place
from pamong.people.queries import UnitCount
from pamong.web import render
from pamong.web.formats import angka
from pamong.web.jinja import url
from pamong.web.missing import missing
from pamong.web.organisation import forest, words
from pamong.web.organisation.bars import Bar, bar
from pamong.web.organisation.forest import Forest
from pamong.web.organisation.slider import shown_day, slider

MOST_ROWS = 240  # more than these are fetched when their unit is opened
MOST_FOUND = 120
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit of the tree with what stands below it. ``count`` holds its own seats and all below.

    ``href`` leads to its page, ``fetch`` gives what stands below it. ``below`` is how many units stand
    directly below; they are fetched on opening where ``lazy``.
    """

    name: str
    href: str
    fetch: str
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
    origins = organisation.list_origins(actor=actor, on=shown.on)
    growing = Growing(forest.whole(actor, shown.on), _told(origins), shown.query)
    matches = growing.matching(typed) if typed else None
    context = {
        "as_of": shown,
        "typed": typed,
        "slider": slider(shown, organisation.list_marks(actor=actor)),
        "branches": growing.found(matches) if matches is not None else growing.whole(),
        "total": growing.total(),
        "sentence": _sentence(len(growing.forest.units), matches),
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
    found = forest.below(actor, shown.on, uid)
    if not found.units:
        raise UnitNotFound("ini")
    growing = Growing(found, _told(organisation.list_origins(actor=actor, on=shown.on)), shown.query)
    context = {"branches": growing.below(found.units[0])}
    return render(request, "organisation/branches.html", context)


class Growing:
    """Units, by parent, with the seats of each and of all below it: what branches are made from."""

    def __init__(self, found: Forest, notes: Mapping[int, str], query: Mapping[str, str]) -> None:
        self._pages = addresses("organisation:unit", query)
        self._branches = addresses("organisation:branch", query)
        self.forest, self._notes = found, notes
        self._by_id = {unit.id: unit for unit in found.units}
        self._children: dict[int | None, list[Place]] = {}
        for unit in found.units:
            parent = unit.parent if unit.parent in self._by_id else None
            self._children.setdefault(parent, []).append(unit)

    def total(self) -> UnitCount:
        """All seats of all units."""
        return forest.total([self.forest.counts[unit.id] for unit in self._children.get(None, ())])

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
        return {unit.id for unit in self.forest.units if all(part in _text(unit) for part in parts)}

    def found(self, matches: set[int]) -> tuple[Branch, ...]:
        """The matching units, the first of them if there are many, each below those above it."""
        kept: set[int] = set()
        for unit in [unit for unit in self.forest.units if unit.id in matches][:MOST_FOUND]:
            here: Place | None = unit
            while here is not None and here.id not in kept:
                kept.add(here.id)
                here = self._by_id.get(here.parent or 0)
        return tuple(self._kept(unit, kept) for unit in self._children.get(None, ()) if unit.id in kept)

    def _deepest(self) -> int:
        """The deepest level to send at once: at least the one below the top."""
        per_level: dict[int, int] = {}
        for unit in self.forest.units:
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
        count = self.forest.counts[unit.id]
        note = self._notes.get(unit.id, "")
        href, fetch = self._pages(unit.uid), self._branches(unit.uid) if lazy else ""
        return Branch(unit.name, href, fetch, note, count, bar(count), below, opened, lazy, grown)


def addresses(name: str, query: Mapping[str, str]) -> Callable[[UUID], str]:
    """Addresses of one page for many ids: it is looked up once, not for every line of a tree."""
    before, after = url(name, NOBODY, **query).split(str(NOBODY))
    return lambda uid: f"{before}{uid}{after}"


def _told(origins: Mapping[int, Origin]) -> dict[int, str]:
    return {unit: words.origin(found) for unit, found in origins.items()}


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
