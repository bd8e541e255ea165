"""Counting the days of a request by the person's own calendar; pure, in exact fractions of days.

A calendar says of a day how much of a working day it is for this person: 1, 1/2 (a half Saturday), 0 (a rest
day, a holiday by the list that is valid that day). Whoever calls builds it from shifts and holidays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from pamong.attendance.choices import ExcusePart
from pamong.kernel.period import Period

FULL, HALF, NONE = Fraction(1), Fraction(1, 2), Fraction(0)
Calendar = Callable[[date], Fraction] | Mapping[date, Fraction]
_HALVES = frozenset({ExcusePart.FIRST_HALF, ExcusePart.SECOND_HALF})


@dataclass(frozen=True, slots=True)
class LeaveDay:
    """One day of leave: the halves of its working time that it covers, and its share of a day."""

    on: date
    halves: frozenset[ExcusePart]
    share: Fraction


def every_day(_: date) -> Fraction:
    """The calendar of leave that counts calendar days: each day is whole."""
    return FULL


def weekly(shares: Mapping[int, Fraction], is_free: Callable[[date], bool]) -> Callable[[date], Fraction]:
    """A calendar from shares by weekday (1 = Monday; others are rest days) and whether a day is free."""
    return lambda day: NONE if is_free(day) else shares.get(day.isoweekday(), NONE)


def leave_days(
    first: date, last: date, calendar: Calendar, part: ExcusePart = ExcusePart.WHOLE
) -> tuple[LeaveDay, ...]:
    """The days of a request that count, each by the calendar of that day; rest days are left out.

    The stored days are these: a list of holidays that is published later changes nothing.
    """
    halves = _HALVES if part is ExcusePart.WHOLE else frozenset({part}) & _HALVES
    if not halves:
        raise ValueError("leave covers whole days or halves of them")
    found = []
    for day in Period(first, last + timedelta(days=1)).each_day():
        share = _share(calendar, day) * Fraction(len(halves), len(_HALVES))
        if share:
            found.append(LeaveDay(day, halves, share))
    return tuple(found)


def total(days: Iterable[LeaveDay]) -> Fraction:
    """How many days a request takes."""
    return sum((day.share for day in days), NONE)


def by_month(days: Iterable[LeaveDay]) -> dict[tuple[int, int], Fraction]:
    """The days of a request by year and month; their sum is the request's."""
    found: dict[tuple[int, int], Fraction] = {}
    for day in days:
        month = (day.on.year, day.on.month)
        found[month] = found.get(month, NONE) + day.share
    return found


def clash(days: Iterable[LeaveDay], others: Iterable[LeaveDay]) -> date | None:
    """The first day of which the same half is asked for twice; None where all can stand together."""
    taken: dict[date, frozenset[ExcusePart]] = {}
    for day in others:
        taken[day.on] = taken.get(day.on, frozenset()) | day.halves
    hits = (day.on for day in days if day.halves & taken.get(day.on, frozenset()))
    return min(hits, default=None)


def longest_run(days: Iterable[LeaveDay], calendar: Calendar, *, across_rest: bool) -> int:
    """The greatest number of leave days in a row, over all requests given: those granted and those that wait.

    With `across_rest` days of rest in between do not end a row (nor count); without it they do.
    """
    on_leave = {day.on for day in days}
    best = run = 0
    for day in _span(on_leave):
        if day in on_leave:
            run += 1
        elif not across_rest or _share(calendar, day):
            run = 0
        best = max(best, run)
    return best


def days_of_minutes(minutes: int, day_minutes: int) -> Fraction:
    """Minutes of leave as days of so many minutes, exactly. ``ValueError`` for a day without minutes."""
    if day_minutes <= 0:
        raise ValueError("a working day has minutes")
    return Fraction(minutes, day_minutes)


def _share(calendar: Calendar, day: date) -> Fraction:
    return calendar.get(day, NONE) if isinstance(calendar, Mapping) else calendar(day)


def _span(days: set[date]) -> Iterator[date]:
    if days:
        yield from Period(min(days), max(days) + timedelta(days=1)).each_day()
