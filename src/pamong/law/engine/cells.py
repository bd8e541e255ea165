"""Integer columns with proven bounds: the exact arithmetic under `ColumnValue`.

A cell is a Polars expression (or a constant) whose values are known to lie within `lo..hi`. Bounds start
from the data themselves and are carried through every step, so that each step can choose 64-bit arithmetic
where it cannot overflow and 128-bit arithmetic where it might: exactness is proven before a row is computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

import polars as pl

from pamong.law.engine.errors import LawError

_I64 = 2**63 - 1
_I128 = 2**127 - 1


@dataclass(frozen=True, slots=True)
class Cell:
    """An integer (or truth) column: `expr` x `factor`, within `lo..hi`; a constant where `expr` is None.

    The constant factor is kept apart so that several of them become one multiplication, or none: a rate's
    numerator is cancelled against the denominator of the division that follows.
    """

    expr: pl.Expr | None
    lo: int
    hi: int
    nullable: bool = False
    factor: int = 1

    @property
    def const(self) -> int | None:
        """The value, if it is the same for every row and never missing."""
        return self.lo if self.expr is None else None

    @property
    def dtype(self) -> type[pl.Int64] | type[pl.Int128]:
        """The integer type that holds every value."""
        return width(self.lo, self.hi)

    def as_expr(self, dtype: type[pl.Int64] | type[pl.Int128] | None = None) -> pl.Expr:
        """The column as an expression of the given width."""
        wanted = dtype or self.dtype
        if self.expr is None:
            return pl.lit(self.lo, dtype=wanted)
        have = width(self.lo // self.factor, self.hi // self.factor)
        expr = self.expr if wanted is have else self.expr.cast(wanted)
        return expr if self.factor == 1 else expr * self.factor


def width(lo: int, hi: int) -> type[pl.Int64] | type[pl.Int128]:
    """The narrowest integer type that holds `lo..hi`; refuses what even 128 bits cannot hold."""
    if lo >= -_I64 and hi <= _I64:
        return pl.Int64
    if lo >= -_I128 and hi <= _I128:
        return pl.Int128
    raise LawError("hitungan bisa melampaui 128 bit; bulatkan lebih awal.")


def constant(value: int) -> Cell:
    """A cell with one value for all rows."""
    return Cell(None, value, value)


def made(expr: pl.Expr, lo: int, hi: int, nullable: bool) -> Cell:
    """A computed cell; one that can only have one value becomes a constant."""
    if lo == hi and not nullable:
        return constant(lo)
    return Cell(expr, lo, hi, nullable)


def _wide(lo: int, hi: int, *cells: Cell) -> type[pl.Int64] | type[pl.Int128]:
    wide = any(cell.dtype is pl.Int128 for cell in cells) or width(lo, hi) is pl.Int128
    return pl.Int128 if wide else pl.Int64


def _narrow(expr: pl.Expr, have: type, lo: int, hi: int) -> pl.Expr:
    wanted = width(lo, hi)
    return expr if wanted is have else expr.cast(wanted)


def add(a: Cell, b: Cell, sign: int = 1) -> Cell:
    """a + b, or a - b with sign -1."""
    if a.const is not None and b.const is not None:
        return constant(a.const + sign * b.const)
    if b.const == 0:
        return a
    if a.const == 0 and sign == 1:
        return b
    if sign == -1 and a.expr is b.expr and a.factor == b.factor and not a.nullable:
        return constant(0)
    lo, hi = (a.lo + b.lo, a.hi + b.hi) if sign == 1 else (a.lo - b.hi, a.hi - b.lo)
    kind = _wide(lo, hi, a, b)
    left, right = a.as_expr(kind), b.as_expr(kind)
    expr = left + right if sign == 1 else left - right
    return made(_narrow(expr, kind, lo, hi), lo, hi, a.nullable or b.nullable)


def mul(a: Cell, b: Cell) -> Cell:
    """a x b."""
    if a.const is not None and b.const is not None:
        return constant(a.const * b.const)
    for one, other in ((a, b), (b, a)):
        if one.const == 1:
            return other
        if one.const == 0 and not other.nullable:
            return constant(0)
    ends = [x * y for x in (a.lo, a.hi) for y in (b.lo, b.hi)]
    lo, hi = min(ends), max(ends)
    for one, other in ((a, b), (b, a)):
        if one.const is not None and one.const > 0:
            return Cell(other.expr, lo, hi, other.nullable, other.factor * one.const)
    factor = a.factor * b.factor
    low, high = sorted((lo // factor, hi // factor))
    left, right = _bare(a), _bare(b)
    kind = _wide(low, high, left, right)
    product = _narrow(left.as_expr(kind) * right.as_expr(kind), kind, low, high)
    found = made(product, low, high, a.nullable or b.nullable)
    return found if found.expr is None and factor == 1 else mul(found, constant(factor))


def _bare(cell: Cell) -> Cell:
    """The cell without its factor."""
    return Cell(cell.expr, cell.lo // cell.factor, cell.hi // cell.factor, cell.nullable)


def cancelled(num: Cell, den: Cell) -> tuple[Cell, Cell]:
    """num : den with the constant factor of `num` cancelled against a constant `den`."""
    if den.const is None:
        return num, den
    common = gcd(num.factor if num.expr is not None else num.lo, den.const) or 1
    if num.expr is None:
        return constant(num.lo // common), constant(den.const // common)
    low, high = num.lo // common, num.hi // common
    return Cell(num.expr, low, high, num.nullable, num.factor // common), constant(den.const // common)


def floor_div(a: Cell, b: Cell) -> Cell:
    """The whole part of a : b towards minus infinity; `b` is proven positive by the caller."""
    if a.const is not None and b.const is not None:
        return constant(a.const // b.const)
    if b.const == 1:
        return a
    ends = [x // y for x in (a.lo, a.hi) for y in (b.lo, b.hi)]
    lo, hi = min(ends), max(ends)
    kind = _wide(a.lo, a.hi, a, b)
    return made(_narrow(a.as_expr(kind) // b.as_expr(kind), kind, lo, hi), lo, hi, a.nullable or b.nullable)


_ALWAYS = {
    "lt": lambda a, b: (a.hi < b.lo, a.lo >= b.hi),
    "le": lambda a, b: (a.hi <= b.lo, a.lo > b.hi),
    "gt": lambda a, b: (a.lo > b.hi, a.hi <= b.lo),
    "ge": lambda a, b: (a.lo >= b.hi, a.hi < b.lo),
    "eq": lambda a, b: (a.lo == a.hi == b.lo == b.hi, a.hi < b.lo or b.hi < a.lo),
}


def compare(op: str, a: Cell, b: Cell) -> Cell:
    """A truth cell (0 or 1); decided at once where the bounds decide it for every row."""
    nullable = a.nullable or b.nullable
    if not nullable:
        always, never = _ALWAYS[op](a, b)
        if always or never:
            return constant(int(always))
    kind = _wide(0, 0, a, b)
    return Cell(getattr(a.as_expr(kind), op)(b.as_expr(kind)), 0, 1, nullable)


def extreme(op: str, a: Cell, b: Cell) -> Cell:
    """The smaller (`least`) or the greater of two cells; missing where one of them is."""
    pick = min if op == "least" else max
    if a.const is not None and b.const is not None:
        return constant(pick(a.const, b.const))
    lo, hi = pick(a.lo, b.lo), pick(a.hi, b.hi)
    decided = _decided(op, a, b)
    if decided is not None:
        return decided
    kind = _wide(lo, hi, a, b)
    left, right = a.as_expr(kind), b.as_expr(kind)
    if a.expr is None:
        left, right, a, b = right, left, b, a
    if b.expr is None:
        expr = left.clip(upper_bound=right) if op == "least" else left.clip(lower_bound=right)
    else:
        expr = _extreme_of_columns(op, a, b, kind)
    return made(_narrow(expr, kind, lo, hi), lo, hi, a.nullable or b.nullable)


def _decided(op: str, a: Cell, b: Cell) -> Cell | None:
    if a.nullable or b.nullable:
        return None
    if a.hi <= b.lo:
        return a if op == "least" else b
    if b.hi <= a.lo:
        return b if op == "least" else a
    return None


def _extreme_of_columns(op: str, a: Cell, b: Cell, kind: type[pl.Int64] | type[pl.Int128]) -> pl.Expr:
    """Where one side is missing the comparison is too, and the branch that may miss is taken."""
    if a.nullable and not b.nullable:
        a, b = b, a
    left, right = a.as_expr(kind), b.as_expr(kind)
    first = left <= right if op == "least" else left >= right
    chosen = pl.when(first).then(left).otherwise(right)
    return pl.when(left.is_null()).then(None).otherwise(chosen) if a.nullable else chosen


def choose(test: Cell, yes: Cell, no: Cell) -> Cell:
    """`yes` where the truth cell is 1, `no` where it is 0, missing where it is missing."""
    if test.expr is None:
        return yes if test.lo else no
    lo, hi = min(yes.lo, no.lo), max(yes.hi, no.hi)
    kind = width(lo, hi)
    when = pl.when(test.expr).then(yes.as_expr(kind)).otherwise(no.as_expr(kind))
    if test.nullable:
        when = pl.when(test.expr.is_null()).then(None).otherwise(when)
    return made(when, lo, hi, test.nullable or yes.nullable or no.nullable)


def missing_with(cell: Cell, other: Cell) -> Cell:
    """`cell`, but missing wherever `other` is."""
    if other.expr is None or not other.nullable:
        return cell
    return Cell(pl.when(other.expr.is_not_null()).then(cell.as_expr()), cell.lo, cell.hi, True)


def gather(index: Cell, values: list[int | None], lowest: int) -> Cell:
    """`values[index - lowest]` for each row; missing where the index or the entry is missing.

    The caller has proven that the index lies in `lowest..lowest + len(values) - 1`.
    """
    known = [value for value in values if value is not None]
    lo, hi = (min(known), max(known)) if known else (0, 0)
    nullable = index.nullable or len(known) < len(values)
    if index.expr is None:
        value = values[index.lo - lowest]
        return Cell(pl.lit(None, dtype=pl.Int64), 0, 0, True) if value is None else constant(value)
    series = pl.Series(values, dtype=width(lo, hi))
    position = index.as_expr() - lowest if lowest else index.as_expr()
    return made(pl.lit(series).gather(position), lo, hi, nullable)
