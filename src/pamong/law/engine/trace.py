"""One person's numbers, each remembering what it was made of. Imports no Polars.

A `TraceValue` is an exact fraction (`num / den`), a text or a truth value, with `op` and `args`: the step
that made it. Named steps (formulas, parameters, facts) carry `source`, from which the explanation takes its
words.
"""

from __future__ import annotations

from collections.abc import Callable
from math import gcd
from typing import Any

from pamong.law.engine.errors import LawError
from pamong.law.engine.parameters import Bracket, Dated, Parameter
from pamong.law.engine.values import (
    Value,
    common_level,
    product_unit,
    sum_unit,
)

Args = tuple[Any, ...]


class TraceValue(Value):
    """One number, text or truth value of one person. `num is None` means: not known."""

    __slots__ = ("args", "den", "level", "num", "op", "source", "unit")

    def __init__(
        self,
        num: Any,
        unit: str,
        op: str = "",
        args: Args = (),
        den: int = 1,
        level: str | None = None,
        source: Any = None,
    ) -> None:
        self.num = num
        self.den = den
        self.unit = unit
        self.op = op
        self.args = args
        self.level = level
        self.source = source

    @property
    def known(self) -> bool:
        """Whether the value could be worked out."""
        return self.num is not None

    def constant(self, number: int) -> TraceValue:
        """The literal 0 or 1."""
        return _LITERALS[number]

    def apply(self, op: str, *others: Value) -> TraceValue:
        """Compute one step; see the functions below."""
        return _STEPS[op](op, self, *others)

    def _with(self, op: str, other: object, swap: bool = False) -> Any:
        if isinstance(other, TraceValue):
            return _STEPS[op](op, other, self) if swap else _STEPS[op](op, self, other)
        return super()._with(op, other, swap)


_LITERALS = (TraceValue(0, "literal", "literal"), TraceValue(1, "literal", "literal"))


class ParameterValue(TraceValue):
    """A parameter in force on the day; tables and brackets are asked through lookup and bracket."""

    __slots__ = ("dated", "parameter")

    def __init__(self, parameter: Parameter, dated: Dated) -> None:
        self.parameter = parameter
        self.dated = dated
        value = dated.value if parameter.kind == "scalar" else None
        num, den = (
            (value, 1) if isinstance(value, str | bool) or value is None else reduced(value, parameter.scale)
        )
        super().__init__(num, parameter.unit, "parameter", den=den, source=parameter)


def reduced(num: int, den: int) -> tuple[int, int]:
    """num / den in lowest terms."""
    common = gcd(num, den) or 1
    return num // common, den // common


def _made(num: Any, unit: str, op: str, args: Args, den: int = 1) -> TraceValue:
    level = args[0].level
    for argument in args[1:]:
        if argument.level is not level and argument.level is not None:
            level = common_level(args) if level is not None else argument.level
    return TraceValue(num, unit, op, args, den, level)


def _unknown(op: str, args: Args, unit: str) -> TraceValue:
    return _made(None, unit, op, args)


def _sum(op: str, a: TraceValue, b: TraceValue) -> TraceValue:
    unit = sum_unit(op, a.unit, b.unit)
    if a.num is None or b.num is None:
        return _unknown(op, (a, b), unit)
    sign = 1 if op == "add" else -1
    if a.den == b.den:
        return _made(a.num + sign * b.num, unit, op, (a, b), a.den)
    return _made(a.num * b.den + sign * b.num * a.den, unit, op, (a, b), a.den * b.den)


def _product(op: str, a: TraceValue, b: TraceValue) -> TraceValue:
    unit = product_unit(a.unit, b.unit)
    if a.num is None or b.num is None:
        return _unknown(op, (a, b), unit)
    return _made(a.num * b.num, unit, op, (a, b), a.den * b.den)


_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "eq": lambda a, b: a == b,
}


def _compare(op: str, a: TraceValue, b: TraceValue) -> TraceValue:
    sum_unit(op, a.unit, b.unit)
    if a.num is None or b.num is None:
        return _unknown(op, (a, b), "bool")
    return _made(_COMPARE[op](a.num * b.den, b.num * a.den), "bool", op, (a, b))


