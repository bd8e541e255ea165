"""Leave years and months by calendar arithmetic; a year may begin on any day, also on 29 February."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from pamong.kernel.period import Period
from pamong.law.leave import months_after

MonthDay = tuple[int, int]
JANUARY: MonthDay = (1, 1)
_LEAP_DAY: MonthDay = (2, 29)
_YEAR = 12  # months


def leave_year(on: date, starts: MonthDay = JANUARY) -> Period:
    """The leave year in which a day lies. One that begins on 29 February ends on 28 February."""
    start = start_in(on.year, starts)
    if on < start:
        return Period(start_in(on.year - 1, starts), start)
    return Period(start, start_in(on.year + 1, starts))


def start_in(year: int, starts: MonthDay) -> date:
    """The first day of the leave year that begins in a calendar year; 1 March where there is no leap day."""
    if starts == _LEAP_DAY and not isleap(year):
        return date(year, 3, 1)
    return date(year, *starts)


def years_between(first: date, last: date, starts: MonthDay) -> Iterator[Period]:
    """The leave years that touch the days from the first to the last, in order."""
    year = leave_year(first, starts)
    while year.start <= last:
        yield year
        year = next_year(year, starts)


def next_year(year: Period, starts: MonthDay) -> Period:
    """The leave year after another."""
    return leave_year(end_of(year), starts)


def months_of(year: Period) -> Iterator[Period]:
    """The twelve months of a leave year, counted from its first day."""
    bounds = [months_after(year.start, number) for number in range(_YEAR)] + [end_of(year)]
    return (Period(first, end) for first, end in pairwise(bounds))


def end_of(period: Period) -> date:
    """The end of a period that has one."""
    if period.end is None:
        raise TypeError("an open period has no end")
    return period.end


def day_before(day: date) -> date:
    """The day before."""
    return day - timedelta(days=1)
