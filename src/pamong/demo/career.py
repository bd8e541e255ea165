"""When somebody was born, began and rose, so that grade, years of service, schooling and age agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from pamong.demo.city import Seat
from pamong.kernel.period import first_of_month
from pamong.law.engine.loader import load_national

AS_OF = date(2026, 10, 1)  # people are invented as of this day, whatever the month of the files
_YEARS_A_STEP = 4
_OLDEST = 56  # at AS_OF, so that nobody is due to retire
_LEAVING_AGE = 57  # of those who prepare for their pension
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Career:
    """Dates and grade of one person; years and months of service (``mkg``) as of ``AS_OF``."""

    born: date
    started: date
    grade: str
    grade_since: date
    post_since: date
    mkg_years: int
    mkg_months: int

    @property
    def confirmed(self) -> date:
        """When a CPNS becomes PNS: a year after the start."""
        return first_of_month(self.started, _MONTHS)


def make_career(draws: Random, seat: Seat, fixed: tuple[date, date] | None) -> Career:
    """A career that fits the seat; ``fixed`` gives birth and start of a named person."""
    rolls = [draws.random() for _ in range(8)]  # eight draws, whatever the branch
    grade, steps = _grade(seat, rolls[0])
    months = _months_served(seat, steps, rolls)
    started = first_of_month(AS_OF, -months)
    born = _born(seat, started, rolls)
    if fixed:
        born, started = fixed
        months = _months_between(started, AS_OF)
    since = _grade_since(started, steps if seat.kind == "PNS" else 0)
    years, rest = divmod(months, _MONTHS)
    lowest = min_years(seat.kind, grade)
    return Career(
        born=born,
        started=started,
        grade=grade,
        grade_since=since,
        post_since=since + timedelta(days=int(rolls[7] * (AS_OF - since).days)) if steps else since,
        mkg_years=max(years, lowest),
        mkg_months=rest if years >= lowest else 0,
    )


@cache
def salary_table(kind: str) -> dict[tuple[Any, ...], int]:
    """Base salaries by (golongan, years of service), of PNS and CPNS or of PPPK, from the law."""
    name = "base_salary_pppk" if kind == "PPPK" else "base_salary_pns"
    found: dict[tuple[Any, ...], int] = load_national()[f"pay/{name}"].on(AS_OF).value
    return found


@cache
def min_years(kind: str, grade: str) -> int:
    """The fewest years of service that the salary table has for a grade."""
    return min(int(years) for key, years in salary_table(kind) if key == grade)


@cache
def _ladder(kind: str) -> tuple[str, ...]:
    """The grades in their order, as the salary table lists them."""
    return tuple(dict.fromkeys(str(grade) for grade, _ in salary_table(kind)))


def _grade(seat: Seat, roll: float) -> tuple[str, int]:
    """A grade within the seat's bounds, and how many steps it is above the first one for the schooling."""
    ladder = _ladder(seat.kind)
    low, high = (ladder.index(grade) for grade in seat.grades)
    place = low + int(roll * (high - low + 1))
    first = ladder.index(seat.study.pppk_grade if seat.kind == "PPPK" else seat.study.pns_grade)
    return ladder[place], max(0, place - first)


def _months_served(seat: Seat, steps: int, rolls: list[float]) -> int:
    if seat.kind == "CPNS":
        return 4 + int(rolls[1] * 5)
    if seat.kind == "PPPK":
        return 14 + int(rolls[1] * 46)
    # Many stay for years in the grade where their schooling or post ends.
    longest = _OLDEST - seat.study.age - steps * _YEARS_A_STEP - 1
    waited = max(1, min(1 + int(rolls[1] * 3) + int(rolls[2] ** 2 * 16), longest))
    return (steps * _YEARS_A_STEP + waited) * _MONTHS + int(rolls[3] * _MONTHS)


def _born(seat: Seat, started: date, rolls: list[float]) -> date:
    served = AS_OF.year - started.year
    if seat.standing.name == "Masa Persiapan Pensiun":
        return date(AS_OF.year - _LEAVING_AGE, 1 + int(rolls[4] * 9), 1 + int(rolls[5] * 28))
    spread = 20 if seat.kind == "PPPK" else 11
    age = min(seat.study.age + int(rolls[4] * spread), _OLDEST - served)
    return started.replace(year=started.year - age) - timedelta(days=int(rolls[5] * 364))


def _grade_since(started: date, steps: int) -> date:
    """Promotions take effect on 1 April or 1 October, the last one on or before the due day."""
    if not steps:
        return started
    due = min(first_of_month(started, steps * _YEARS_A_STEP * _MONTHS), first_of_month(AS_OF, -1))
    if due.month < 4:
        return date(due.year - 1, 10, 1)
    return date(due.year, 10 if due.month >= 10 else 4, 1)


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * _MONTHS + last.month - first.month
