"""The seats of one copy of the city, in the order in which a growing town gets them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from pamong.demo.town.rules import BEGIN, REFORM, PostRule, Study, post_rule, read, studies
from pamong.demo.town.shapes import SeatKey
from pamong.demo.town.units import UnitPlan, units

KINDS = {"pns": "PNS", "cpns": "CPNS", "pppk": "PPPK", "pw": "PPPK_PW"}
_EMPTY = ("gone", "open", "frozen")
IN_SERVICE = frozenset(KINDS.values())
_USUAL_WOMEN = 48
_FROZEN_EACH = 30


@dataclass(slots=True, eq=False)
class SeatPlan:
    """A seat as planned. ``kind`` is that of who sits there today, or gone (somebody left), open, frozen.

    ``person`` is the key of who sits there (in service, 0 and up) or left (below 0), else None.
    """

    unit: UnitPlan
    number: int
    rule: PostRule
    post: str
    is_head: bool
    kind: str
    group: str
    who: str = ""
    grade: str = ""
    study: Study | None = None
    person: int | None = None

    @property
    def key(self) -> SeatKey:
        """Unit and number."""
        return self.unit.code, self.number

    @property
    def opens(self) -> date:
        """Since when the seat can be held."""
        return BEGIN if self.unit.came_from else self.unit.opens

    @property
    def closes(self) -> date | None:
        """Until when it can."""
        return self.unit.closes

    @property
    def women(self) -> int:
        """The share of women among who may sit here, in percent."""
        if self.rule.women != _USUAL_WOMEN or self.unit.women is None:
            return self.rule.women
        return self.unit.women

    def unit_on(self, day: date) -> str:
        """The code of the unit that the seat belongs to on a day."""
        return self.unit.came_from if self.unit.came_from and day < REFORM else self.unit.code


@dataclass(frozen=True, slots=True, eq=False)
class CopyPlan:
    """One copy of the city: units, seats in the town's order, how many people sit there."""

    again: str
    units: list[UnitPlan]
    seats: list[SeatPlan]
    size: int


@cache
def size() -> int:
    """How many people one whole city has in service."""
    return sum(seat.kind in IN_SERVICE for seat in _ranked(units(""), named=True))


def copy_plan(number: int) -> CopyPlan:
    """The number-th copy, from 0; people are numbered on from the copy before. The first has the personas."""
    again = f" {number + 1}" if number else ""
    own = units(again)
    seats = _ranked(own, named=not number)
    gone = sum(seat.kind == "gone" for seat in seats)
    _freeze(seats)
    here, left = number * size(), -1 - number * gone
    for seat in seats:
        if seat.kind in IN_SERVICE:
            seat.person, here = here, here + 1
        elif seat.kind == "gone":
            seat.person, left = left, left - 1
    return CopyPlan(again, own, seats, size())


def _freeze(seats: Sequence[SeatPlan]) -> None:
    """Some seats that stand empty are frozen."""
    empty = [seat for seat in seats if seat.kind == "open" and not seat.is_head and seat.closes is None]
    for seat in empty[_FROZEN_EACH - 1 :: _FROZEN_EACH]:
        seat.kind = "frozen"


def _ranked(own: Sequence[UnitPlan], *, named: bool) -> list[SeatPlan]:
    """Named people first, then the core of the city, then all units evenly."""
    raw = read("structure")
    core, few = frozenset(raw["core"]), raw["core_few"]
    order = [entry["who"] for entry in raw["named"]]
    turns: Counter[str] = Counter()
    ranked = []
    for place, unit in enumerate(own):
        seats = list(_seats(unit, turns[unit.template]))
        turns[unit.template] += 1
        if named:
            _name(unit, seats, raw["named"])
        first = few.get(unit.code, len(seats) if unit.code in core else 0)
        for count, seat in enumerate(seats):
            tier = 0 if count < first and named else 1
            who = order.index(seat.who) if seat.who else len(order)
            ranked.append(((who, tier, count / len(seats), place), seat))
    return [seat for _, seat in sorted(ranked, key=lambda pair: pair[0])]


def _seats(unit: UnitPlan, turn: int) -> Iterator[SeatPlan]:
    """A unit's seats, the head's first, then all lines of the template in step."""
    found: list[tuple[bool, float, int, SeatPlan]] = []
    lines = (*read("templates")[unit.template]["seats"], *unit.seats)
    for place, line in enumerate(lines):
        if "{head}" in line and not unit.head:
            continue
        words = line.format(head=unit.head, jf=unit.jf).split()
        values = dict(word.split("=") for word in words[1:] if "=" in word)
        if turn % int(values.pop("each", 1)):
            continue
        found += _line(unit, words[0], values, "lead" in words, place)
    ordered = sorted(found, key=lambda entry: entry[:3])
    for number, (*_, seat) in enumerate(ordered, start=1):
        seat.number = number
        yield seat


def _line(
    unit: UnitPlan, post: str, values: dict[str, str], lead: bool, place: int
) -> Iterator[tuple[bool, float, int, SeatPlan]]:
    rule = post_rule(post)
    group = values.pop("group", unit.group)
    kinds = [
        KINDS.get(kind, kind) for kind in (*KINDS, *_EMPTY) for _ in range(int(values.get(kind, 0)))
    ] or ["open"]
    name = rule.name.format(unit=unit.name, rest=unit.name.partition(" ")[2])
    for count, kind in enumerate(kinds):
        share = (count + 0.5) / len(kinds) * (0.5 if kind in _EMPTY else 1)  # a small town has some too
        seat = SeatPlan(unit, 0, rule, name, lead and not count, kind, _group(group, kind))
        yield not (lead and not count), share, place, seat


def _group(group: str, kind: str) -> str:
    """Those in part time have no allowance; of the teachers, those who begin have none yet."""
    if kind == "PPPK_PW" or (group == "TPG" and kind == "CPNS"):
        return "TIDAK"
    return group


def _name(unit: UnitPlan, seats: list[SeatPlan], named: Sequence[dict[str, Any]]) -> None:
    """Put the named people of this unit into the first seats that fit, or into seats made for them."""
    for entry in named:
        if entry["unit"] != unit.code:
            continue
        kind = entry.get("kind", "PNS")
        fits = (s for s in seats if s.rule.key == entry["post"] and s.kind == kind and not s.who)
        seat = next(fits, None)
        if seat is None:
            rule = post_rule(entry["post"])
            seat = SeatPlan(unit, len(seats) + 1, rule, rule.name, False, kind, unit.group)
            seats.append(seat)
        seat.who, seat.grade, seat.study = entry["who"], entry["grade"], studies()[entry["study"]]
