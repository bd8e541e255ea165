"""What formulas compute with: values that know + - * and comparisons, and refuse everything inexact.

`TraceValue` (trace.py) carries one person's numbers and remembers where they came from. `ColumnValue`
(columns.py) carries a column for a whole government. A formula cannot tell which of the two it was given.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

from pamong.law.engine.errors import LawError

# Units whose values cannot be added up over the days of a month.
UNSUMMABLE = frozenset({"bool", "text", "clock"})
# Units that scale another: minutes x days stays minutes; a rate of rupiah is rupiah.
_PLAIN = frozenset({"rupiah", "rate", "count", "days", "minutes", "seconds", "points", "ratio", "literal"})
_SCALARS = {"rate": 3, "days": 2, "count": 1, "ratio": 1}


class Value:
    """A quantity with a unit, or a truth value. Exact: a fraction of two integers, never a float."""

    __slots__ = ()
    unit: str
    level: str | None  # None for constants, which fit every level

    def apply(self, op: str, *others: Value) -> Value:
        """Compute `op` of this value and the others; each kind of value does it in its own way."""
        raise LawError(f"operasi '{op}' tidak dikenal.")

    def constant(self, number: int) -> Value:
        """The literal 0 or 1 as a value of the same kind."""
        raise LawError("konstanta tidak dikenal.")

    def _with(self, op: str, other: object, swap: bool = False) -> Any:
        if isinstance(other, bool) or not isinstance(other, int | Value):
            raise LawError(
                f"rumus tidak boleh memakai {type(other).__name__}; hanya bilangan bulat dan nilai hukum."
            )
        value = self.constant(other) if isinstance(other, int) else other
        return value.apply(op, self) if swap else self.apply(op, value)

    def __add__(self, other: object) -> Any:
        return self._with("add", other)

    def __radd__(self, other: object) -> Any:
        return self._with("add", other, swap=True)

    def __sub__(self, other: object) -> Any:
        return self._with("sub", other)

    def __rsub__(self, other: object) -> Any:
        return self._with("sub", other, swap=True)

    def __mul__(self, other: object) -> Any:
        return self._with("mul", other)

    def __rmul__(self, other: object) -> Any:
        return self._with("mul", other, swap=True)

    def __lt__(self, other: object) -> Any:
        return self._with("lt", other)

    def __le__(self, other: object) -> Any:
        return self._with("le", other)

    def __gt__(self, other: object) -> Any:
        return self._with("gt", other)

    def __ge__(self, other: object) -> Any:
        return self._with("ge", other)

    def _refuse(self, *_: object) -> NoReturn:
        raise LawError(
            "rumus tidak boleh membagi dengan / atau //; pakai ratio(a, b) lalu satu pembulatan bernama."
        )

    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = _refuse

    def __bool__(self) -> bool:
        raise LawError("rumus tidak boleh memakai if/and/or; pakai where, all_of, any_of.")

    def __float__(self) -> float:
        raise LawError("nilai hukum tidak boleh menjadi pecahan biner.")


def sum_unit(op: str, a: str, b: str) -> str:
    """The unit of a + b, a - b, least and greatest: the same, but for clocks and the literals 0 and 1."""
    if a == b and a in _PLAIN:
        return a
    if a == "literal" or b == "literal":
        return b if a == "literal" else a
    if "clock" in (a, b) and op in ("add", "sub"):
        if op == "sub" and a == b:
            return "seconds"
        if {a, b} == {"clock", "seconds"}:
            return "clock"
    if a == b and a not in ("bool", "text"):
        return a
    if {a, b} <= {"rate", "ratio"}:
        return "ratio"
    raise LawError(f"satuan {a} dan {b} tidak bisa dijumlahkan atau dibandingkan.")


def product_unit(a: str, b: str) -> str:
    """The unit of a x b: at most one of the two is more than a mere multiplier."""
    if a == "literal" or b == "literal":
        return b if a == "literal" else a
    if "bool" in (a, b) or "text" in (a, b) or "clock" in (a, b):
        raise LawError(f"satuan {a} dan {b} tidak bisa dikalikan.")
    rank_a, rank_b = _SCALARS.get(a, 9), _SCALARS.get(b, 9)
    if rank_a == 9 and rank_b == 9:
        raise LawError(f"satuan {a} dan {b} tidak bisa dikalikan.")
    return a if rank_a >= rank_b else b


def common_level(values: Sequence[Value]) -> str | None:
    """The level of values that are computed together; constants and broadcast facts fit every level."""
    level = None
    for value in values:
        if value.level is not None and value.level != level:
            if level is not None:
                raise LawError(
                    f"nilai tingkat {' dan '.join(sorted((level, value.level)))} bercampur; naikkan dulu "
                    "dengan sum_days, sum_events, greatest_event, atau weigh_segments."
                )
            level = value.level
    return level


def require_level(op: str, level: str | None, wanted: str) -> None:
    """Sums lead up from one level only; constants fit every level."""
    if level not in (wanted, None):
        raise LawError(f"{op} hanya untuk nilai tingkat {wanted}, bukan {level}.")
