"""A whole government at once: the same formulas, over Polars columns."""

from __future__ import annotations

from dataclasses import replace
from math import lcm
from typing import Any

import polars as pl

from pamong.law.engine import cells, column_tables
from pamong.law.engine.cells import Cell
from pamong.law.engine.column import STEPS, ColumnValue, ParameterColumn, as_number, like
from pamong.law.engine.errors import LawError
from pamong.law.engine.values import (
    UNSUMMABLE,
    product_unit,
    require_level,
    sum_unit,
)


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
    return like(a, cells.add(left, right, 1 if op == "add" else -1), unit, (a, b), den)


def _product(op: str, a: ColumnValue, b: ColumnValue) -> ColumnValue:
    unit = product_unit(a.unit, b.unit)
    return like(a, cells.mul(a.num, b.num), unit, (a, b), cells.mul(a.den, b.den))


def _compare(op: str, a: ColumnValue, b: ColumnValue) -> ColumnValue:
    sum_unit(op, a.unit, b.unit)
    left, right, _ = _same_den(a, b)
    return like(a, cells.compare(op, left, right), "bool", (a, b))


def _equals_text(op: str, a: ColumnValue, b: Any) -> ColumnValue:
    if a.unit != "text":
        raise LawError("equals dengan teks hanya untuk nilai teks.")
    if b.text not in a.categories:
        never = Cell(pl.when(a.num.as_expr().is_null()).then(None).otherwise(False), 0, 1, True)
        return like(a, never if a.num.nullable else cells.constant(0), "bool", (a,))
    code = cells.constant(a.categories.index(b.text))
    return like(a, cells.compare("eq", a.num, code), "bool", (a,))


def _extreme(op: str, a: ColumnValue, b: ColumnValue) -> ColumnValue:
    unit = sum_unit(op, a.unit, b.unit)
    left, right, den = _same_den(a, b)
    return like(a, cells.extreme(op, left, right), unit, (a, b), den)


def _where(op: str, test: ColumnValue, yes: ColumnValue, no: ColumnValue) -> ColumnValue:
    if test.unit != "bool":
        raise LawError("syarat harus ya/tidak, bukan angka.")
    unit = yes.unit if yes.unit == no.unit else sum_unit(op, yes.unit, no.unit)
    if unit == "text":
        return _where_text(test, yes, no)
    if unit == "bool":
        return like(test, _choose_bool(test.num, yes.num, no.num), unit, (test, yes, no))
    if yes.den.const is not None and no.den.const is not None:
        left, right, den = _same_den(yes, no)
        return like(test, cells.choose(test.num, left, right), unit, (test, yes, no), den)
    den = cells.choose(test.num, yes.den, no.den)
    return like(test, cells.choose(test.num, yes.num, no.num), unit, (test, yes, no), den)


def _where_text(test: ColumnValue, yes: ColumnValue, no: ColumnValue) -> ColumnValue:
    """Two text columns have codes of their own; the result has codes of both together."""
    categories = tuple(sorted({*yes.categories, *no.categories}))
    codes = [
        cells.gather(side.num, [categories.index(text) for text in side.categories], 0) for side in (yes, no)
    ]
    made = like(test, cells.choose(test.num, *codes), "text", (test, yes, no))
    made.categories = categories
    return made


def _truth(cell: Cell) -> pl.Expr:
    return pl.lit(bool(cell.lo)) if cell.expr is None else cell.expr


def _choose_bool(test: Cell, yes: Cell, no: Cell) -> Cell:
    if test.const is not None:
        return yes if test.const else no
    when = pl.when(_truth(test)).then(_truth(yes)).otherwise(_truth(no))
    if test.nullable:
        when = pl.when(_truth(test).is_null()).then(None).otherwise(when)
    return Cell(when, 0, 1, test.nullable or yes.nullable or no.nullable)


