"""Which numbers whoever may not see the people does not see: a small one, and what it would follow from.

The numbers of one kind of finding form a tree: the whole, its offices, their units. Each is the sum of those
below it, and pages show all of them. So of the numbers below a shown one, never one alone is hidden, and
those that are leave room: between what each has at least and what all have together, and for small ones up
to the most that they can have. Below a hidden number everything is hidden. Zero is no small number.

Which other number is hidden beside a small one must not follow from what it is: everybody can read this
program. So that is decided by an order of the codes which only the site knows (``key``).

Sums over several kinds are made of the numbers that are shown, so they tell nothing more.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FEW = 5  # below so many people a number would tell of single ones
ROOM = FEW - 1  # so many people at least could stand in one of several hidden numbers as well as in another


@dataclass(frozen=True, slots=True)
class Cell:
    """Findings and the people behind them (none for findings about units); ``least`` is how many units have
    any, so how many people there are at least."""

    found: int = 0
    people: int = 0
    least: int = 0

    @property
    def few(self) -> bool:
        """Whether so few people stand behind it that it tells of single ones."""
        return 0 < self.people < FEW


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is hidden of one kind of finding: the whole, offices by code, units by the codes of both."""

    whole: bool = False
    offices: frozenset[str] = frozenset()
    units: frozenset[tuple[str, str]] = frozenset()


def cell(found: int, people: int) -> Cell:
    """The number of a single unit."""
    return Cell(found, people, 1 if people else 0)


def total(cells: Iterable[Cell]) -> Cell:
    """The number above some."""
    each = list(cells)
    return Cell(
        sum(one.found for one in each), sum(one.people for one in each), sum(one.least for one in each)
    )


def hide(units: Mapping[tuple[str, str], Cell], key: bytes) -> Hidden:
    """What is hidden of one kind of finding, by its numbers in each office's units; ``key`` is the site's."""
    offices: dict[str, dict[str, Cell]] = {}
    for (office, unit), each in units.items():
        offices.setdefault(office, {})[unit] = each
    totals = {office: total(below.values()) for office, below in offices.items()}
    told_by = {office for office, below in offices.items() if _below(below, key) is None}
    closed = _below(totals, key, told_by)
    whole = total(totals.values()).few or closed is None
    shut = {office for office, each in totals.items() if each.people} if whole else closed or set()
    return Hidden(whole, frozenset(shut), frozenset(_units(offices, shut, key)))


def _units(
    offices: Mapping[str, Mapping[str, Cell]], shut: Iterable[str], key: bytes
) -> Iterable[tuple[str, str]]:
    """Below a hidden office everything is hidden that is not zero."""
    for office, below in offices.items():
        hidden = (
            {unit for unit, each in below.items() if each.people} if office in shut else _below(below, key)
        )
        yield from ((office, unit) for unit in hidden or ())


def _below(cells: Mapping[str, Cell], key: bytes, needed: Iterable[str] = ()) -> set[str] | None:
    """What is hidden of the numbers below one that is shown; None where that one must be hidden too.

    ``needed`` are hidden in any case. Then others, until nothing follows from the rest.
    """
    of_people = sorted(
        (code for code, each in cells.items() if each.people), key=lambda code: _mix(key, code)
    )
    first = [code for code in of_people if cells[code].few or code in set(needed)]
    others = [code for code in of_people if code not in first]
    while first and not _apart([cells[code] for code in first]):
        if not others:
            return None
        first.append(others.pop(0))
    return set(first)


def _apart(hidden: list[Cell]) -> bool:
    """Whether what these have together tells of none of them, nor of few people."""
    whole = total(hidden)
    if len(hidden) < 2 or whole.few or whole.people < whole.least + ROOM:
        return False
    return not all(each.few for each in hidden) or whole.people < len(hidden) * (FEW - 1)


def _mix(key: bytes, code: str) -> bytes:
    """The place of a code in an order that nobody outside knows, the same on every page."""
    return hmac.digest(key, code.encode(), "sha256")
