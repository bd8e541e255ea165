"""The vocabulary of formulas, besides + - * and comparisons. Each works on traces and on columns alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pamong.law.engine.values import Value


def _lift(*items: Any) -> Sequence[Any]:
    """Turns the literals 0 and 1 among the arguments into values."""
    if int not in map(type, items):
        return items  # the usual case, kept short: traces come here for every step
    model = next(item for item in items if isinstance(item, Value))
    return [item if isinstance(item, Value) else model.constant(item) for item in items]


def where(condition: Value, then: Value | int, otherwise: Value | int) -> Any:
    """`then` where the condition is met, `otherwise` where it is not; unknown where the condition is."""
    test, yes, no = _lift(condition, then, otherwise)
    return test.apply("where", yes, no)


def least(*items: Value | int) -> Any:
    """The smallest of the values; unknown if one of them is."""
    first, *rest = _lift(*items)
    for item in rest:
        first = first.apply("least", item)
    return first


def greatest(*items: Value | int) -> Any:
    """The greatest of the values; unknown if one of them is."""
    first, *rest = _lift(*items)
    for item in rest:
        first = first.apply("greatest", item)
    return first


def lookup(table: Value, *keys: Value) -> Any:
    """The table's value at the keys; unknown where a key is missing or not in the table."""
    return table.apply("lookup", *keys)


def bracket(table: Value, quantity: Value) -> Any:
    """The result of the step in which the quantity lies."""
    return table.apply("bracket", quantity)


def progressive(table: Value, quantity: Value) -> Any:
    """Marginal rates: each slice of the quantity at the rate of its own step, summed. Not rounded."""
    return table.apply("progressive", quantity)


def ratio(part: Value | int, whole: Value) -> Any:
    """part : whole as an exact share. Multiply first; the one division happens in the rounding."""
    first, second = _lift(part, whole)
    return first.apply("ratio", second)


def round_half_up(value: Value) -> Any:
    """To the nearest whole unit, halves upwards (commercial rounding)."""
    return value.apply("round_half_up")


def round_down(value: Value) -> Any:
    """To the whole unit below."""
    return value.apply("round_down")


def round_up(value: Value) -> Any:
    """To the whole unit above."""
    return value.apply("round_up")


def round_down_to(value: Value, step: Value) -> Any:
    """Down to a multiple of `step`: taxable income counts in full thousands."""
    return value.apply("round_down_to", step)


def whole_minutes(seconds: Value) -> Any:
    """Full minutes in a number of seconds; a started minute does not count."""
    return seconds.apply("whole_minutes")


def minutes_of(hours: Value) -> Any:
    """A number of hours as minutes."""
    return hours.apply("minutes_of")


def days_of(share: Value) -> Any:
    """Whole days and parts of days, given as rates of a day, as a number of days: 50 % is half a day."""
    return share.apply("days_of")


def equals(a: Value, b: Value | int | str) -> Any:
    """Whether two texts or two numbers are the same; unknown if one of them is."""
    if isinstance(b, str):
        return a.apply("equals_text", Text(b))
    first, second = _lift(a, b)
    return first.apply("eq", second)


def is_missing(value: Value) -> Any:
    """Whether the value is not known. Never unknown itself."""
    return value.apply("is_missing")


def given(value: Value, otherwise: Value | int) -> Any:
    """The value, or `otherwise` where it is missing: a missing value becomes a number only when said so."""
    first, second = _lift(value, otherwise)
    return first.apply("given", second)


def all_of(*conditions: Value) -> Any:
    """Met if all are; not met if one is not; else unknown."""
    first, *rest = conditions
    for condition in rest:
        first = first.apply("all_of", condition)
    return first


def any_of(*conditions: Value) -> Any:
    """Met if one is; not met if none is; else unknown."""
    first, *rest = conditions
    for condition in rest:
        first = first.apply("any_of", condition)
    return first


def negate(condition: Value) -> Any:
    """Met where the condition is not; unknown stays unknown."""
    return condition.apply("negate")


def sum_days(value: Value) -> Any:
    """The month's sum of a value of each expected day. Refuses values that may be missing."""
    return value.apply("sum_days")


def count_days(condition: Value) -> Any:
    """How many days meet a condition that is never unknown."""
    return condition.apply("count_days")


def number_of_days(value: Value) -> Any:
    """How many days there are, whatever their values."""
    return value.apply("number_of_days")


def sum_events(value: Value) -> Any:
    """The month's sum of a value of each event."""
    return value.apply("sum_events")


def greatest_event(value: Value) -> Any:
    """The greatest of the events' values, nothing where there is no event; unknown if one of them is."""
    return value.apply("greatest_event")


def weigh_segments(value: Value, weight: Value, total: Value) -> Any:
    """Sum of value x weight : total over the parts of the month, as one exact share, not rounded."""
    return value.apply("weigh_segments", weight, total)


class Text(Value):
    """A text literal inside a formula, such as a pay group's code."""

    __slots__ = ("text",)
    unit = "text"
    level = None

    def __init__(self, text: str) -> None:
        self.text = text
