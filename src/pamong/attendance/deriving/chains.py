"""Which days hang together: those whose working periods have windows that overlap, as a night and its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from pamong.attendance.resolving import ShiftInstance, Span, instant_of

REACH = 3  # days on either side in which a chain is followed: nobody works on and on
_DAY = timedelta(days=1)
Expected = Mapping[date, Sequence[ShiftInstance]]


def chain_of(on: date, expected: Expected) -> list[date]:
    """The days that decide together with a day, itself among them, in order.

    Whether one of two days belongs to the chain of the other does not depend on which is asked.
    """
    found = [on]
    for step in (-1, 1):
        day = on
        while abs((day + step * _DAY - on).days) <= REACH and _meet(expected, day, day + step * _DAY):
            day += step * _DAY
            found.append(day)
    return sorted(found)


def touched_by(on: date, expected: Expected, zone: str) -> set[date]:
    """The days whose results can rest on what happened on a local date."""
    midnight = instant_of(datetime.combine(on, time()), zone)
    day = Span(midnight, instant_of(datetime.combine(on + _DAY, time()), zone))
    beside = [
        other
        for other in (on - _DAY, on + _DAY)
        if any(window(each).overlaps(day) for each in expected.get(other, ()))
    ]
    return {linked for start in (on, *beside) for linked in chain_of(start, expected)}


def window(instance: ShiftInstance) -> Span:
    """From when until when a punch of a working period counts."""
    return Span(instance.opens, instance.closes)


def _meet(expected: Expected, one: date, other: date) -> bool:
    return any(
        window(first).overlaps(window(second))
        for first in expected.get(one, ())
        for second in expected.get(other, ())
    )
