"""The value that stands for a whole column, with its unit, level and denominator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import polars as pl

from pamong.law.engine import cells
from pamong.law.engine.cells import Cell
from pamong.law.engine.errors import LawError
from pamong.law.engine.parameters import Dated, Parameter, common_scale
from pamong.law.engine.values import Value, common_level

# How each step of a formula is computed; columns.py fills it, which needs the classes below.
STEPS: dict[str, Callable[..., ColumnValue]] = {}


class Sums(Protocol):
    """What lifts a column of a lower level: the run that knows which row belongs to which person."""

    def total(self, op: str, value: ColumnValue) -> Cell:
        """The sum of a lower level's column for each person."""
        ...

    def occurring(self, column: tuple[str, str]) -> set[int]:
        """The codes of a text column that some row has."""
        ...


class ColumnValue(Value):
    """A quantity of every row: `num / den`, or a truth column, or a text column as codes of `categories`."""

    __slots__ = ("categories", "column", "den", "level", "num", "run", "unit")

    def __init__(
        self,
        num: Cell,
        unit: str,
        *,
        run: Sums,
        den: Cell | None = None,
        level: str | None = None,
        categories: tuple[str, ...] = (),
        column: tuple[str, str] | None = None,  # where a text fact stands: its level and its name
    ) -> None:
        self.num = num
        self.den = den or cells.constant(1)
        self.unit = unit
        self.run = run
        self.level = level
        self.categories = categories
        self.column = column

    def constant(self, number: int) -> ColumnValue:
        """The literal 0 or 1."""
        return ColumnValue(cells.constant(number), "literal", run=self.run)

    def apply(self, op: str, *others: Value) -> ColumnValue:
        """Compute one step on whole columns; see columns.py."""
        return STEPS[op](op, self, *others)


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


def like(
    model: ColumnValue, num: Cell, unit: str, args: tuple[Any, ...], den: Cell | None = None
) -> ColumnValue:
    """A value computed from `args`, in the same run as `model`."""
    return ColumnValue(num, unit, run=model.run, den=den, level=common_level(args))


def as_number(truth: Cell) -> Cell:
    """A truth cell as 0 and 1."""
    return truth if truth.expr is None else Cell(truth.expr.cast(pl.Int64), 0, 1, truth.nullable)
