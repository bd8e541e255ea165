"""Counting the days of a request by the person's own calendar; pure, in exact fractions of days.

A calendar says whether a day is a working day for this person. However few hours he is expected, a working
day counts whole: the law gives leave by *hari kerja*, no less than one at a time (PP 11/2017, Pasal 311 ayat
(2); PerBKN 24/2017, cuti tahunan angka 2 dan 3; PP 49/2018, Pasal 78 ayat (2)). Half a day is only what is
asked for as half a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from pamong.attendance.choices import ExcusePart
from pamong.kernel.period import Period

Calendar = Callable[[date], bool] | Mapping[date, bool]
_PARTS = {
    ExcusePart.WHOLE: Fraction(1),
    ExcusePart.FIRST_HALF: Fraction(1, 2),
    ExcusePart.SECOND_HALF: Fraction(1, 2),
}


def every_day(_: date) -> bool:
    """The calendar of leave that counts calendar days: each day counts."""
    return True


def leave_days(
    first: date, last: date, calendar: Calendar, part: ExcusePart = ExcusePart.WHOLE
) -> tuple[tuple[date, Fraction], ...]:
    """The days of a request that count, each with its share of a day, by the calendar of that day; rest days
    are left out. ``ValueError`` for a span of hours, which is no leave.

    The stored days are these: a list of holidays that is published later changes nothing.
    """
    if part not in _PARTS:
        raise ValueError("leave covers whole days or halves of them")
    days = Period(first, last + timedelta(days=1)).each_day()
    return tuple((day, _PARTS[part]) for day in days if _works(calendar, day))


def joined(asked: Period, others: Iterable[Period], rests: Callable[[Period], bool]) -> Period:
    """The days from the first to the last of a leave and of all others that adjoin it: nothing but rest days
    lies between. All have an end."""
    spans = sorted(others, key=lambda each: each.start)
    first, end = asked.start, _end(asked)
    for span in reversed([each for each in spans if each.start < asked.start]):
        if _end(span) < first and not rests(Period(_end(span), first)):
            break
        first = min(first, span.start)
    for span in (each for each in spans if each.start >= asked.start):
        if end < span.start and not rests(Period(end, span.start)):
            break
        end = max(end, _end(span))
    return Period(first, end)


def _end(span: Period) -> date:
    if span.end is None:
        raise ValueError("a leave has a last day")
    return span.end


def _works(calendar: Calendar, day: date) -> bool:
    return calendar.get(day, False) if isinstance(calendar, Mapping) else calendar(day)
