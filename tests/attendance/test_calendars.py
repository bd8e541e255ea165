"""The expected days of a month: weekly patterns, Fridays, Ramadan, holidays and cuti bersama."""

from __future__ import annotations

from datetime import date

import pytest

from pamong.attendance.calendars import (
    WorkDay,
    free_day_name,
    is_ramadan,
    month_calendar,
    unconfirmed_ramadan,
    work_day,
)
from pamong.kernel.period import month_period
from pamong.law.engine.errors import LawError, NotInForce
from pamong.law.engine.law import load_law

LAW = load_law("contoh")
PROFILES = ("contoh", "manado", "permentan", "samarinda", "tulangbawangbarat")
SECONDS = {
    "07:30": 27_000,
    "08:00": 28_800,
    "11:00": 39_600,
    "11:30": 41_400,
    "13:00": 46_800,
    "14:00": 50_400,
}
SECONDS |= {"14:30": 52_200, "15:00": 54_000, "15:30": 55_800, "16:00": 57_600, "16:30": 59_400}


def hours(day: WorkDay | None) -> tuple[str, str]:
    """Start and end as a clock shows them."""
    assert day is not None
    clock = {seconds: text for text, seconds in SECONDS.items()}
    return clock[day.start], clock[day.end]


def days(year: int, month: int, week: str = "5") -> list[int]:
    """The days of a month on which people of a pattern are expected."""
    return [day.on.day for day in month_calendar(LAW, month_period(year, month), week)]


def test_october_2026_has_every_weekday() -> None:
    assert days(2026, 10) == [d for d in range(1, 32) if date(2026, 10, d).weekday() < 5]
    assert days(2026, 10, "6") == [d for d in range(1, 32) if date(2026, 10, d).weekday() < 6]


@pytest.mark.parametrize(
    ("profile", "week", "weekday", "wanted"),
    [
        ("contoh", "5", 1, ("07:30", "16:00")),
        ("contoh", "5", 5, ("07:30", "16:30")),
        ("samarinda", "5", 5, ("07:30", "11:00")),
        ("samarinda", "6", 1, ("07:30", "14:30")),
        ("samarinda", "6", 5, ("07:30", "11:30")),
        ("samarinda", "6", 6, ("07:30", "13:00")),
    ],
)
def test_hours_by_pattern_and_weekday(profile: str, week: str, weekday: int, wanted: tuple[str, str]) -> None:
    monday = date(2026, 10, 5)
    day = work_day(load_law(profile), monday.replace(day=4 + weekday), week)
    assert hours(day) == wanted


def test_the_sixth_day_is_only_in_its_pattern_and_sunday_in_none() -> None:
    saturday, sunday = date(2026, 10, 3), date(2026, 10, 4)
    assert work_day(LAW, saturday, "5") is None
    assert work_day(LAW, saturday, "6") is not None
    assert work_day(LAW, sunday, "5") is None
    assert work_day(LAW, sunday, "6") is None


def test_the_window_and_the_middle() -> None:
    day = work_day(LAW, date(2026, 10, 5), "5")
    assert day is not None
    assert (day.opens, day.closes) == (27_000 - 90 * 60, 57_600 + 240 * 60)
    assert day.middle == (27_000 + 57_600) // 2


@pytest.mark.parametrize("profile", PROFILES)
def test_ramadan_hours_hold_from_its_first_to_its_last_day(profile: str) -> None:
    law = load_law(profile)
    around = [date(2026, 2, 18), date(2026, 2, 19), date(2026, 2, 20), date(2026, 3, 17), date(2026, 3, 25)]
    found = [work_day(law, day, "5") for day in around]
    assert [day and day.ramadan for day in found] == [False, True, True, True, False]
    assert hours(found[0])[0] == "07:30"
    assert hours(found[1]) == ("08:00", "15:00")
    assert hours(found[2]) == ("08:00", "15:30")  # a Friday
    assert hours(found[4])[0] == "07:30"


def test_the_last_day_of_ramadan_belongs_to_it() -> None:
    assert [is_ramadan(LAW, date(2026, 3, day)) for day in (19, 20, 21)] == [True, True, False]


def test_the_window_moves_with_the_hours_of_ramadan() -> None:
    day = work_day(LAW, date(2026, 2, 19), "5")
    assert day is not None
    assert (day.opens, day.closes) == (28_800 - 90 * 60, 54_000 + 240 * 60)


def test_holidays_and_cuti_bersama_are_free_for_both_patterns() -> None:
    # 16 February: cuti bersama; 17 February: Imlek.
    assert [day for day in (16, 17) if day in days(2026, 2) + days(2026, 2, "6")] == []
    # March: Nyepi and Idulfitri, with four days of cuti bersama around them.
    assert [day for day in range(16, 27) if day in days(2026, 3)] == [16, 17, 25, 26]
    assert free_day_name(LAW, date(2026, 3, 24)) == "Cuti Bersama Hari Raya Idul Fitri"
    assert free_day_name(LAW, date(2026, 8, 17)) == "Hari Kemerdekaan Republik Indonesia"
    assert free_day_name(LAW, date(2026, 8, 18)) is None


@pytest.mark.parametrize(("year", "wanted"), [(2026, 240), (2027, 242)])
def test_the_working_days_of_a_year(year: int, wanted: int) -> None:
    """As the joint decree of three ministers counts them."""
    assert sum(len(days(year, month)) for month in range(1, 13)) == wanted


def test_a_year_without_a_decree_is_refused_by_name() -> None:
    with pytest.raises(NotInForce) as refusal:
        month_calendar(LAW, month_period(2028, 1), "5")
    assert "2028" in str(refusal.value)


def test_an_unknown_pattern_is_refused() -> None:
    with pytest.raises(LawError, match="Pola hari kerja '4' tidak dikenal"):
        month_calendar(LAW, month_period(2026, 10), "4")


@pytest.mark.parametrize(
    ("year", "month", "wanted"),
    [
        (2026, 2, False),
        (2026, 3, False),
        (2027, 1, False),
        (2027, 2, True),
        (2027, 3, True),
        (2027, 4, False),
    ],
)
def test_a_ramadan_that_is_only_expected_is_told(year: int, month: int, wanted: bool) -> None:
    assert unconfirmed_ramadan(LAW, month_period(year, month)) is wanted
