"""When somebody is expected, as working periods: by the law's hours of an office, or by a roster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from pamong.attendance.calendars import is_ramadan, work_day
from pamong.attendance.resolving import ShiftInstance, instance_of, instant_of
from pamong.attendance.values import ShiftTimes
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


def roster_day(on: date, shifts: Sequence[tuple[str, ShiftTimes]], zone: str) -> list[ShiftInstance]:
    """The working periods of a roster's day at a place, by the keys and times of its shifts.

    Shifts that follow each other without a gap are one duty: whoever works on does not tap between them.
    """
    found: list[ShiftInstance] = []
    for key, times in sorted(shifts, key=lambda each: each[1].starts):
        one = instance_of(
            on, times.starts, times.ends, zone, timedelta(minutes=times.opens_before),
            timedelta(minutes=times.closes_after), pairing=times.pairing,
            breaks=() if times.pause is None else (times.pause,), keys=(key,),
        )  # fmt: skip
        last = found[-1] if found else None
        if last is not None and last.ends == one.starts and last.pairing is one.pairing:
            found[-1] = replace(
                last, ends=one.ends, closes=one.closes, breaks=(*last.breaks, *one.breaks),
                keys=(*last.keys, *one.keys),
            )  # fmt: skip
        else:
            found.append(one)
    return found


def _break_minutes(law: Law, on: date) -> int:
    name = "ramadan_break_minutes" if is_ramadan(law, on) else "break_minutes"
    found = law.by_name[name].on(on).value.get((on.isoweekday(),))
    return 0 if found is None else int(found)


def _at(on: date, second: int, zone: str) -> datetime:
    """The instant of a second of the day, which may lie beyond midnight."""
    return instant_of(datetime.combine(on, time()), zone) + timedelta(seconds=second)
