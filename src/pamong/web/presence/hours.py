"""The hours that the law gives a week of five or six days, each table with the rules that it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from pamong.attendance.calendars import ramadans
from pamong.kernel.clock import WEEKDAYS
from pamong.law.engine.errors import LawError
from pamong.law.engine.parameters import Parameter
from pamong.law.engine.plan import Law
from pamong.web.formats import tanggal
from pamong.web.presence.reading import law_href, length
from pamong.web.shapes import Link

_USUAL = ("work_start", "work_end", "break_minutes")
_RAMADAN = ("ramadan_start", "ramadan_end", "ramadan_break_minutes")
_MINUTE = 60
Told = tuple[str, str, str]  # hours, break, and how long one works


@dataclass(frozen=True, slots=True)
class HoursLine:
    """A weekday, or several with the same hours: from when until when, and how long without its break."""

    weekday: str
    hours: str
    pause: str
    worked: str


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of a stretch of the year, and the articles that say so, as links."""

    title: str
    lines: tuple[HoursLine, ...]
    rules: tuple[Link, ...]


def week_hours(law: Law, week: str, on: date) -> tuple[Hours, ...]:
    """The usual hours of a weekly pattern on a day, and those of each Ramadan of its year."""
    found = [_hours(law, week, on, _("Hari biasa"), _USUAL)]
    for first, last, state in ramadans(law, on):
        span = _("Ramadan, %(first)s sampai %(last)s") % {"first": tanggal(first), "last": tanggal(last)}
        sure = span if state == "decided" else _("%(span)s (perkiraan)") % {"span": span}
        found.append(_hours(law, week, first, sure, _RAMADAN))
    return tuple(found)


def _hours(law: Law, week: str, on: date, title: str, names: tuple[str, str, str]) -> Hours:
    start, end, pause = (_values(law, name, on) for name in names)
    told = [
        (number, _told(start[week, number], end[week, number], pause.get((number,), 0)))
        for number in range(1, len(WEEKDAYS) + 1)
        if (week, number) in start and (week, number) in end
    ]
    lines = [_line([number for number, _ in days], hours) for hours, days in _alike(told)]
    return Hours(title, tuple(lines), tuple(_rules(law, names, on)))


def _alike(told: Sequence[tuple[int, Told]]) -> Iterator[tuple[Told, list[tuple[int, Told]]]]:
    """Days that follow each other with the same hours."""
    return ((hours, list(days)) for hours, days in groupby(told, key=lambda each: each[1]))


def _told(start: int, end: int, pause: int) -> Told:
    between = _("%(count)s menit") % {"count": pause} if pause else "–"
    return f"{_clock(start)}–{_clock(end)}", between, length(end - start - pause * _MINUTE)


def _line(days: Sequence[int], told: Told) -> HoursLine:
    first, last = WEEKDAYS[days[0] - 1], WEEKDAYS[days[-1] - 1]
    named = first if len(days) == 1 else _("%(first)s sampai %(last)s") % {"first": first, "last": last}
    return HoursLine(named, *told)


def _rules(law: Law, names: tuple[str, ...], on: date) -> Iterator[Link]:
    for name in names:
        parameter = _parameter(law, name)
        try:
            cited = parameter.on(on).citation.text if parameter else ""
        except LawError:
            cited = ""
        if parameter and cited:
            yield Link(f"{parameter.title}: {cited}", law_href(name))


def _values(law: Law, name: str, on: date) -> dict[tuple[object, ...], int]:
    parameter = _parameter(law, name)
    try:
        return dict(parameter.on(on).value) if parameter else {}
    except LawError:
        return {}


def _parameter(law: Law, name: str) -> Parameter | None:
    return law.by_name.get(name)


def _clock(second: int) -> str:
    return f"{second // 3600:02}.{second % 3600 // _MINUTE:02}"
