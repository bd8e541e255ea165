"""One month of one person: when he put his finger on the machine, and his row in the month's sheet.

Made from draws, not from rules: most come between 07:09 and 07:29 and go within twenty minutes after the
end, some are late, leave early, forget a punch, put the finger on twice or stay away.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache

from pamong.demo.city import stream
from pamong.demo.people import PERSONAS, Person
from pamong.demo.sheet import bare_sheet, make_sheet
from pamong.law.engine.loader import load_national, load_profile

DAY = 24 * 60 * 60  # seconds
PROFILE = "contoh"
AT_WORK = ("Aktif", "PPPK Aktif")
_WEEK = "5"
_BYTES = 16  # of a person's stream for each day of the month; the last ones are spare
_SHARE = 1 << 16
_OFTEN_LATE = _SHARE // 20  # one of twenty people

# What happens on a day, in cases of 10,000; who is often late has eight times the late cases.
_EVENTS = (
    ("away", 25),
    ("no_out", 110),
    ("no_in", 35),
    ("leaves_early", 100),
    ("leaves_much_earlier", 25),
    ("just_in_time", 60),
    ("late", 260),
    ("later", 70),
    ("latest", 25),
)

# Seconds after the start (before the end): at least, and over how many.
_LATE = {"just_in_time": (1, 58), "late": (60, 1800), "later": (1860, 1800), "latest": (3660, 4200)}
_EARLY = {"leaves_early": (60, 1800), "leaves_much_earlier": (1860, 3600)}
_ON_TIME = (60, 1200)
_TWICE = 400  # cases of 10,000 in which a finger is put on twice
_TOUCH_OF_DUTY = 3000  # cases of 10,000 in which somebody on duty elsewhere passes by the office first


def _bounds(late_factor: int) -> tuple[tuple[int, str], ...]:
    """(first case, event) from the highest case down; above all events lies the usual day."""
    events = (*_EVENTS, ("usual", 0))
    shares = [share * late_factor if event in _LATE else share for event, share in events]
    return tuple((sum(shares[:place]), event) for place, (event, _) in enumerate(events))[::-1]


# For people who are seldom late, and for those who often are.
_BOUNDS = tuple(_bounds(factor) for factor in (1, 8))


@dataclass(frozen=True, slots=True)
class WorkDay:
    """A day of the month on which work is expected, from and to in seconds since midnight."""

    day: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """Punches as seconds since the month began, in order, and the row of the month's sheet."""

    person: Person
    punches: list[int]
    sheet: Mapping[str, object]


@cache
def work_days(year: int, month: int) -> tuple[WorkDay, ...]:
    """The days of the five-day week without holidays and cuti bersama, with the profile's hours."""
    first = date(year, month, 1)
    national, own = load_national(), load_profile(PROFILE).parameters
    lists = [national[f"calendar/{name}"].on(first).value for name in ("holidays", "joint_leave")]
    free = {key[0] for days in lists for key in days}
    starts, ends = (own[f"attendance/work_{side}"].on(first).value for side in ("start", "end"))
    dates = [date(year, month, number + 1) for number in range(calendar.monthrange(year, month)[1])]
    return tuple(
        WorkDay(on.day, starts[key], ends[key])
        for on in dates
        if (key := (_WEEK, on.isoweekday())) in starts and on.isoformat() not in free
    )


def make_month(person: Person, year: int, month: int, seed: str, *, until: int = 31) -> PersonMonth:
    """The month of one person, from streams of his own. ``until`` is his last day in it."""
    table = f"{year}-{month:02d}"
    if person.seat.standing.name not in AT_WORK:
        return PersonMonth(person, [], bare_sheet(person))
    days = tuple(day for day in work_days(year, month) if day.day <= until)
    excused = _excuses(person, days, seed, table)
    punches, absent = _punches(person, days, excused, seed, table)
    draws = stream(seed, f"sheet/{table}", person.index)
    return PersonMonth(person, punches, make_sheet(person, len(days) - absent, excused, draws))


