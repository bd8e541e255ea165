"""The rows below one person's month (days, parts, events), and the sums that lead up from them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NoReturn

from pamong.law.engine.errors import LawError
from pamong.law.engine.trace import TraceValue, reduced
from pamong.law.engine.values import UNSUMMABLE, Value, require_level

CLIMB = "tidak bisa dipakai langsung; naikkan dengan sum_days dan sejenisnya."


class Children(Value):
    """The values of a lower level (each day of a month); only sums may take them."""

    __slots__ = ("items", "level", "unit")

    def __init__(self, items: list[tuple[str, TraceValue]], unit: str, level: str) -> None:
        self.items = items
        self.unit = unit
        self.level = level

    def constant(self, number: int) -> TraceValue:
        """The literal 0 or 1."""
        return TraceValue(number, "literal", "literal")

    @property
    def num(self) -> NoReturn:
        """A list of rows is no number: steps that are given one beside a number end here."""
        raise LawError(f"nilai tingkat {self.level} {CLIMB}")

    def apply(self, op: str, *others: Value) -> TraceValue:
        """Only sum_days, sum_events, count_days, greatest_event and weigh_segments lead up a level."""
        if op not in _SUMS:
            raise LawError(f"nilai tingkat {self.level} {CLIMB}")
        return _SUMS[op](op, self, *others)


def _sum_children(op: str, a: Children) -> TraceValue:
    require_level(op, a.level, {"sum_days": "day", "sum_events": "event"}[op])
    if a.unit in UNSUMMABLE:
        raise LawError(f"{op} tidak untuk {a.unit}.")
    return _total(op, a, [value for _, value in a.items])


def _total(op: str, a: Children, values: list[TraceValue]) -> TraceValue:
    num, den = 0, 1
    for value in values:
        if value.num is None:
            raise LawError(f"{op}: ada nilai yang tidak diketahui; pakai given(...) lebih dulu.")
        if value.den == den:
            num += value.num
        else:
            num, den = reduced(num * value.den + value.num * den, den * value.den)
    return TraceValue(num, "days" if op == "count_days" else a.unit, op, (a,), den)


def _count_days(op: str, a: Children) -> TraceValue:
    require_level(op, a.level, "day")
    if a.unit != "bool":
        raise LawError("count_days hanya untuk syarat harian.")
    return _total(op, a, [value for _, value in a.items])


def _number_of_days(op: str, a: Children) -> TraceValue:
    require_level(op, a.level, "day")
    return TraceValue(len(a.items), "days", op, (a,))


def _greatest(op: str, a: Children) -> TraceValue:
    require_level(op, a.level, "event")
    if a.unit in UNSUMMABLE:
        raise LawError(f"{op} tidak untuk {a.unit}.")
    values = [value for _, value in a.items]
    if any(value.num is None for value in values):
        return TraceValue(None, a.unit, op, (a,))
    if not values:
        return TraceValue(0, a.unit, op, (a,))
    best = max(values, key=lambda value: Fraction(value.num, value.den))
    return TraceValue(best.num, a.unit, op, (a,), best.den)


def _weigh(op: str, a: Children, weight: Children, total: TraceValue) -> TraceValue:
    require_level(op, a.level, "segment")
    require_level(op, weight.level, "segment")
    if total.num is None or any(value.num is None for group in (a, weight) for _, value in group.items):
        return TraceValue(None, a.unit, op, (a, weight, total))
    if total.num <= 0:
        raise LawError("weigh_segments: jumlah harinya nol atau negatif.")
    num, den = 0, 1
    for (_, value), (_, days) in zip(a.items, weight.items, strict=True):
        part = value.num * days.num
        num, den = (num + part, den) if value.den == den else (num * value.den + part * den, den * value.den)
    num, den = reduced(num * total.den, den * total.num)
    return TraceValue(num, a.unit, op, (a, weight, total), den)


_SUMS: dict[str, Callable[..., TraceValue]] = {
    "sum_days": _sum_children,
    "sum_events": _sum_children,
    "count_days": _count_days,
    "number_of_days": _number_of_days,
    "greatest_event": _greatest,
    "weigh_segments": _weigh,
}
