"""A whole government at once: the same formulas, over Polars columns."""

from __future__ import annotations

from collections.abc import Callable
from math import lcm
from typing import Any, Protocol

import polars as pl

from pamong.law.engine import cells
from pamong.law.engine.cells import Cell
from pamong.law.engine.errors import LawError
from pamong.law.engine.parameters import Bracket, Dated, Parameter, common_scale
from pamong.law.engine.trace import _require_bracket, _require_keys, _x_scale, find_in_table
from pamong.law.engine.values import Value, common_level, product_unit, sum_unit

# Steps of a bracket up to this number are compared one by one; longer ones are searched.
_FEW_STEPS = 12


class Sums(Protocol):
    """What lifts a column of a lower level: the run that knows which row belongs to which person."""

    def total(self, op: str, value: ColumnValue) -> Cell:
        """The sum of a lower level's column for each person."""
        ...

    def dtype_of(self, name: str) -> Any:
        """The Polars type of an input column."""
        ...


class ColumnValue(Value):
    """A quantity of every row: `num / den`, or a truth column, or a text column as codes of `categories`."""

    __slots__ = ("categories", "den", "level", "num", "run", "unit")

    def __init__(
        self,
        num: Cell,
        unit: str,
        *,
        run: Sums,
        den: Cell | None = None,
        level: str | None = None,
        categories: tuple[str, ...] = (),
    ) -> None:
        self.num = num
        self.den = den or cells.constant(1)
        self.unit = unit
        self.run = run
        self.level = level
        self.categories = categories

    def constant(self, number: int) -> ColumnValue:
        """The literal 0 or 1."""
        return ColumnValue(cells.constant(number), "literal", run=self.run)

    def apply(self, op: str, *others: Value) -> ColumnValue:
        """Compute one step on whole columns; see the functions below."""
        return _STEPS[op](op, self, *others)