def excused_days(person: Person, year: int, month: int, seed: str, *, until: int = 31) -> dict[int, str]:
    """Why somebody was not expected, by the day's number: the same as his month's sheet says."""
    if person.seat.standing.name not in AT_WORK:
        return {}
    days = tuple(day for day in work_days(year, month) if day.day <= until)
    return _excuses(person, days, seed, f"{year}-{month:02d}")


def _excuses(person: Person, days: tuple[WorkDay, ...], seed: str, table: str) -> dict[int, str]:
    """Days of leave, duty or illness by the day's number; a named person's are told."""
    persona = PERSONAS.get(person.who)
    if persona and "KETERANGAN HARI" in persona.sheet:
        told = [part.split("=") for part in str(persona.sheet["KETERANGAN HARI"]).split(",") if part]
        return {int(day): code for day, code in told}
    draws = stream(seed, f"excuses/{table}", person.index)
    excused: dict[int, str] = {}
    for code, share, longest in (("CT", 0.14, 3), ("DL", 0.10, 2), ("S", 0.05, 2)):
        happens, place, length = draws.random(), draws.random(), draws.random()
        first = int(place * len(days))
        if happens < share:
            for day in days[first : first + 1 + int(length * longest)]:
                excused.setdefault(day.day, code)
    return excused


def _punches(
    person: Person, days: tuple[WorkDay, ...], excused: Mapping[int, str], seed: str, table: str
) -> tuple[list[int], int]:
    """All punches in order, and on how many days there is none without a reason."""
    persona = PERSONAS.get(person.who)
    luck = stream(seed, f"punches/{table}", person.index).randbytes(_BYTES * 32)
    punches: list[int] = []
    absent = 0
    for day in days:
        own = luck[_BYTES * day.day : _BYTES * (day.day + 1)]
        told = persona.days.get(day.day) if persona else None
        if told is not None:
            found = [_seconds(text) for text in told if text]
        elif day.day in excused:
            found = _passing_by(day, own) if excused[day.day] == "DL" else []
        else:
            event = "usual" if persona else _event(own, often_late=_part(luck, 0) < _OFTEN_LATE)
            found = _ordinary(day, event, own, twice=not persona)
        absent += not found and day.day not in excused
        punches += [(day.day - 1) * DAY + second for second in found]
    return punches, absent


def _part(luck: bytes, place: int) -> int:
    """The place-th number from 0 to 65535 of a day's bytes."""
    return luck[2 * place] << 8 | luck[2 * place + 1]


def _scaled(luck: bytes, place: int, bounds: tuple[int, int]) -> int:
    return bounds[0] + (_part(luck, place) * bounds[1] >> 16)


def _event(luck: bytes, *, often_late: bool) -> str:
    case = _part(luck, 0) * 10_000 // _SHARE
    for bound, event in _BOUNDS[often_late]:
        if case >= bound:
            return event
    return "away"


def _ordinary(day: WorkDay, event: str, luck: bytes, *, twice: bool) -> list[int]:
    """A day's punches in seconds since midnight, in order."""
    if event == "away":
        return []
    late, early = _LATE.get(event), _EARLY.get(event)
    came = day.start + _scaled(luck, 1, late) if late else day.start - _scaled(luck, 1, _ON_TIME)
    went = day.end - _scaled(luck, 2, early) if early else day.end + _scaled(luck, 2, _ON_TIME)
    found = [came] if event != "no_in" else []
    if twice and _part(luck, 3) * 10_000 // _SHARE < _TWICE:
        found.append(came + 2 + luck[8] % 8)
    return [*found, went] if event != "no_out" else found


def _passing_by(day: WorkDay, luck: bytes) -> list[int]:
    if _part(luck, 0) * 10_000 // _SHARE >= _TOUCH_OF_DUTY:
        return []
    return [day.start - _scaled(luck, 1, _ON_TIME)]


def _seconds(text: str) -> int:
    clock = time.fromisoformat(text)
    return clock.hour * 3600 + clock.minute * 60 + clock.second