def _ratio(op: str, a: ColumnValue, b: ColumnValue) -> ColumnValue:
    same = a.unit == b.unit or a.unit == "literal"
    unit = "ratio" if same else a.unit
    if not same and b.unit not in ("count", "days", "points", "ratio", "rate"):
        raise LawError(f"ratio: satuan {a.unit} dan {b.unit} tidak cocok.")
    _require_positive(b.num, "ratio")
    num = cells.missing_with(cells.mul(a.num, b.den), b.num)
    return like(a, num, unit, (a, b), cells.mul(a.den, b.num))


def _require_positive(cell: Cell, op: str) -> None:
    if cell.lo <= 0:
        raise LawError(f"{op}: pembaginya bisa nol atau negatif.")


def _round(op: str, a: ColumnValue) -> ColumnValue:
    if a.den.const == 1:
        return like(a, a.num, a.unit, (a,))
    top, den = cells.cancelled(a.num, a.den)
    if op == "round_half_up":
        num = _half_up(top, den)
    elif op == "round_down":
        num = cells.floor_div(top, den)
    else:
        negative = cells.mul(top, cells.constant(-1))
        num = cells.mul(cells.floor_div(negative, den), cells.constant(-1))
    return like(a, num, a.unit, (a,))


def _half_up(num: Cell, den: Cell) -> Cell:
    if den.const is not None and den.const % 2 == 0:
        return cells.floor_div(cells.add(num, cells.constant(den.const // 2)), den)
    two = cells.constant(2)
    return cells.floor_div(cells.add(cells.mul(num, two), den), cells.mul(den, two))


def _round_down_to(op: str, a: ColumnValue, step: ColumnValue) -> ColumnValue:
    unit = sum_unit("least", a.unit, step.unit)
    _require_positive(step.num, op)
    whole = cells.floor_div(cells.mul(a.num, step.den), cells.mul(a.den, step.num))
    return like(a, cells.mul(whole, step.num), unit, (a, step), step.den)


def _whole_minutes(op: str, a: ColumnValue) -> ColumnValue:
    if a.unit != "seconds":
        raise LawError("whole_minutes hanya untuk detik.")
    num = cells.floor_div(a.num, cells.mul(a.den, cells.constant(60)))
    return like(a, num, "minutes", (a,))


def _minutes_of(op: str, a: ColumnValue) -> ColumnValue:
    return like(a, cells.mul(a.num, cells.constant(60)), "minutes", (a,), a.den)


def _days_of(op: str, a: ColumnValue) -> ColumnValue:
    if a.unit not in ("rate", "ratio"):
        raise LawError("days_of hanya untuk bagian hari dalam persen.")
    return like(a, a.num, "days", (a,), a.den)


def _is_missing(op: str, a: ColumnValue) -> ColumnValue:
    if a.num.expr is None or not a.num.nullable:
        return like(a, cells.constant(0), "bool", (a,))
    return like(a, Cell(a.num.expr.is_null(), 0, 1), "bool", (a,))


def _given(op: str, a: ColumnValue, otherwise: ColumnValue) -> ColumnValue:
    if not a.num.nullable:
        return a
    made = _where(op, _is_missing(op, a), otherwise, a)
    # Missing values were just replaced: the result is only missing where the replacement is.
    made.num = replace(made.num, nullable=otherwise.num.nullable)
    return made


def _logic(op: str, a: ColumnValue, b: ColumnValue) -> ColumnValue:
    if a.unit != "bool" or b.unit != "bool":
        raise LawError("syarat harus ya/tidak, bukan angka.")
    decisive = int(op == "any_of")
    for one, other in ((a, b), (b, a)):
        if one.num.const is not None:
            num = one.num if one.num.const == decisive else other.num
            return like(a, num, "bool", (a, b))
    # Polars' & and | are three-valued just as the law's conditions are.
    left, right = _truth(a.num), _truth(b.num)
    expr = left | right if decisive else left & right
    return like(a, Cell(expr, 0, 1, a.num.nullable or b.num.nullable), "bool", (a, b))


def _negate(op: str, a: ColumnValue) -> ColumnValue:
    if a.unit != "bool":
        raise LawError("syarat harus ya/tidak, bukan angka.")
    if a.num.const is not None:
        return like(a, cells.constant(1 - a.num.const), "bool", (a,))
    return like(a, Cell(~_truth(a.num), 0, 1, a.num.nullable), "bool", (a,))


def _sum_children(op: str, a: ColumnValue) -> ColumnValue:
    level = {"sum_days": "day", "sum_events": "event"}[op]
    require_level(op, a.level, level)
    if a.unit in UNSUMMABLE:
        raise LawError(f"{op} tidak untuk {a.unit}.")
    if a.den.const is None:
        raise LawError(f"{op}: pembagi nilainya harus tetap.")
    return ColumnValue(a.run.total(op, a), a.unit, run=a.run, den=a.den, level="person_month")


def _count_days(op: str, a: ColumnValue) -> ColumnValue:
    require_level(op, a.level, "day")
    if a.unit != "bool":
        raise LawError("count_days hanya untuk syarat harian.")
    counted = ColumnValue(as_number(a.num), "days", run=a.run, level="day")
    return ColumnValue(a.run.total(op, counted), "days", run=a.run, level="person_month")


def _number_of_days(op: str, a: ColumnValue) -> ColumnValue:
    require_level(op, a.level, "day")
    one = ColumnValue(cells.constant(1), "days", run=a.run, level="day")
    return ColumnValue(a.run.total(op, one), "days", run=a.run, level="person_month")


def _greatest_event(op: str, a: ColumnValue) -> ColumnValue:
    require_level(op, a.level, "event")
    if a.unit in UNSUMMABLE:
        raise LawError(f"{op} tidak untuk {a.unit}.")
    if a.den.const is None:
        raise LawError(f"{op}: pembagi nilainya harus tetap.")
    return ColumnValue(a.run.total(op, a), a.unit, run=a.run, den=a.den, level="person_month")


def _weigh(op: str, a: ColumnValue, weight: ColumnValue, total: ColumnValue) -> ColumnValue:
    require_level(op, a.level, "segment")
    require_level(op, weight.level, "segment")
    if a.den.const is None or weight.den.const != 1:
        raise LawError("weigh_segments: pembagi nilainya harus tetap.")
    _require_positive(total.num, op)
    product = ColumnValue(cells.mul(a.num, weight.num), a.unit, run=a.run, level="segment")
    num = a.run.total(op, product)
    den = cells.mul(a.den, total.num)
    return ColumnValue(cells.mul(num, total.den), a.unit, run=a.run, den=den, level="person_month")


STEPS.update(
    {
        "add": _sum,
        "sub": _sum,
        "mul": _product,
        **dict.fromkeys(("lt", "le", "gt", "ge", "eq"), _compare),
        "equals_text": _equals_text,
        "least": _extreme,
        "greatest": _extreme,
        "where": _where,
        "lookup": column_tables.lookup,
        "bracket": column_tables.bracket,
        "progressive": column_tables.progressive,
        "ratio": _ratio,
        "round_half_up": _round,
        "round_down": _round,
        "round_up": _round,
        "round_down_to": _round_down_to,
        "whole_minutes": _whole_minutes,
        "minutes_of": _minutes_of,
        "days_of": _days_of,
        "is_missing": _is_missing,
        "given": _given,
        "all_of": _logic,
        "any_of": _logic,
        "negate": _negate,
        "sum_days": _sum_children,
        "sum_events": _sum_children,
        "count_days": _count_days,
        "number_of_days": _number_of_days,
        "greatest_event": _greatest_event,
        "weigh_segments": _weigh,
    }
)

__all__ = ["ColumnValue", "ParameterColumn"]
