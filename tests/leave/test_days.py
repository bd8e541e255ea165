"""Counting days of leave by the person's own calendar, and what adjoins: pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.attendance.choices import ExcusePart
from pamong.kernel.period import Period
from pamong.leave.days import every_day, joined, leave_days

_SATURDAY = 6


def office(holidays: Mapping[int, set[date]]) -> Callable[[date], bool]:
    """Monday to Friday; each day is tested against the list of its own year."""
    return lambda day: day.isoweekday() < _SATURDAY and day not in holidays.get(day.year, set())


PLAIN = office({})


def test_case_L_09_each_day_is_tested_against_the_list_of_that_day() -> None:
    lists = {2024: {date(2024, 12, 25)}, 2025: {date(2025, 1, 1)}}
    days = leave_days(date(2024, 12, 28), date(2025, 1, 2), office(lists))
    assert days == ((date(2024, 12, 30), F(1)), (date(2024, 12, 31), F(1)), (date(2025, 1, 2), F(1)))
    later = {**lists, 2026: {date(2026, 1, 1)}}
    assert leave_days(date(2024, 12, 28), date(2025, 1, 2), office(later)) == days


def test_case_L_10_single_days_asked_for_one_by_one_are_one_run() -> None:
    others = [_oct(day, day) for day in (9, 10, 11)]
    assert joined(_oct(12, 12), others, rests) == _oct(9, 12)


@pytest.mark.parametrize(("first", "run"), [(16, (11, 16)), (17, (17, 17))])
def test_case_L_10_a_weekend_joins_and_a_working_day_parts(first: int, run: tuple[int, int]) -> None:
    """Wednesday to Friday, then the Monday or the Tuesday after it; and the other way round."""
    assert joined(_oct(first, first), [_oct(11, 13)], rests) == _oct(*run)
    back = joined(_oct(11, 13), [_oct(first, first)], rests)
    assert back == (_oct(11, 16) if first == 16 else _oct(11, 13))


def test_what_lies_on_both_sides_is_joined_and_what_lies_beyond_a_gap_is_not() -> None:
    others = [_oct(2, 3), _oct(5, 6), _oct(12, 13), _oct(18, 19)]
    assert joined(_oct(9, 11), others, rests) == _oct(5, 13)
    assert joined(_oct(9, 11), [], rests) == _oct(9, 11)


@pytest.mark.parametrize("part", [ExcusePart.FIRST_HALF, ExcusePart.SECOND_HALF])
def test_half_a_day_is_what_is_asked_for_as_half_a_day(part: ExcusePart) -> None:
    day = date(2026, 11, 10)
    assert leave_days(day, day, PLAIN, part) == ((day, F(1, 2)),)


def test_calendar_days_count_every_day() -> None:
    assert len(leave_days(date(2026, 2, 27), date(2026, 3, 2), every_day)) == 4


def test_a_span_of_hours_is_no_leave() -> None:
    with pytest.raises(ValueError, match="halves"):
        leave_days(date(2026, 11, 10), date(2026, 11, 10), PLAIN, ExcusePart.SPAN)


def test_a_mapping_is_a_calendar_too() -> None:
    calendar = {date(2026, 11, 10): True, date(2026, 11, 11): False}
    assert leave_days(date(2026, 11, 9), date(2026, 11, 12), calendar) == ((date(2026, 11, 10), F(1)),)


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 60),
    st.integers(0, 60),
    st.lists(st.booleans(), min_size=7, max_size=7),
)
def test_a_request_cut_in_two_takes_the_same_days(first: date, one: int, two: int, week: list[bool]) -> None:
    def calendar(day: date) -> bool:
        return week[day.weekday()]

    middle, last = first + timedelta(days=one), first + timedelta(days=one + two + 1)
    parts = leave_days(first, middle, calendar), leave_days(middle + timedelta(days=1), last, calendar)
    assert (*parts[0], *parts[1]) == leave_days(first, last, calendar)
    halves = Period(first, middle + timedelta(days=1)), Period(middle + timedelta(days=1), last + _DAY)
    whole = Period(first, last + _DAY)
    assert joined(halves[0], [halves[1]], rests) == whole == joined(halves[1], [halves[0]], rests)


_DAY = timedelta(days=1)


def rests(gap: Period) -> bool:
    return not any(PLAIN(day) for day in gap.each_day())


def _oct(first: int, last: int) -> Period:
    """Days of October 2023, which began on a Sunday."""
    return Period(date(2023, 10, first), date(2023, 10, last) + _DAY)
