"""Runs a plan for one person, step by step, so that every figure can say where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pamong.law.engine.children import CLIMB, Children
from pamong.law.engine.errors import LawError
from pamong.law.engine.formulas import Fact, Formula
from pamong.law.engine.parameters import MILLION, Parameter
from pamong.law.engine.plan import Plan
from pamong.law.engine.trace import TraceValue

Row = Mapping[str, Any]
# What a name means, and its inputs, each with where it comes from: "law", "row" or "month".
Recipe = tuple[Any, tuple[tuple[str, TraceValue | str], ...]]
_TYPES: dict[str, type] = {"bool": bool, "text": str}


class Trace:
    """One person's month. Values are worked out when first asked for, and then kept.

    `person` holds the person's facts by name; each of `children` holds the rows of a lower level (`day`,
    `segment`, `event`): their facts, with `on` (a date) and `label` (how people call the row).
    """

    def __init__(self, plan: Plan, person: Row, children: Mapping[str, Sequence[Row]]) -> None:
        self.plan = plan
        self.person = person
        self.children = children
        self._known: dict[str, TraceValue | Children] = {}
        self._rows: dict[str, list[_RowTrace]] = {
            level: [_RowTrace(self, level, row) for row in rows]
            for level, rows in {"event": (), **children}.items()  # without rows nothing happened
        }

    def value(self, name: str) -> TraceValue:
        """A person-month value by name; raises LawError for a name of a lower level."""
        found = self._value(name)
        if isinstance(found, Children):
            raise LawError(f"'{name}' adalah nilai tingkat {found.level}, bukan nilai sebulan.")
        return found

    def recipe(self, name: str, on: date) -> Recipe:
        """What a name of a row means under the law of a day, and where each of its inputs comes from."""
        recipes: dict[tuple[str, date], Recipe] = self.plan.recipes
        if (name, on) not in recipes:
            node = self.plan.node(name, on)
            inputs = node.inputs if isinstance(node, Formula) else ()
            recipes[name, on] = (node, tuple(self._source(node, given, on) for given in inputs))
        return recipes[name, on]

    def _source(self, node: Any, name: str, on: date) -> tuple[str, TraceValue | str]:
        below = self.plan.node(name, on)
        if isinstance(below, Parameter):
            return "law", self.plan.parameter_value(name, on)
        check_level(node, below)
        return ("row" if below.level == node.level else "month"), name

    def _value(self, name: str) -> TraceValue | Children:
        if name not in self._known:
            self._known[name] = self._work_out(name)
        return self._known[name]

    def _work_out(self, name: str) -> TraceValue | Children:
        node = self.plan.node(name)
        if isinstance(node, Parameter):
            value: TraceValue = self.plan.parameter_value(name, self.plan.on)
            return value
        if node.level != "person_month":
            rows = self._rows.get(node.level)
            if rows is None:
                raise LawError(f"Tidak ada baris tingkat {node.level} untuk '{name}'.")
            return Children([(row.label, row.value(name)) for row in rows], node.unit, node.level)
        if isinstance(node, Fact):
            return fact_value(node, self.person)
        return call(node, [self._value(argument) for argument in node.inputs])


class _RowTrace:
    """One day, event or part of the month. Values are worked out when first asked for, and then kept."""

    __slots__ = ("_known", "label", "level", "month", "on", "row")

    def __init__(self, month: Trace, level: str, row: Row) -> None:
        self.month = month
        self.level = level
        self.row = row
        day = row.get("on")
        month.plan.require_date(level, isinstance(day, date))
        self.on: date = month.plan.epoch_of(day) if isinstance(day, date) else month.plan.on
        self.label = str(row.get("label", day or ""))
        self._known: dict[str, TraceValue] = {}

    def value(self, name: str) -> TraceValue:
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._work_out(*self.month.recipe(name, self.on))
        return found

    def _work_out(self, node: Any, inputs: tuple[tuple[str, TraceValue | str], ...]) -> TraceValue:
        if isinstance(node, Fact):
            return fact_value(node, self.row, self.level)
        known = self._known
        arguments: list[Any] = []
        for place, given in inputs:
            if place == "row":
                arguments.append(known[given] if given in known else self.value(given))  # type: ignore[arg-type]
            else:
                arguments.append(given if place == "law" else self.month.value(given))  # type: ignore[arg-type]
        return call(node, arguments)


def fact_value(node: Fact, row: Row, level: str | None = None) -> TraceValue:
    """A fact of a row; missing facts must be allowed to be missing."""
    if node.name not in row:
        raise LawError(f"Fakta '{node.name}' ({node.title}) tidak diberikan.")
    num = row[node.name]
    if num is None and not node.nullable:
        raise LawError(f"Fakta '{node.name}' ({node.title}) tidak boleh kosong.")
    if isinstance(num, float):
        raise LawError(f"Fakta '{node.name}' ({node.title}) berupa pecahan biner; harus bilangan bulat.")
    if num is not None and type(num) is not _TYPES.get(node.unit, int):
        kind = type(num).__name__
        raise LawError(f"Fakta '{node.name}' ({node.title}) bertipe {kind}, tidak cocok untuk {node.unit}.")
    den = MILLION if node.unit == "rate" and num is not None else 1
    # Facts of the person are broadcast to the days, so they carry no level of their own.
    source = row.get("sources", {}).get(node.name, "")
    return TraceValue(num, node.unit, "fact", (source,), den, level, node)


def call(node: Formula, arguments: Sequence[Any]) -> TraceValue:
    """The formula's value, named after it."""
    try:
        made = node.body(*arguments)
    except LawError as error:
        raise LawError(f"Rumus '{node.name}': {error}") from error
    if not isinstance(made, TraceValue):
        if isinstance(made, Children):
            raise LawError(f"Rumus '{node.name}': nilai tingkat {made.level} {CLIMB}")
        if not isinstance(made, int):
            raise LawError(f"Rumus '{node.name}' tidak menghasilkan nilai.")
        made = TraceValue(made, "literal", "literal")
    if made.unit != node.unit:
        check_unit(node, made.unit)
    level = None if node.level == "person_month" else node.level
    return TraceValue(made.num, node.unit, "formula", (made,), made.den, level, node)


def check_level(node: Formula, given: Fact | Formula) -> None:
    """A formula for rows may use its own level and the person's facts; only sums lead up to the month."""
    if node.level in ("person_month", given.level):
        return
    if not (isinstance(given, Fact) and given.level == "person_month"):
        raise LawError(
            f"Rumus '{node.name}' tingkat {node.level} tidak bisa memakai '{given.name}' "
            f"dari tingkat {given.level}."
        )


def check_unit(node: Formula, unit: str) -> None:
    """A formula must give the unit that it declares; shares (ratio) may be declared as rates."""
    if unit not in (node.unit, "literal") and not (unit == "ratio" and node.unit == "rate"):
        raise LawError(f"Rumus '{node.name}' menghasilkan {unit}, padahal menyatakan {node.unit}.")
