"""Holidays, cuti bersama and Ramadan: the counts of the reference, and a library as a second witness."""

from datetime import date, timedelta
from typing import Any

import holidays
import pytest

FIRST_YEAR, LAST_YEAR = 2024, 2027
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
SATURDAY = 5


def days_of(year: int) -> list[date]:
    """Every day of a year."""
    return [
        date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]


def is_working_day(law: Any, day: date) -> bool:
    """A five-day week, less national holidays and cuti bersama."""
    free = law.value("calendar/holidays", day) | law.value("calendar/joint_leave", day)
    return day.weekday() < SATURDAY and day.isoformat() not in free


@pytest.mark.parametrize(
    ("year", "months", "total"),
    [
        pytest.param(2024, [22, 18, 18, 16, 18, 18, 23, 22, 20, 23, 20, 20], 238, id="oracle_calendar_W_1"),
        pytest.param(2025, [19, 20, 19, 16, 17, 18, 23, 20, 21, 23, 20, 21], 237, id="oracle_calendar_W_2"),
        pytest.param(2026, [20, 18, 17, 21, 16, 20, 23, 19, 22, 22, 21, 21], 240, id="oracle_calendar_W_3"),
        pytest.param(2027, [19, 19, 15, 22, 16, 21, 22, 21, 22, 21, 22, 22], 242, id="oracle_calendar_W_4"),
    ],
)
def test_working_days_a_month(law: Any, year: int, months: list[int], total: int) -> None:
    counted = [0] * 12
    for day in days_of(year):
        counted[day.month - 1] += is_working_day(law, day)
    assert counted == months
    assert sum(counted) == total


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(("key", "category"), [("holidays", "public"), ("joint_leave", "government")])
def test_the_lists_agree_with_the_holidays_package(law: Any, year: int, key: str, category: str) -> None:
    ours = set(law.value(f"calendar/{key}", date(year, 6, 1)))
    theirs = {day.isoformat() for day in holidays.Indonesia(years=year, categories=(category,))}
    assert ours == theirs


@pytest.mark.parametrize("year", YEARS)
def test_no_day_is_both_a_holiday_and_cuti_bersama(law: Any, year: int) -> None:
    first, second = (law.value(f"calendar/{key}", date(year, 6, 1)) for key in ("holidays", "joint_leave"))
    assert not set(first) & set(second)
    assert all(day.startswith(str(year)) and name for day, name in (first | second).items())
    assert all(date.fromisoformat(day).weekday() < SATURDAY for day in second), "cuti bersama on a weekend"


def ramadan(law: Any, day: date) -> tuple[bool, str]:
    """Whether the day lies in Ramadan, and how certain that period is."""
    [(hijri, period)] = law.value("calendar/ramadan", day).items()
    first, last = (date.fromisoformat(part) for part in period.split(".."))
    return first <= day <= last, law.value("calendar/ramadan_state", day)[hijri]


@pytest.mark.parametrize(
    ("day", "inside", "state"),
    [
        pytest.param(date(2024, 3, 11), False, "decided", id="oracle_gaps_G_1_before"),
        pytest.param(date(2024, 3, 12), True, "decided", id="oracle_gaps_G_1_first"),
        pytest.param(date(2024, 4, 9), True, "decided", id="oracle_gaps_G_1_last"),
        pytest.param(date(2025, 3, 28), True, "decided", id="oracle_gaps_G_2"),
        pytest.param(date(2025, 3, 30), True, "decided", id="oracle_gaps_G_2_last"),
        pytest.param(date(2025, 3, 31), False, "decided", id="oracle_gaps_G_2_after"),
        pytest.param(date(2026, 2, 18), False, "decided", id="oracle_gaps_G_3_before"),
        pytest.param(date(2026, 2, 19), True, "decided", id="oracle_gaps_G_3_first"),
        pytest.param(date(2026, 3, 20), True, "decided", id="oracle_gaps_G_3_last"),
        pytest.param(date(2027, 2, 8), True, "expected", id="oracle_gaps_G_4"),
    ],
)
def test_ramadan(law: Any, day: date, inside: bool, state: str) -> None:
    assert ramadan(law, day) == (inside, state)


@pytest.mark.parametrize("year", YEARS)
def test_idulfitri_follows_the_last_day_of_ramadan(law: Any, year: int) -> None:
    [period] = law.value("calendar/ramadan", date(year, 6, 1)).values()
    first, last = (date.fromisoformat(part) for part in period.split(".."))
    syawal = (last + timedelta(days=1)).isoformat()
    assert law.value("calendar/holidays", date(year, 6, 1))[syawal] == "Hari Raya Idul Fitri"
    assert (last - first).days + 1 in (29, 30)


def test_oracle_gaps_G_2_and_G_3_cuti_bersama_inside_ramadan(law: Any) -> None:
    assert (
        law.value("calendar/joint_leave", date(2025, 3, 28))["2025-03-28"] == "Cuti Bersama Hari Suci Nyepi"
    )
    assert (
        law.value("calendar/joint_leave", date(2026, 3, 20))["2026-03-20"]
        == "Cuti Bersama Hari Raya Idul Fitri"
    )