def _equals_text(op: str, a: TraceValue, b: Any) -> TraceValue:
    if a.unit != "text":
        raise LawError("equals dengan teks hanya untuk nilai teks.")
    return TraceValue(None if a.num is None else a.num == b.text, "bool", op, (a, b), level=a.level)


def _extreme(op: str, a: TraceValue, b: TraceValue) -> TraceValue:
    unit = sum_unit(op, a.unit, b.unit)
    if a.num is None or b.num is None:
        return _unknown(op, (a, b), unit)
    smaller = a.num * b.den <= b.num * a.den
    chosen = a if smaller == (op == "least") else b
    return _made(chosen.num, unit, op, (a, b), chosen.den)


def _where(op: str, test: TraceValue, yes: TraceValue, no: TraceValue) -> TraceValue:
    _require_bool(test)
    unit = yes.unit if yes.unit == no.unit else sum_unit(op, yes.unit, no.unit)
    if test.num is None:
        return _unknown(op, (test, yes, no), unit)
    chosen = yes if test.num else no
    return _made(chosen.num, unit, op, (test, yes, no), chosen.den)


def _require_bool(*tests: TraceValue) -> None:
    for test in tests:
        if test.unit != "bool":
            raise LawError("syarat harus ya/tidak, bukan angka.")


def _lookup(op: str, table: Any, *keys: TraceValue) -> TraceValue:
    parameter: Parameter = table.parameter
    require_keys(parameter, len(keys))
    wanted = tuple(key.num for key in keys)
    found = None if None in wanted else find_in_table(parameter, table.dated.value, wanted)
    if not isinstance(found, int) or isinstance(found, bool):
        return _made(found, parameter.unit, op, (table, *keys))
    num, den = reduced(found, parameter.scale)
    return _made(num, parameter.unit, op, (table, *keys), den)


def require_keys(parameter: Parameter, count: int) -> None:
    """Refuse a lookup in what is no table of that many keys."""
    if parameter.kind != "table" or len(parameter.by) != count:
        raise LawError(f"{parameter.key} bukan tabel dengan {count} kunci.")


def find_in_table(parameter: Parameter, table: dict[Args, Any], keys: Args) -> Any:
    """The table's entry at the keys, or None. A stepped table takes the nearest lower last key."""
    if not parameter.step:
        return table.get(keys)
    *first, last = keys
    steps = [key[-1] for key in table if list(key[:-1]) == first and key[-1] <= last]
    return table[(*first, max(steps))] if steps else None


def _bracket(op: str, table: Any, quantity: TraceValue) -> TraceValue:
    parameter: Parameter = table.parameter
    require_bracket(parameter, quantity)
    if quantity.num is None:
        return _unknown(op, (table, quantity), parameter.unit)
    steps: Bracket = table.dated.value
    found = steps.at(quantity.num * x_scale(parameter), quantity.den)
    num, den = reduced(found, parameter.scale)
    return _made(num, parameter.unit, op, (table, quantity), den)


def require_bracket(parameter: Parameter, quantity: Value) -> None:
    """Refuse to ask a bracket about a quantity of another unit."""
    fits = quantity.unit in (parameter.x, "literal") or (parameter.x == "rate" and quantity.unit == "ratio")
    if parameter.kind != "bracket" or not fits:
        raise LawError(f"{parameter.key} bukan jenjang menurut {quantity.unit}.")


def x_scale(parameter: Parameter) -> int:
    """What a quantity is multiplied by before it is held against the bounds."""
    # Bounds of a bracket over rates are parts per million.
    return 1_000_000 if parameter.x == "rate" else 1


