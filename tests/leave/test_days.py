"""Counting days of leave by the person's own calendar: the cases with their numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.attendance.choices import ExcusePart
from pamong.leave.days import (
    FULL,
    HALF,
    LeaveDay,
    by_month,
    clash,
    days_of_minutes,
    every_day,
    leave_days,
    longest_run,
    total,
    weekly,
)

FIVE = dict.fromkeys(range(1, 6), FULL)


def office(holidays: Mapping[int, set[date]]) -> Callable[[date], F]:
    """Monday to Friday; each day is tested against the list of its own year."""
    return weekly(FIVE, lambda day: day in holidays.get(day.year, set()))


PLAIN = office({})


def test_case_L_09_each_day_is_tested_against_the_list_of_that_day() -> None:
    lists = {2024: {date(2024, 12, 25)}, 2025: {date(2025, 1, 1)}}
    days = leave_days(date(2024, 12, 28), date(2025, 1, 2), office(lists))
    assert [day.on for day in days] == [date(2024, 12, 30), date(2024, 12, 31), date(2025, 1, 2)]
    assert total(days) == 3
    later = {**lists, 2026: {date(2026, 1, 1)}}
    assert leave_days(date(2024, 12, 28), date(2025, 1, 2), office(later)) == days


def test_case_L_10_single_days_asked_for_one_by_one_are_one_run() -> None:
    days = [one for day in (9, 10, 11, 12) for one in leave_days(_oct(day), _oct(day), PLAIN)]
    assert longest_run(days, PLAIN, across_rest=False) == 4


@pytest.mark.parametrize(("across_rest", "run"), [(True, 4), (False, 3)])
def test_case_L_10_a_weekend_joins_a_run_where_the_policy_says_so(across_rest: bool, run: int) -> None:
    days = [*leave_days(_oct(11), _oct(13), PLAIN), *leave_days(_oct(16), _oct(16), PLAIN)]
    assert longest_run(days, PLAIN, across_rest=across_rest) == run


def test_case_L_11_a_date_is_never_taken_twice() -> None:
    day = date(2026, 4, 6)
    whole, first, second = (leave_days(day, day, PLAIN, part) for part in _PARTS)
    assert clash(first, whole) == day == clash(whole, second) == clash(first, first)
    assert clash(first, second) is None and total([*first, *second]) == 1


def test_case_L_20_a_half_working_day_counts_half() -> None:
    calendar = weekly({**FIVE, 2: HALF}, lambda _: False)
    days = leave_days(date(2026, 11, 9), date(2026, 11, 15), calendar)
    assert total(days) == F(9, 2)
    morning = leave_days(date(2026, 11, 10), date(2026, 11, 10), calendar, ExcusePart.FIRST_HALF)
    assert total(morning) == F(1, 4)


@pytest.mark.parametrize("minutes", [450, 456])
def test_case_L_21_days_are_exact_whatever_a_day_is_long(minutes: int) -> None:
    assert days_of_minutes(5 * minutes, minutes) == 5
    assert days_of_minutes(minutes // 2, minutes) == HALF
    with pytest.raises(ValueError, match="minutes"):
        days_of_minutes(450, 0)


def test_case_L_23_leave_over_the_year_end_belongs_to_two_months() -> None:
    calendar = office({2025: {date(2025, 12, 25)}, 2026: {date(2026, 1, 1)}})
    days = leave_days(date(2025, 12, 25), date(2026, 1, 3), calendar)
    assert by_month(days) == {(2025, 12): 4, (2026, 1): 1}
    assert sum(by_month(days).values()) == total(days)


def test_calendar_days_count_every_day() -> None:
    assert total(leave_days(date(2026, 2, 27), date(2026, 3, 2), every_day)) == 4


def test_a_span_of_hours_is_no_leave() -> None:
    with pytest.raises(ValueError, match="halves"):
        leave_days(date(2026, 11, 10), date(2026, 11, 10), PLAIN, ExcusePart.SPAN)


def test_a_mapping_is_a_calendar_too() -> None:
    calendar = {date(2026, 11, 10): FULL, date(2026, 11, 11): HALF}
    assert total(leave_days(date(2026, 11, 9), date(2026, 11, 12), calendar)) == F(3, 2)
    assert longest_run([], calendar, across_rest=True) == 0


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 60),
    st.integers(0, 60),
    st.lists(st.sampled_from([FULL, HALF, F(0)]), min_size=7, max_size=7),
)
def test_a_request_cut_in_two_takes_the_same_days(first: date, one: int, two: int, shares: list[F]) -> None:
    calendar = weekly(dict(enumerate(shares, 1)), lambda _: False)
    middle, last = first + timedelta(days=one), first + timedelta(days=one + two + 1)
    parts = [*leave_days(first, middle, calendar), *leave_days(middle + timedelta(days=1), last, calendar)]
    assert tuple(parts) == leave_days(first, last, calendar)
    assert total(parts) == sum(by_month(parts).values(), F(0))
    assert all(isinstance(day, LeaveDay) and 0 < day.share <= 1 for day in parts)


_PARTS = (ExcusePart.WHOLE, ExcusePart.FIRST_HALF, ExcusePart.SECOND_HALF)


def _oct(day: int) -> date:
    return date(2023, 10, day)
