"""What an act on the organisation will do, in words: before, after, who is concerned, what stops it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pamong.kernel.actor import Actor
from pamong.kernel.problem import Problem
from pamong.organisation import queries as organisation
from pamong.organisation.services import Preview
from pamong.people import queries as people
from pamong.people.queries import SeatRow
from pamong.web.formats import angka
from pamong.web.organisation import words
from pamong.web.shapes import Notice

_MOST_NAMED = 200


@dataclass(frozen=True, slots=True)
class Change:
    """Before and after of one thing, in words; '' where it is not there. ``notes``: what else differs."""

    what: str
    before: str
    after: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A preview in words: units, seats, lines, needs that change, the people concerned, what stands in the
    way. ``mark`` is that of the preview: it tells whether somebody decides on what he has seen."""

    units: tuple[Change, ...]
    seats: tuple[Change, ...]
    lines: tuple[Change, ...]
    needs: tuple[Change, ...]
    people: tuple[SeatRow, ...]
    held: int
    blocks: tuple[Notice, ...]
    warnings: tuple[str, ...]
    seat_count: int
    mark: str

    @property
    def notices(self) -> list[Notice]:
        """What stands in the way, as a summary shows it."""
        return list(self.blocks)

    @property
    def cautions(self) -> list[Notice]:
        """What to know, as a summary shows it."""
        return [Notice(text) for text in self.warnings]

    @property
    def nothing(self) -> bool:
        """Whether no unit, seat, line or need differs."""
        return not (self.units or self.seats or self.lines or self.needs)


def nowhere(_problem: Problem) -> str:
    """No page settles it but the form."""
    return ""


def foresee(actor: Actor, preview: Preview, place: Callable[[Problem], str] = nowhere) -> Foreseen:
    """A preview in words, with the names of units and of the people whose seats move or end.

    ``place`` gives the address where a problem is settled, '' where there is none.
    """
    places = organisation.list_places(actor=actor, on=preview.on)
    known = {place.code: place.name for place in places}
    known |= {fate.code: fate.name_after or fate.name_before for fate in preview.units}
    seats = [*preview.moved_seats, *preview.ended_seats]
    named = people.list_seats(actor=actor, on=preview.on, seats=seats, limit=_MOST_NAMED) if seats else ()
    return Foreseen(
        tuple(_units(preview, known)),
        tuple(_seats(preview, known)),
        tuple(_lines(preview, known)),
        tuple(_needs(preview, known)),
        tuple(seat for seat in named if seat.holders),
        preview.held,
        tuple(Notice(each.message, place(each)) for each in preview.problems if each.severity == "block"),
        tuple(problem.message for problem in preview.problems if problem.severity != "block"),
        len(preview.seats),
        preview.mark,
    )


def _units(preview: Preview, known: Mapping[str, str]) -> Iterator[Change]:
    for fate in preview.units:
        before = _placed(fate.name_before, known.get(fate.parent_before, fate.parent_before))
        after = _placed(fate.name_after, known.get(fate.parent_after, fate.parent_after))
        notes = tuple(words.shift(each, new=False) for each in fate.shifts)
        yield Change(", ".join(step.label for step in fate.steps), before, after, notes)


def _placed(name: str, parent: str) -> str:
    if not name:
        return ""
    return _("%(name)s, di bawah %(parent)s") % {"name": name, "parent": parent} if parent else name


def _seats(preview: Preview, known: Mapping[str, str]) -> Iterator[Change]:
    lead = _(" (pemimpin)")
    yield from _together(
        (
            fate.post,
            known.get(fate.unit_before, fate.unit_before) + (lead if fate.head_before else ""),
            known.get(fate.unit_after, fate.unit_after) + (lead if fate.head_after else ""),
            tuple(words.shift(each, new=not fate.unit_before) for each in fate.shifts),
        )
        for fate in preview.seats
    )


def _lines(preview: Preview, known: Mapping[str, str]) -> Iterator[Change]:
    """Each post with its unit: in a merge many are called the same."""

    def told(post: str | None, code: str) -> str:
        return ", ".join(filter(None, (post, known.get(code, code)))) if post else ""

    yield from _together(
        (
            told(fate.post, fate.unit),
            told(fate.superior_before, fate.unit_before),
            told(fate.superior_after, fate.unit_after),
            (),
        )
        for fate in preview.lines
    )


def _needs(preview: Preview, known: Mapping[str, str]) -> Iterator[Change]:
    def told(needed: int | None) -> str:
        return "" if needed is None else angka(needed)

    for fate in preview.needs:
        unit = known.get(fate.unit, fate.unit)
        post = words.with_level(fate.post, fate.jenjang)
        yield Change(f"{post}, {unit}", told(fate.before), told(fate.after))


def _together(changes: Iterable[tuple[str, str, str, tuple[str, ...]]]) -> Iterator[Change]:
    """Those of one post that go the same way are told once, with their number."""
    for (post, before, after, notes), count in Counter(changes).items():
        yield Change(f"{post} × {angka(count)}" if count > 1 else post, before, after, notes)
