"""Shifts, punches and days as the cases write them: local clock times of a place of work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import pytest

from pamong.attendance.resolving import (
    DayPart,
    DayResult,
    Direction,
    Excuse,
    Fate,
    Pairing,
    Part,
    Punch,
    Resolution,
    ShiftInstance,
    instance_of,
    instant_of,
    resolve,
)
from pamong.kernel.period import Period

JAKARTA, MAKASSAR, JAYAPURA = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"
in_each_zone = pytest.mark.parametrize("zone", [JAKARTA, MAKASSAR, JAYAPURA])
PAIRS = Pairing.PAIRS
MINUTE, HOUR = 60, 3600


def at(text: str, zone: str) -> datetime:
    """`2026-05-24 20:01` on the clock of a zone."""
    return instant_of(datetime.fromisoformat(text), zone)


def shift(
    on: str,
    start: str,
    end: str,
    zone: str,
    *,
    before: int = 2 * HOUR,
    after: int = 2 * HOUR,
    breaks: Iterable[tuple[str, str]] = (),
    pairing: Pairing = Pairing.FIRST_LAST,
    expected: int | None = None,
    duty: str = "",
    key: str = "",
) -> ShiftInstance:
    """A working period of a day; its window is wider by so many seconds before and after."""
    return instance_of(
        date.fromisoformat(on),
        time.fromisoformat(start),
        time.fromisoformat(end),
        zone,
        timedelta(seconds=before),
        timedelta(seconds=after),
        pairing=pairing,
        breaks=[(time.fromisoformat(since), time.fromisoformat(until)) for since, until in breaks],
        expected=expected,
        duty=duty,
        keys=(key,) if key else (),
    )


def tap(text: str, zone: str, direction: str = "", key: str = "") -> Punch:
    """A punch; its key tells when and how, unless another is given."""
    return Punch(at(text, zone), key or f"{text} {direction}", Direction(direction))


def taps(zone: str, *texts: str) -> list[Punch]:
    """`2026-05-24 20:01 in`: date, time and, where the device says it, the key."""
    found = [text.split() for text in texts]
    return [tap(" ".join(words[:2]), zone, *words[2:]) for words in found]


def solved(
    shifts: Iterable[ShiftInstance],
    punches: Iterable[Punch],
    excuses: Iterable[Excuse] = (),
    *,
    seen: str = "2027-01-01 00:00",
    zone: str = JAKARTA,
) -> Resolution:
    """Resolved with data up to an instant, by default long after."""
    return resolve(shifts, punches, excuses, watermark=at(seen, zone))


def one(
    instance: ShiftInstance, punches: Iterable[Punch], excuses: Iterable[Excuse] = (), **seen: str
) -> DayResult:
    """The result of a single working period."""
    (day,) = solved([instance], punches, excuses, **seen).days
    return day


def clock(instant: datetime | None, zone: str) -> str | None:
    """`24 20:01`: the day and the time on the wall; None for nothing."""
    if instant is None:
        return None
    offset = {JAKARTA: 7, MAKASSAR: 8, JAYAPURA: 9}[zone]
    return f"{(instant + timedelta(hours=offset)):%d %H:%M}"


def shown(day: DayResult) -> tuple[str, str | None, str | None]:
    """State, first in, last out."""
    zone = day.instance.zone
    return day.state.value, clock(day.first_in, zone), clock(day.last_out, zone)


def fates(found: Resolution | DayResult) -> list[Fate]:
    """What became of the punches, in order."""
    return [each.fate for each in found.fates]


def leave(on: str, part: Part = Part.WHOLE, kind: str = "leave") -> Excuse:
    """An excuse of a day or of half of it."""
    day = date.fromisoformat(on)
    return Excuse(kind, DayPart(Period(day, day + timedelta(days=1)), part))
