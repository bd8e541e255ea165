"""When an office expects somebody: the law's hours of a day at a place, as a working period."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from pamong.attendance.calendars import is_ramadan, work_day
from pamong.attendance.resolving import ShiftInstance, instant_of
from pamong.law.engine.plan import Law

_MINUTE = 60


def office_day(law: Law, on: date, week: str, zone: str) -> ShiftInstance | None:
    """The working period of a weekly pattern on a day at a place; None where nobody of it works then.

    Breaks are a length without a place in the day, so they shorten what is to be worked, and nothing else.
    ``LawError`` where the holidays of that year are not decreed yet.
    """
    day = work_day(law, on, week)
    if day is None:
        return None
    pause = _break_minutes(law, on) * _MINUTE
    return ShiftInstance(
        on,
        _at(on, day.start, zone),
        _at(on, day.end, zone),
        _at(on, day.opens, zone),
        _at(on, day.closes, zone),
        zone,
        expected=max(day.end - day.start - pause, _MINUTE),
    )


def _break_minutes(law: Law, on: date) -> int:
    name = "ramadan_break_minutes" if is_ramadan(law, on) else "break_minutes"
    found = law.by_name[name].on(on).value.get((on.isoweekday(),))
    return 0 if found is None else int(found)


def _at(on: date, second: int, zone: str) -> datetime:
    """The instant of a second of the day, which may lie beyond midnight."""
    return instant_of(datetime.combine(on, time()), zone) + timedelta(seconds=second)
