"""Oracles of the calendar: working days and Ramadan hours through the attendance calendar and the law."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pamong.attendance.calendars import (
    free_day_name,
    is_ramadan,
    month_calendar,
    unconfirmed_ramadan,
    work_day,
)
from pamong.kernel.period import month_period
from pamong.law.engine.law import load_law
from tests.law.world import clock

LAW = load_law("contoh")


@pytest.mark.parametrize(
    ("year", "months", "total"),
    [
        pytest.param(2024, [22, 18, 18, 16, 18, 18, 23, 22, 20, 23, 20, 20], 238, id="oracle_calendar_W_1"),
        pytest.param(2025, [19, 20, 19, 16, 17, 18, 23, 20, 21, 23, 20, 21], 237, id="oracle_calendar_W_2"),
        pytest.param(2026, [20, 18, 17, 21, 16, 20, 23, 19, 22, 22, 21, 21], 240, id="oracle_calendar_W_3"),
        pytest.param(2027, [19, 19, 15, 22, 16, 21, 22, 21, 22, 21, 22, 22], 242, id="oracle_calendar_W_4"),
    ],
)
def test_working_days_of_a_five_day_week(year: int, months: list[int], total: int) -> None:
    counted = [len(month_calendar(LAW, month_period(year, number), "5")) for number in range(1, 13)]
    assert (counted, sum(counted)) == (months, total)


def hours(day: date) -> tuple[int, int] | None:
    """Start and end of work in the profile `contoh`, in a five-day week."""
    found = work_day(LAW, day, "5")
    return (found.start, found.end) if found else None


NORMAL, RAMADAN = (clock("07:30"), clock("16:00")), (clock("08:00"), clock("15:00"))


def test_gap_G_1_ramadan_of_2024() -> None:
    # 2024-03-11 was Nyepi and the 12th its cuti bersama: nobody worked, and Ramadan began on the 12th
    assert not is_ramadan(LAW, date(2024, 3, 11))
    assert is_ramadan(LAW, date(2024, 3, 12))
    assert hours(date(2024, 3, 7)) == NORMAL
    assert hours(date(2024, 3, 13)) == RAMADAN
    assert is_ramadan(LAW, date(2024, 4, 9))
    assert not is_ramadan(LAW, date(2024, 4, 10))


def test_gap_G_2_nyepi_within_ramadan_of_2025() -> None:
    assert free_day_name(LAW, date(2025, 3, 28)) == "Cuti Bersama Hari Suci Nyepi"
    assert work_day(LAW, date(2025, 3, 28), "5") is None
    assert is_ramadan(LAW, date(2025, 3, 30))
    assert not is_ramadan(LAW, date(2025, 3, 31))


def test_gap_G_3_ramadan_of_2026() -> None:
    assert hours(date(2026, 2, 18)) == NORMAL
    assert hours(date(2026, 2, 19)) == RAMADAN
    assert is_ramadan(LAW, date(2026, 3, 20))
    assert free_day_name(LAW, date(2026, 3, 20)) == "Cuti Bersama Hari Raya Idul Fitri"
    assert hours(date(2026, 3, 20)) is None


def test_gap_G_4_ramadan_of_2027_is_only_expected() -> None:
    # 2027-02-05 is cuti bersama; from the 8th on the hours of Ramadan hold, to be confirmed
    assert free_day_name(LAW, date(2027, 2, 5)) is not None
    assert is_ramadan(LAW, date(2027, 2, 8))
    assert unconfirmed_ramadan(LAW, month_period(2027, 2))
    assert not unconfirmed_ramadan(LAW, month_period(2026, 2))
    assert not unconfirmed_ramadan(LAW, month_period(2027, 6))


def test_a_six_day_week_works_on_saturdays_too() -> None:
    five, six = (month_calendar(LAW, month_period(2026, 10), week) for week in ("5", "6"))
    saturdays = [date(2026, 10, 3) + timedelta(days=7 * n) for n in range(5)]
    assert [found.on for found in six if found.on.isoweekday() == 6] == saturdays
    assert len(six) == len(five) + len(saturdays)
