"""How many findings there are: by rule, by group, by office. Small numbers stay hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pamong.access import queries as access
from pamong.access.errors import NotAllowed
from pamong.access.queries import Scope
from pamong.kernel.actor import Actor
from pamong.law.engine.plan import Law
from pamong.people.quality.kinds import Group, Rule
from pamong.people.quality.rules import BY_CODE, RULES
from pamong.people.quality.sql import statement

READ, LIST = "quality:read", "quality:list"
FEW = 5  # below so many people a number would tell of single ones
_COUNT = """
, kinds AS (SELECT * FROM unnest(%(kinds_rule)s::text[], %(kinds_grp)s::text[]) AS t(rule, grp)),
placed AS (SELECT j.*, k.grp, COALESCE({code}, '') AS place, COALESCE({name}, '') AS place_name
           FROM judged j JOIN kinds k ON k.rule = j.rule)
SELECT grouping(place), grouping(grp), grouping(rule), place, max(place_name), grp, rule,
  count(*) FILTER (WHERE NOT accepted), count(DISTINCT person_id) FILTER (WHERE NOT accepted),
  count(*) FILTER (WHERE accepted), (SELECT count(*) FROM base)
FROM placed GROUP BY GROUPING SETS ((), (place, grp), (place, grp, rule))
"""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of findings. ``hidden``: below five people, so only that is told.

    ``partial``: at least so many, without what is hidden.
    """

    value: int = 0
    hidden: bool = False
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """The findings of an office or a unit; '' is where nobody has a seat."""

    code: str
    name: str
    groups: Mapping[Group, Count]
    rules: Mapping[str, Count]
    total: Count


@dataclass(frozen=True, slots=True)
class Board:
    """All numbers of a scope. ``looked`` are the people looked at, ``concerned`` those of whom something was
    found; ``opens`` tells whether the actor may see who is behind the numbers.

    ``by_office``: places are offices (OPD), else single units.
    """

    total: Count
    groups: Mapping[Group, Count]
    rules: Mapping[str, Count]
    places: Sequence[Place]
    looked: int
    concerned: Count
    accepted: int
    opens: bool
    by_office: bool


@dataclass(slots=True)
class _Cells:
    """Raw numbers as the database gives them: findings, and people behind them (none for units)."""

    looked: int = 0
    total: tuple[int, int, int] = (0, 0, 0)
    names: dict[str, str] = field(default_factory=dict)
    groups: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    rules: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)


def opens(actor: Actor) -> bool:
    """Whether the actor may see the people behind all numbers that he may see."""
    try:
        listed = access.scoped(actor, LIST)
    except NotAllowed:
        return False
    counted = access.scoped(actor, READ)
    return listed.whole or (not counted.whole and set(counted.units) <= set(listed.units))


def count_findings(
    *, actor: Actor, on: date, law: Law, unit: str = "", rules: Sequence[Rule] = RULES
) -> Board:
    """Count what the rules find in the register of a date within the scope, and below a unit. ``NotAllowed``.

    Whoever may not see the people gets no number below five of them, and no sum from which one follows.
    """
    scope = access.scoped(actor, READ)
    by_office = scope.whole and not unit
    cells = _read(actor, scope, law, on, rules, unit, by_office)
    shown = opens(actor)
    places = [_place(code, cells, rules, shown) for code in sorted(cells.names, key=cells.names.__getitem__)]
    return Board(
        _sum(cells.groups.values(), shown),
        {group: _sum(_of(cells.groups, group.value), shown) for group in Group},
        {rule.code: _sum(_of(cells.rules, rule.code), shown) for rule in rules},
        places,
        cells.looked,
        _count((cells.total[1], cells.total[1]), shown),
        cells.total[2],
        shown,
        by_office,
    )


def _read(
    actor: Actor, scope: Scope, law: Law, on: date, rules: Sequence[Rule], unit: str, by_office: bool
) -> _Cells:
    cells = _Cells()
    made = statement(actor, scope, law, on, rules, unit)
    place = ("opd_code", "opd_name") if by_office else ("unit_code", "unit_name")
    kinds = {"kinds_rule": list(BY_CODE), "kinds_grp": [rule.group.value for rule in RULES]}
    for row in made.fetch(_COUNT.format(code=place[0], name=place[1]), **kinds):
        _take(cells, row)
    return cells


def _take(cells: _Cells, row: tuple[Any, ...]) -> None:
    no_place, _no_group, no_rule, place, name, group, rule, found, people, accepted, looked = row
    cells.looked = looked
    if no_place:
        cells.total = (found, people, accepted)
    elif found and no_rule:
        cells.names[place] = name
        cells.groups[place, group] = (found, people)
    elif found:
        cells.rules[place, rule] = (found, people)


def _place(code: str, cells: _Cells, rules: Sequence[Rule], shown: bool) -> Place:
    groups = {group: cells.groups.get((code, group.value), (0, 0)) for group in Group}
    found = {rule.code: cells.rules.get((code, rule.code), (0, 0)) for rule in rules}
    return Place(
        code,
        cells.names[code],
        {group: _count(cell, shown) for group, cell in groups.items()},
        {rule: _count(cell, shown) for rule, cell in found.items()},
        _sum(groups.values(), shown),
    )


def _of(cells: Mapping[tuple[str, str], tuple[int, int]], kind: str) -> list[tuple[int, int]]:
    return [cell for (_place, its), cell in cells.items() if its == kind]


def _count(cell: tuple[int, int], shown: bool) -> Count:
    found, people = cell
    return Count(hidden=True) if not shown and 0 < people < FEW else Count(found)


def _sum(cells: Iterable[tuple[int, int]], shown: bool) -> Count:
    """A sum from which no hidden number follows: a single hidden one is left out of it."""
    cells = list(cells)
    whole = sum(found for found, _people in cells)
    hidden = [] if shown else [found for found, people in cells if 0 < people < FEW]
    if not hidden:
        return Count(whole)
    rest = whole - hidden[0] if len(hidden) == 1 else whole
    return Count(rest, partial=len(hidden) == 1) if rest >= FEW else Count(hidden=True)