class ParameterColumn(ColumnValue):
    """A parameter in force on the day."""

    __slots__ = ("dated", "parameter")

    def __init__(self, parameter: Parameter, dated: Dated, run: Sums) -> None:
        self.parameter = parameter
        self.dated = dated
        value = dated.value if parameter.kind == "scalar" else 0
        if isinstance(value, str):
            raise LawError(f"{parameter.key}: parameter teks tidak bisa masuk rumus kolom.")
        common = common_scale([int(value)], parameter.scale) or 1
        den = cells.constant(parameter.scale // common)
        super().__init__(cells.constant(int(value) // common), parameter.unit, run=run, den=den)


def _like(
    model: ColumnValue, num: Cell, unit: str, args: tuple[Any, ...], den: Cell | None = None
) -> ColumnValue:
    return ColumnValue(num, unit, run=model.run, den=den, level=common_level(list(args)))


def _same_den(a: ColumnValue, b: ColumnValue) -> tuple[Cell, Cell, Cell]:
    """Both numerators over one denominator."""
    if a.den is b.den or (a.den.const is not None and a.den.const == b.den.const):
        return a.num, b.num, a.den
    if a.den.const is not None and b.den.const is not None:
        common = lcm(a.den.const, b.den.const)
        left = cells.mul(a.num, cells.constant(common // a.den.const))
        right = cells.mul(b.num, cells.constant(common // b.den.const))
        return left, right, cells.constant(common)
    return cells.mul(a.num, b.den), cells.mul(b.num, a.den), cells.mul(a.den, b.den)


def _sum(op: str, a: ColumnValue, b: ColumnValue) -> ColumnValue:
    unit = sum_unit(op, a.unit, b.unit)
    left, right, den = _same_den(a, b)
    return _like(a, cells.add(left, right, 1 if op == "add" else -1), unit, (a, b), den)


def _product(op: str, a: ColumnValue, b: ColumnValue) -> ColumnValue:
    unit = product_unit(a.unit, b.unit)
    return _like(a, cells.mul(a.num, b.num), unit, (a, b), cells.mul(a.den, b.den))


def _compare(op: str, a: ColumnValue, b: ColumnValue) -> ColumnValue:
    sum_unit(op, a.unit, b.unit)
    left, right, _ = _same_den(a, b)
    return _like(a, cells.compare(op, left, right), "bool", (a, b))


def _equals_text(op: str, a: ColumnValue, b: Any) -> ColumnValue:
    if a.unit != "text":
        raise LawError("equals dengan teks hanya untuk nilai teks.")
    if b.text not in a.categories:
        never = Cell(pl.when(a.num.as_expr().is_null()).then(None).otherwise(False), 0, 1, True)
        return _like(a, never if a.num.nullable else cells.constant(0), "bool", (a,))
    code = cells.constant(a.categories.index(b.text))
    return _like(a, cells.compare("eq", a.num, code), "bool", (a,))


def _extreme(op: str, a: ColumnValue, b: ColumnValue) -> ColumnValue:
    unit = sum_unit(op, a.unit, b.unit)
    left, right, den = _same_den(a, b)
    return _like(a, cells.extreme(op, left, right), unit, (a, b), den)


def _where(op: str, test: ColumnValue, yes: ColumnValue, no: ColumnValue) -> ColumnValue:
    if test.unit != "bool":
        raise LawError("syarat harus ya/tidak, bukan angka.")
    unit = yes.unit if yes.unit == no.unit else sum_unit(op, yes.unit, no.unit)
    if unit == "bool":
        return _like(test, _choose_bool(test.num, yes.num, no.num), unit, (test, yes, no))
    if yes.den.const is not None and no.den.const is not None:
        left, right, den = _same_den(yes, no)
        return _like(test, cells.choose(test.num, left, right), unit, (test, yes, no), den)
    den = cells.choose(test.num, yes.den, no.den)
    return _like(test, cells.choose(test.num, yes.num, no.num), unit, (test, yes, no), den)


def _truth(cell: Cell) -> pl.Expr:
    return pl.lit(bool(cell.lo)) if cell.expr is None else cell.expr


def _choose_bool(test: Cell, yes: Cell, no: Cell) -> Cell:
    if test.const is not None:
        return yes if test.const else no
    when = pl.when(_truth(test)).then(_truth(yes)).otherwise(_truth(no))
    if test.nullable:
        when = pl.when(_truth(test).is_null()).then(None).otherwise(when)
    return Cell(when, 0, 1, test.nullable or yes.nullable or no.nullable)


def _lookup(op: str, table: ParameterColumn, *keys: ColumnValue) -> ColumnValue:
    parameter = table.parameter
    _require_keys(parameter, len(keys))
    index, wanted = _index(parameter, table.dated.value, keys)
    found = [find_in_table(parameter, table.dated.value, key) for key in wanted]
    if parameter.unit == "text":
        return _texts(table, index, found, keys)
    numbers = [None if value is None else int(value) for value in found]
    common = common_scale([number for number in numbers if number], parameter.scale)
    values = [None if number is None else number // common for number in numbers]
    num = cells.gather(index, values, 0)
    if parameter.unit == "bool" and num.expr is not None:
        num = Cell(num.expr.cast(pl.Boolean), 0, 1, num.nullable)
    return _like(table, num, parameter.unit, (table, *keys), cells.constant(parameter.scale // common))


def _texts(
    table: ParameterColumn, index: Cell, found: list[Any], keys: tuple[ColumnValue, ...]
) -> ColumnValue:
    """A table of texts: the result is a column of codes of the texts that the table holds."""
    categories = tuple(sorted({text for text in found if text is not None}))
    codes = [None if text is None else categories.index(text) for text in found]
    made = _like(table, cells.gather(index, codes, 0), "text", (table, *keys))
    made.categories = categories
    return made


def _index(
    parameter: Parameter, table: dict[Any, Any], keys: tuple[ColumnValue, ...]
) -> tuple[Cell, list[Any]]:
    """One dense index over all combinations of the keys that occur, and the combinations in its order."""
    index = cells.constant(0)
    wanted: list[tuple[Any, ...]] = [()]
    for key in keys:
        values = _key_values(parameter, key)
        lowest = 0 if key.categories else key.num.lo
        position = cells.add(key.num, cells.constant(lowest), -1)
        index = cells.add(cells.mul(index, cells.constant(len(values))), position)
        wanted = [(*head, value) for head in wanted for value in values]
    return index, wanted


def _key_values(parameter: Parameter, key: ColumnValue) -> list[Any]:
    if key.categories:
        return list(key.categories)
    if key.den.const != 1 or key.num.hi - key.num.lo > 100_000:
        raise LawError(f"{parameter.key}: kunci tabel harus bilangan bulat kecil.")
    return list(range(key.num.lo, key.num.hi + 1))


def _bracket(op: str, table: ParameterColumn, quantity: ColumnValue) -> ColumnValue:
    parameter = table.parameter
    _require_bracket(parameter, quantity)
    steps: Bracket = table.dated.value
    common = common_scale([result for result in steps.results if result], parameter.scale)
    results: list[int | None] = [result // common for result in steps.results]
    position = _position(steps, quantity, _x_scale(parameter))
    num = cells.gather(position, results, 0)
    return _like(table, num, parameter.unit, (table, quantity), cells.constant(parameter.scale // common))


def _position(steps: Bracket, quantity: ColumnValue, scale: int) -> Cell:
    """How many bounds lie below the quantity."""
    num = cells.mul(quantity.num, cells.constant(scale))
    op = "gt" if steps.inclusive else "ge"
    if len(steps.bounds) > _FEW_STEPS and quantity.den.const == 1 and num.expr is not None:
        bounds = pl.Series(steps.bounds, dtype=num.dtype)
        side: Any = "left" if steps.inclusive else "right"
        found = pl.lit(bounds).search_sorted(num.expr, side=side).cast(pl.Int64)
        if num.nullable:
            found = pl.when(num.expr.is_null()).then(None).otherwise(found)
        return Cell(found, 0, len(steps.bounds), num.nullable)
    position = cells.constant(0)
    for bound in steps.bounds:
        above = cells.compare(op, num, cells.mul(quantity.den, cells.constant(bound)))
        position = cells.add(position, _as_number(above))
    return position


def _as_number(truth: Cell) -> Cell:
    return truth if truth.expr is None else Cell(truth.expr.cast(pl.Int64), 0, 1, truth.nullable)


def _progressive(op: str, table: ParameterColumn, quantity: ColumnValue) -> ColumnValue:
    parameter = table.parameter
    _require_bracket(parameter, quantity)
    steps: Bracket = table.dated.value
    total, below = cells.constant(0), 0
    for bound, rate in zip((*steps.bounds, None), steps.results, strict=True):
        top = quantity.num
        if bound is not None:
            top = cells.extreme("least", top, cells.mul(quantity.den, cells.constant(bound)))
        slice_ = cells.add(top, cells.mul(quantity.den, cells.constant(below)), -1)
        slice_ = cells.extreme("greatest", slice_, cells.constant(0))
        total = cells.add(total, cells.mul(slice_, cells.constant(rate)))
        below = bound or below
    den = cells.mul(quantity.den, cells.constant(parameter.scale))
    return _like(table, total, quantity.unit, (table, quantity), den)


def _ratio(op: str, a: ColumnValue, b: ColumnValue) -> ColumnValue:
    same = a.unit == b.unit or a.unit == "literal"
    unit = "ratio" if same else a.unit
    if not same and b.unit not in ("count", "days", "points", "ratio", "rate"):
        raise LawError(f"ratio: satuan {a.unit} dan {b.unit} tidak cocok.")
    _require_positive(b.num, "ratio")
    num, den = cells.mul(a.num, b.den), cells.mul(a.den, b.num)
    return _like(a, num, unit, (a, b), den)


def _require_positive(cell: Cell, op: str) -> None:
    if cell.lo <= 0:
        raise LawError(f"{op}: pembaginya bisa nol atau negatif.")


def _round(op: str, a: ColumnValue) -> ColumnValue:
    if a.den.const == 1:
        return _like(a, a.num, a.unit, (a,))
    two = cells.constant(2)
    if op == "round_half_up":
        num = cells.floor_div(cells.add(cells.mul(a.num, two), a.den), cells.mul(a.den, two))
    elif op == "round_down":
        num = cells.floor_div(a.num, a.den)
    else:
        negative = cells.mul(a.num, cells.constant(-1))
        num = cells.mul(cells.floor_div(negative, a.den), cells.constant(-1))
    return _like(a, num, a.unit, (a,))


def _round_down_to(op: str, a: ColumnValue, step: ColumnValue) -> ColumnValue:
    unit = sum_unit("least", a.unit, step.unit)
    _require_positive(step.num, op)
    whole = cells.floor_div(cells.mul(a.num, step.den), cells.mul(a.den, step.num))
    return _like(a, cells.mul(whole, step.num), unit, (a, step), step.den)


def _whole_minutes(op: str, a: ColumnValue) -> ColumnValue:
    if a.unit != "seconds":
        raise LawError("whole_minutes hanya untuk detik.")
    num = cells.floor_div(a.num, cells.mul(a.den, cells.constant(60)))
    return _like(a, num, "minutes", (a,))


def _minutes_of(op: str, a: ColumnValue) -> ColumnValue:
    return _like(a, cells.mul(a.num, cells.constant(60)), "minutes", (a,), a.den)


def _is_missing(op: str, a: ColumnValue) -> ColumnValue:
    if a.num.expr is None or not a.num.nullable:
        return _like(a, cells.constant(0), "bool", (a,))
    return _like(a, Cell(a.num.expr.is_null(), 0, 1), "bool", (a,))


def _given(op: str, a: ColumnValue, otherwise: ColumnValue) -> ColumnValue:
    if not a.num.nullable:
        return a
    missing = _is_missing(op, a)
    return _where(op, missing, otherwise, ColumnValue(a.num, a.unit, run=a.run, den=a.den, level=a.level))


def _logic(op: str, a: ColumnValue, b: ColumnValue) -> ColumnValue:
    if a.unit != "bool" or b.unit != "bool":
        raise LawError("syarat harus ya/tidak, bukan angka.")
    decisive = int(op == "any_of")
    for one, other in ((a, b), (b, a)):
        if one.num.const is not None:
            num = one.num if one.num.const == decisive else other.num
            return _like(a, num, "bool", (a, b))
    # Polars' & and | are three-valued just as the law's conditions are.
    left, right = _truth(a.num), _truth(b.num)
    expr = left | right if decisive else left & right
    return _like(a, Cell(expr, 0, 1, a.num.nullable or b.num.nullable), "bool", (a, b))


def _negate(op: str, a: ColumnValue) -> ColumnValue:
    if a.unit != "bool":
        raise LawError("syarat harus ya/tidak, bukan angka.")
    if a.num.const is not None:
        return _like(a, cells.constant(1 - a.num.const), "bool", (a,))
    return _like(a, Cell(~_truth(a.num), 0, 1, a.num.nullable), "bool", (a,))


def _sum_children(op: str, a: ColumnValue) -> ColumnValue:
    level = {"sum_days": "day", "sum_events": "event", "count_days": "day"}[op]
    if a.level not in (level, None):
        raise LawError(f"{op} hanya untuk nilai tingkat {level}, bukan {a.level}.")
    unit = "days" if op == "count_days" else a.unit
    summed = ColumnValue(_as_number(a.num) if a.unit == "bool" else a.num, unit, run=a.run, level=level)
    return ColumnValue(a.run.total(op, summed), unit, run=a.run, den=a.den, level="person_month")


def _number_of_days(op: str, a: ColumnValue) -> ColumnValue:
    one = ColumnValue(cells.constant(1), "days", run=a.run, level="day")
    return _sum_children("count_days", one)


def _weigh(op: str, a: ColumnValue, weight: ColumnValue, total: ColumnValue) -> ColumnValue:
    if {a.level, weight.level} - {"segment", None}:
        raise LawError("weigh_segments hanya untuk nilai tingkat segment.")
    if a.den.const is None or weight.den.const != 1:
        raise LawError("weigh_segments: pembagi nilainya harus tetap.")
    _require_positive(total.num, op)
    product = ColumnValue(cells.mul(a.num, weight.num), a.unit, run=a.run, level="segment")
    num = a.run.total(op, product)
    den = cells.mul(a.den, total.num)
    return ColumnValue(cells.mul(num, total.den), a.unit, run=a.run, den=den, level="person_month")


_STEPS: dict[str, Callable[..., ColumnValue]] = {
    "add": _sum,
    "sub": _sum,
    "mul": _product,
    **dict.fromkeys(("lt", "le", "gt", "ge", "eq"), _compare),
    "equals_text": _equals_text,
    "least": _extreme,
    "greatest": _extreme,
    "where": _where,
    "lookup": _lookup,
    "bracket": _bracket,
    "progressive": _progressive,
    "ratio": _ratio,
    "round_half_up": _round,
    "round_down": _round,
    "round_up": _round,
    "round_down_to": _round_down_to,
    "whole_minutes": _whole_minutes,
    "minutes_of": _minutes_of,
    "is_missing": _is_missing,
    "given": _given,
    "all_of": _logic,
    "any_of": _logic,
    "negate": _negate,
    "sum_days": _sum_children,
    "sum_events": _sum_children,
    "count_days": _sum_children,
    "number_of_days": _number_of_days,
    "weigh_segments": _weigh,
}
