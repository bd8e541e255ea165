"""Tables and brackets over whole columns."""

from __future__ import annotations

from typing import Any

import polars as pl

from pamong.law.engine import cells
from pamong.law.engine.cells import Cell
from pamong.law.engine.column import ColumnValue, ParameterColumn, as_number, like
from pamong.law.engine.errors import LawError
from pamong.law.engine.parameters import Bracket, Parameter, common_scale
from pamong.law.engine.trace import find_in_table, require_bracket, require_keys, x_scale

# Steps of a bracket up to this number are compared one by one; longer ones are searched.
_FEW_STEPS = 12


def lookup(op: str, table: ParameterColumn, *keys: ColumnValue) -> ColumnValue:
    """The table's entry at the keys of each row; missing where a key is missing or not in the table."""
    parameter = table.parameter
    require_keys(parameter, len(keys))
    index, wanted = _index(parameter, table.dated.value, keys)
    found = _found(parameter, table.dated.value, keys, wanted)
    if parameter.unit == "text":
        return _texts(table, index, found, keys)
    numbers = [None if value is None else int(value) for value in found]
    common = common_scale([number for number in numbers if number], parameter.scale)
    values = [None if number is None else number // common for number in numbers]
    num = cells.gather(index, values, 0)
    if parameter.unit == "bool" and num.expr is not None:
        num = Cell(num.expr.cast(pl.Boolean), 0, 1, num.nullable)
    return like(table, num, parameter.unit, (table, *keys), cells.constant(parameter.scale // common))


def _found(parameter: Parameter, table: Any, keys: tuple[ColumnValue, ...], wanted: list[Any]) -> list[Any]:
    """The entries in the order of `wanted`. A text that no row has needs none: any will do in its place."""
    found = [find_in_table(parameter, table, key) for key in wanted]
    filler = next((entry for entry in found if entry is not None), None)
    if None not in found or filler is None:
        return found
    for place, key in enumerate(keys):
        if key.column is not None and key.categories:
            seen = {key.categories[code] for code in key.run.occurring(key.column)}
            found = [
                filler if entry is None and texts[place] not in seen else entry
                for entry, texts in zip(found, wanted, strict=True)
            ]
    return found


def _texts(
    table: ParameterColumn, index: Cell, found: list[Any], keys: tuple[ColumnValue, ...]
) -> ColumnValue:
    """A table of texts: the result is a column of codes of the texts that the table holds."""
    categories = tuple(sorted({text for text in found if text is not None}))
    codes = [None if text is None else categories.index(text) for text in found]
    made = like(table, cells.gather(index, codes, 0), "text", (table, *keys))
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


def bracket(op: str, table: ParameterColumn, quantity: ColumnValue) -> ColumnValue:
    """The result of the step in which each row's quantity lies."""
    parameter = table.parameter
    require_bracket(parameter, quantity)
    steps: Bracket = table.dated.value
    common = common_scale([result for result in steps.results if result], parameter.scale)
    results: list[int | None] = [result // common for result in steps.results]
    position = _position(steps, quantity, x_scale(parameter))
    num = cells.gather(position, results, 0)
    return like(table, num, parameter.unit, (table, quantity), cells.constant(parameter.scale // common))


def _position(steps: Bracket, quantity: ColumnValue, scale: int) -> Cell:
    """How many bounds lie below the quantity."""
    num = cells.mul(quantity.num, cells.constant(scale))
    op = "gt" if steps.inclusive else "ge"
    if len(steps.bounds) > _FEW_STEPS and quantity.den.const == 1 and num.expr is not None:
        bounds = pl.Series(steps.bounds, dtype=num.dtype)
        side: Any = "left" if steps.inclusive else "right"
        found = pl.lit(bounds).search_sorted(num.as_expr(), side=side).cast(pl.Int64)
        if num.nullable:
            found = pl.when(num.expr.is_null()).then(None).otherwise(found)
        return Cell(found, 0, len(steps.bounds), num.nullable)
    position = cells.constant(0)
    for bound in steps.bounds:
        above = cells.compare(op, num, cells.mul(quantity.den, cells.constant(bound)))
        position = cells.add(position, as_number(above))
    return position


def progressive(op: str, table: ParameterColumn, quantity: ColumnValue) -> ColumnValue:
    """Each slice of the quantity at the rate of its own step, summed."""
    parameter = table.parameter
    require_bracket(parameter, quantity)
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
    return like(table, total, quantity.unit, (table, quantity), den)
