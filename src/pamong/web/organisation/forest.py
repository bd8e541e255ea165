"""All units of a day with the seats of each: read once, kept until anything changes.

A tree of thousands of units over tens of thousands of seats takes the database longer to count than a page
may take. Every row that the tree is made of rests on a seal that is set in the row's own transaction, so as
long as no seal was added nothing has changed; what was counted under the same seals is still so.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any
from uuid import UUID

from django.db import connection

from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.organisation import policies
from pamong.organisation import queries as organisation
from pamong.organisation.queries import Place
from pamong.people import queries as people
from pamong.people.queries import UnitCount

MOST_KEPT = 6  # days at a time, about two megabytes each for a big city
NO_SEATS = UnitCount(0, 0, 0, 0, 0, 0, None)
_NUMBERS = ("seats", "filled", "acting", "vacant", "frozen")


@dataclass(frozen=True, slots=True)
class Forest:
    """Units, each after its parent; for each its own seats (``own``), and with all below it (``counts``)."""

    units: Sequence[Place]
    own: Mapping[int, UnitCount]
    counts: Mapping[int, UnitCount]


_KEPT: OrderedDict[tuple[Any, ...], Forest] = OrderedDict()
_LOCK = Lock()


def whole(actor: Actor, on: date) -> Forest:
    """All units of a day. ``NotAllowed``."""
    policies.require_read(actor)
    # The mark first: what is added while we count makes another mark, and is counted then.
    key = (connection.settings_dict["NAME"], on, ledger.seal_mark(actor=actor))
    with _LOCK:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key]
    found = _counted(actor, on, organisation.list_places(actor=actor, on=on), "")
    with _LOCK:
        _KEPT[key] = found
        while len(_KEPT) > MOST_KEPT:
            _KEPT.popitem(last=False)
    return found


def below(actor: Actor, on: date, unit: UUID) -> Forest:
    """One unit with all below it; no units where it does not stand on the day. ``NotAllowed``."""
    units = organisation.list_places(actor=actor, on=on, below=unit)
    if units and units[0].depth == 0:
        return whole(actor, on)
    return _counted(actor, on, units, units[0].code) if units else Forest((), {}, {})


def _counted(actor: Actor, on: date, units: Sequence[Place], code: str) -> Forest:
    own = people.count_seats(actor=actor, on=on, below=code)
    return Forest(units, own, summed(units, own))


def summed(units: Sequence[Place], counts: Mapping[int, UnitCount]) -> dict[int, UnitCount]:
    """For each unit its own seats and those of all below it. ``units`` has each after its parent."""
    sums = {unit.id: _numbers(counts.get(unit.id, NO_SEATS)) for unit in units}
    for unit in reversed(units):
        if unit.parent is not None and unit.parent in sums:
            _add(sums[unit.parent], sums[unit.id])
    return {unit: UnitCount(unit, *numbers) for unit, numbers in sums.items()}


def total(counts: Sequence[UnitCount]) -> UnitCount:
    """Several counts as one."""
    sums = _numbers(NO_SEATS)
    for count in counts:
        _add(sums, _numbers(count))
    return UnitCount(0, *sums)


def _numbers(count: UnitCount) -> list[Any]:
    return [count.seats, count.filled, count.acting, count.vacant, count.frozen, count.needed]


def _add(to: list[Any], more: list[Any]) -> None:
    """A need that nobody stated is no zero."""
    for place in range(len(_NUMBERS)):
        to[place] += more[place]
    if more[-1] is not None:
        to[-1] = more[-1] if to[-1] is None else to[-1] + more[-1]
