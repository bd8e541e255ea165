"""How many findings there are: by rule, by group, by office. What would tell of few people stays hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.conf import settings

from pamong.access import queries as access
from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor
from pamong.law.engine.plan import Law
from pamong.people.quality.hiding import FEW, Cell, Hidden, cell, hide, total
from pamong.people.quality.kinds import Group, Rule
from pamong.people.quality.rules import BY_CODE, RULES
from pamong.people.quality.sql import Statement, statement

Key = TypeVar("Key")
READ, LIST = "quality:read", "quality:list"
# Whoever is concerned by rules alone that tell of few people is counted apart.
_COUNT = """
, placed AS MATERIALIZED (SELECT j.rule, j.person_id, j.accepted, COALESCE({office}, '') AS office,
    COALESCE({office_name}, '') AS office_name, COALESCE({unit}, '') AS unit,
    COALESCE({unit_name}, '') AS unit_name FROM judged j),
few AS (SELECT rule FROM placed WHERE NOT accepted GROUP BY rule
  HAVING count(DISTINCT person_id) BETWEEN 1 AND %(few)s)
SELECT grouping(office), grouping(rule), office, max(office_name), unit, max(unit_name), rule,
  count(*) FILTER (WHERE NOT accepted), count(DISTINCT person_id) FILTER (WHERE NOT accepted),
  count(*) FILTER (WHERE accepted), count(DISTINCT person_id) FILTER (WHERE accepted),
  (SELECT count(DISTINCT person_id) FROM placed WHERE NOT accepted AND rule NOT IN (SELECT rule FROM few)),
  (SELECT count(*) FROM base WHERE %(office)s::text IN ('', opd_code))
FROM placed GROUP BY GROUPING SETS ((), (office, unit), (office, unit, rule))
"""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of findings. ``hidden``: it would tell of few people, or of a number that does.

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
    accepted: Count
    opens: bool
    by_office: bool


@dataclass(slots=True)
class _Cells:
    """Raw numbers as the database gives them, by rule and by the codes of office and unit. Where all is seen,
    offices, or units, stand below an office ''."""

    looked: int = 0
    concerned: int = 0
    told: int = 0
    offices: dict[str, str] = field(default_factory=dict)
    units: dict[tuple[str, str], str] = field(default_factory=dict)
    rules: dict[str, dict[tuple[str, str], Cell]] = field(default_factory=dict)
    accepted: dict[tuple[str, str], Cell] = field(default_factory=dict)


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

    Whoever may not see the people gets no number that tells of few of them, nor any from which one follows,
    whatever pages he lays side by side. For him ``unit`` is an office, with its own units alone.
    """
    scope, shown = access.scoped(actor, READ), opens(actor)
    by_office = not unit and (scope.whole or not shown)
    made = statement(actor, scope, law, on, rules, unit if shown else "")
    if shown:
        cells = _read(made, *(("opd_code", "opd_name") if by_office else ("unit_code", "unit_name")))
        return _open_board(cells, rules, by_office)
    cells = _read(made, "unit_code", "unit_name", ("opd_code", "opd_name"), unit)
    return _closed_board(cells, rules, unit)


def _read(
    made: Statement, unit: str, name: str, office: tuple[str, str] = ("''", "''"), narrow: str = ""
) -> _Cells:
    cells = _Cells()
    sql = _COUNT.format(unit=unit, unit_name=name, office=office[0], office_name=office[1])
    for row in made.fetch(sql, few=FEW - 1, office=narrow):
        no_place, no_rule, code, its_name, below, unit_name, rule, *numbers = row
        found, people, accepted, accepted_people, told, looked = numbers
        if no_place:
            cells.looked, cells.concerned, cells.told = looked, people, told
        elif no_rule:
            cells.accepted[code, below] = cell(accepted, accepted_people)
            if found:
                cells.offices[code], cells.units[code, below] = its_name, unit_name
        elif found:
            cells.rules.setdefault(rule, {})[code, below] = cell(found, people)
    return cells


