"""What the region's method asks of a month, and what in an entry is worth a look. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pamong.attendance.calendars import month_calendar
from pamong.kernel.period import Period
from pamong.law.december import cut_off_day
from pamong.law.engine.errors import NotInForce
from pamong.law.engine.plan import Law
from pamong.performance.choices import Odd

DAILY = "absence_minutes_per_day"  # what a day of work counts for, as an absent day takes it off
TARGET = "productivity_target_minutes"
LAST_DAY = "month_entry_last_day"  # of the next month; only where a region's rule names one
_MINUTE = 60
_PART = 4  # "far" is more than a quarter away from last month: our own measure, to look and not to judge


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a month. ``daily`` and ``target`` are None where the law names none.

    ``days`` are working days of the weekly pattern, ``possible`` the minutes between their hours, ``until``
    the last day on which an entry is in time: None where no rule names one.
    """

    minutes: bool
    score: bool
    days: int
    possible: int
    daily: int | None
    target: int | None
    until: date | None

    @property
    def usual(self) -> int | None:
        """The minutes of a month in which every working day counts in full."""
        return None if self.daily is None else self.days * self.daily

    @property
    def anything(self) -> bool:
        """Whether the method reads anything that people judge."""
        return self.minutes or self.score

    def fields(self) -> tuple[str, ...]:
        """The values that the method reads, of those that people judge."""
        return (("minutes", "behaviour") if self.minutes else ()) + (
            ("productivity_score",) if self.score else ()
        )


def asked(law: Law, month: Period, week: str = "5") -> Asked:
    """What a region asks of a month. ``LawError`` where that year's holidays are not decreed yet."""
    method = law.profile.methods.get("productivity", "")
    calendar = month_calendar(law, month, week)
    last = _number(law, LAST_DAY, month.start)
    return Asked(
        method == "minutes",
        method == "score",
        len(calendar),
        sum(day.end - day.start for day in calendar) // _MINUTE,
        _number(law, DAILY, month.start),
        _number(law, TARGET, month.start),
        month.end.replace(day=last) if last and month.end else None,
    )


def verifiable_on(law: Law, month: Period) -> date:
    """From when on a month may be verified: the day after it, or after the day as of which a region pays
    its December."""
    cut_off = cut_off_day(law, month)
    if cut_off is None:
        return month.end or month.start
    return month.start.replace(day=cut_off) + timedelta(days=1)


def odd(asked: Asked, minutes: int | None, before: int | None, *, is_late: bool) -> Iterator[Odd]:
    """What a superior should look at in an entry, the most telling first."""
    if asked.minutes and minutes is not None:
        if minutes > asked.possible:
            yield Odd.OVER
        if before is not None and abs(minutes - before) * _PART > before:
            yield Odd.FAR
    if is_late:
        yield Odd.LATE


def _number(law: Law, name: str, on: date) -> int | None:
    parameter = law.by_name.get(name)
    try:
        return None if parameter is None else int(parameter.on(on).value)
    except NotInForce:
        return None
