"""The days of a month worked out one by one in plain Python, from the docstrings of attendance alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from pamong.attendance.calendars import WorkDay
from pamong.attendance.derive import derive_days

PUNCHES = {"person": pl.UInt32, "at": pl.Datetime("us"), "file": pl.Int32, "line": pl.Int32}


@dataclass(frozen=True)
class Person:
    """Somebody's month: the weekly pattern and the days in service. The number is the place in the list."""

    week: str = "5"
    from_day: int = 1
    to_day: int = 31


@dataclass(frozen=True)
class Punch:
    """One line of one file."""

    person: int
    at: datetime
    file: int = 0
    line: int = 1

    @property
    def second(self) -> int:
        """Seconds since midnight."""
        return self.at.hour * 3600 + self.at.minute * 60 + self.at.second


def derived(
    people: Sequence[Person],
    punches: Iterable[Punch],
    excuses: Mapping[tuple[int, int], str],
    calendar: Iterable[WorkDay],
) -> list[dict[str, Any]]:
    """What the application makes of them, as rows."""
    frame = pl.DataFrame(
        [(number, p.week, p.from_day, p.to_day) for number, p in enumerate(people)],
        schema={"person": pl.UInt32, "week": pl.String, "from_day": pl.Int32, "to_day": pl.Int32},
        orient="row",
    )
    rows = [(p.person, p.at, p.file, p.line) for p in punches]
    noted = [(person, day, code) for (person, day), code in excuses.items()]
    schema = {"person": pl.UInt32, "day": pl.Int8, "excuse": pl.String}
    return derive_days(
        frame,
        pl.DataFrame(rows, schema=PUNCHES, orient="row"),
        pl.DataFrame(noted, schema=schema, orient="row"),
        calendar,
    ).to_dicts()


def expected(
    people: Sequence[Person],
    punches: Sequence[Punch],
    excuses: Mapping[tuple[int, int], str],
    calendar: Iterable[WorkDay],
) -> list[dict[str, Any]]:
    """The same by hand: for each person and each expected day in service, the first in and the last out."""
    days = list(calendar)
    return [
        _row(number, day, [p for p in punches if p.person == number], excuses.get((number, day.on.day)))
        for number, person in enumerate(people)
        for day in sorted(days, key=lambda d: d.on)
        if day.week == person.week and person.from_day <= day.on.day <= person.to_day
    ]


def _row(number: int, day: WorkDay, punches: Sequence[Punch], excuse: str | None) -> dict[str, Any]:
    counted = [p for p in punches if _is_on(p.at, day.on) and day.opens <= p.second <= day.closes]
    early = [p for p in counted if p.second < day.middle]
    late = [p for p in counted if p.second >= day.middle]
    # In the same second the line that stands first in the files counts.
    first = min(early, key=lambda p: (p.second, p.file, p.line), default=None)
    last = min(late, key=lambda p: (-p.second, p.file, p.line), default=None)
    return {
        "person": number,
        "on": day.on,
        "shift_start": day.start,
        "shift_end": day.end,
        "first_in": first and first.second,
        "last_out": last and last.second,
        "is_excused": excuse is not None,
        "excuse": excuse,
        "in_file": first and first.file,
        "in_line": first and first.line,
        "out_file": last and last.file,
        "out_line": last and last.line,
    }


def _is_on(at: datetime, day: date) -> bool:
    return (at.year, at.month, at.day) == (day.year, day.month, day.day)