def _open_board(cells: _Cells, rules: Sequence[Rule], by_office: bool) -> Board:
    """All numbers as they are."""
    found = {rule.code: cells.rules.get(rule.code, {}) for rule in rules}
    places = [
        _place(key[1], name, {code: Count(each.get(key, Cell()).found) for code, each in found.items()})
        for key, name in _by_name(cells.units)
    ]
    numbers = {code: Count(total(each.values()).found) for code, each in found.items()}
    accepted = Count(total(cells.accepted.values()).found)
    counted = (cells.looked, Count(cells.concerned), accepted)
    return _board(numbers, places, counted, opens=True, by_office=by_office)


def _closed_board(cells: _Cells, rules: Sequence[Rule], office: str) -> Board:
    """The numbers that tell of nobody: of all offices, or of one office and its units."""
    trees = {rule.code: _Tree(cells.rules.get(rule.code, {})) for rule in rules}
    accepted = _Tree(cells.accepted).top(office) if len(rules) == len(RULES) else Count(hidden=True)
    if office:
        places = [
            _place(unit, name, {rule: tree.unit(office, unit) for rule, tree in trees.items()})
            for (its, unit), name in _by_name(cells.units)
            if its == office
        ]
    else:
        places = [
            _place(code, name, {rule: tree.office(code) for rule, tree in trees.items()})
            for code, name in _by_name(cells.offices)
        ]
    counted = (cells.looked, _concerned(cells.told, trees.values(), office), accepted)
    numbers = {code: tree.top(office) for code, tree in trees.items()}
    return _board(numbers, places, counted, opens=False, by_office=not office)


class _Tree:
    """The numbers of one kind of finding, each shown or hidden, the same on every page."""

    def __init__(self, units: Mapping[tuple[str, str], Cell]) -> None:
        self.units, self.sum = units, total(units.values())
        self.hidden: Hidden = hide(units, settings.SECRET_KEY.encode())

    def top(self, office: str) -> Count:
        """The number of an office, or of all."""
        return self.office(office) if office else _count(self.sum, self.hidden.whole)

    def office(self, code: str) -> Count:
        """The number of an office."""
        below = [each for (office, _), each in self.units.items() if office == code]
        return _count(total(below), code in self.hidden.offices)

    def unit(self, office: str, code: str) -> Count:
        """The number of a unit itself."""
        return _count(self.units.get((office, code), Cell()), (office, code) in self.hidden.units)


def _count(found: Cell, hidden: bool) -> Count:
    return Count(hidden=True) if hidden else Count(found.found)


def _concerned(told: int, trees: Iterable[_Tree], office: str) -> Count:
    """The people of whom the rules find anything whose numbers are shown. Within one office it stays hidden:
    people overlap between rules, so that no tree tells what would follow."""
    each = list(trees)
    hidden = any(tree.hidden.whole for tree in each)
    if not hidden and not told:
        return Count()
    # The database has left out the rules that name few people, and no others.
    others = any(tree.hidden.whole and not tree.sum.few for tree in each)
    return Count(hidden=True) if office or others or told < FEW else Count(told, partial=hidden)


def _place(code: str, name: str, rules: Mapping[str, Count]) -> Place:
    return Place(code, name, _groups(rules), rules, _added(rules.values()))


def _board(
    rules: Mapping[str, Count],
    places: Sequence[Place],
    counted: tuple[int, Count, Count],
    *,
    opens: bool,
    by_office: bool,
) -> Board:
    return Board(_added(rules.values()), _groups(rules), rules, places, *counted, opens, by_office)


def _groups(rules: Mapping[str, Count]) -> dict[Group, Count]:
    return {
        group: _added(count for code, count in rules.items() if BY_CODE[code].group is group)
        for group in Group
    }


def _added(counts: Iterable[Count]) -> Count:
    """The sum of the numbers that are shown: nothing else follows from it than from them."""
    each = list(counts)
    value, partial = sum(count.value for count in each), any(count.hidden for count in each)
    return Count(value, hidden=partial and not value, partial=partial and value > 0)


def _by_name(names: Mapping[Key, str]) -> list[tuple[Key, str]]:
    return sorted(names.items(), key=lambda pair: pair[1])