def _progressive(op: str, table: Any, quantity: TraceValue) -> TraceValue:
    parameter: Parameter = table.parameter
    require_bracket(parameter, quantity)
    if quantity.num is None:
        return _unknown(op, (table, quantity), quantity.unit)
    steps: Bracket = table.dated.value
    total, below = 0, 0
    for bound, rate in zip((*steps.bounds, None), steps.results, strict=True):
        top = quantity.num if bound is None else min(quantity.num, bound * quantity.den)
        total += max(0, top - below * quantity.den) * rate
        below = bound or below
    return _made(total, quantity.unit, op, (table, quantity), quantity.den * parameter.scale)


def _ratio(op: str, a: TraceValue, b: TraceValue) -> TraceValue:
    same = a.unit == b.unit or a.unit == "literal"
    unit = "ratio" if same else a.unit
    if not same and b.unit not in ("count", "days", "points", "ratio", "rate"):
        raise LawError(f"ratio: satuan {a.unit} dan {b.unit} tidak cocok.")
    if a.num is None or b.num is None:
        return _unknown(op, (a, b), unit)
    if b.num <= 0:
        raise LawError("ratio: pembaginya nol atau negatif.")
    return _made(a.num * b.den, unit, op, (a, b), a.den * b.num)


def _round(op: str, a: TraceValue) -> TraceValue:
    if a.num is None:
        return _unknown(op, (a,), a.unit)
    return _made(rounded(op, a.num, a.den), a.unit, op, (a,))


def rounded(op: str, num: int, den: int) -> int:
    """num / den as an integer: `round_half_up`, `round_down` or `round_up`."""
    if op == "round_half_up":
        return (2 * num + den) // (2 * den)
    return num // den if op == "round_down" else -(-num // den)


def _round_down_to(op: str, a: TraceValue, step: TraceValue) -> TraceValue:
    unit = sum_unit("least", a.unit, step.unit)
    if a.num is None or step.num is None:
        return _unknown(op, (a, step), unit)
    if step.num <= 0:
        raise LawError("round_down_to: kelipatannya nol atau negatif.")
    return _made(a.num * step.den // (a.den * step.num) * step.num, unit, op, (a, step), step.den)


def _whole_minutes(op: str, a: TraceValue) -> TraceValue:
    if a.unit != "seconds":
        raise LawError("whole_minutes hanya untuk detik.")
    num = None if a.num is None else a.num // (a.den * 60)
    return _made(num, "minutes", op, (a,))


def _minutes_of(op: str, a: TraceValue) -> TraceValue:
    num = None if a.num is None else a.num * 60
    return _made(num, "minutes", op, (a,), a.den)


def _days_of(op: str, a: TraceValue) -> TraceValue:
    if a.unit not in ("rate", "ratio"):
        raise LawError("days_of hanya untuk bagian hari dalam persen.")
    return _made(a.num, "days", op, (a,), a.den)


def _is_missing(op: str, a: TraceValue) -> TraceValue:
    return _made(a.num is None, "bool", op, (a,))


def _given(op: str, a: TraceValue, otherwise: TraceValue) -> TraceValue:
    unit = a.unit if a.unit == otherwise.unit else sum_unit(op, a.unit, otherwise.unit)
    chosen = otherwise if a.num is None else a
    return _made(chosen.num, unit, op, (a, otherwise), chosen.den)


def _logic(op: str, a: TraceValue, b: TraceValue) -> TraceValue:
    _require_bool(a, b)
    decisive = op == "any_of"  # one True decides any_of, one False decides all_of
    if decisive in (a.num, b.num):
        num: bool | None = decisive
    elif a.num is None or b.num is None:
        num = None
    else:
        num = not decisive
    return _made(num, "bool", op, (a, b))


def _negate(op: str, a: TraceValue) -> TraceValue:
    _require_bool(a)
    return _made(None if a.num is None else not a.num, "bool", op, (a,))


_STEPS: dict[str, Callable[..., TraceValue]] = {
    "add": _sum,
    "sub": _sum,
    "mul": _product,
    **dict.fromkeys(_COMPARE, _compare),
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
    "days_of": _days_of,
    "is_missing": _is_missing,
    "given": _given,
    "all_of": _logic,
    "any_of": _logic,
    "negate": _negate,
}
