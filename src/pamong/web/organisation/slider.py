"""The years of the organisation: a slider with a mark at every reorganisation, beside a field for a date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pamong.access.middleware import ActingRequest
from pamong.kernel.clock import format_date
from pamong.web.days import parse_day
from pamong.web.organisation.bars import percent
from pamong.web.people.asof import AsOf, as_of

YEARS_BACK, YEARS_AHEAD = 10, 1
_EVERY = 5  # years between two words of the scale


@dataclass(frozen=True, slots=True)
class Mark:
    """A reorganisation on the scale. ``x`` is percent of its width; ``here`` where it shows."""

    on: date
    text: str
    title: str
    x: str
    here: bool


@dataclass(frozen=True, slots=True)
class Year:
    """A year with its place on the scale; ``label`` is '' where no word stands."""

    number: int
    label: str
    x: str


@dataclass(frozen=True, slots=True)
class Slider:
    """Years from ``first`` to ``last``; ``year`` is where the knob stands, ``told`` what that means."""

    first: int
    last: int
    year: int
    told: str
    years: tuple[Year, ...]
    marks: tuple[Mark, ...]


def shown_day(request: ActingRequest) -> AsOf:
    """The day that is asked for: by date (``per``), or by year (``tahun``) where only the slider was moved.

    A form without scripts sends both; ``dari`` says which date it was showing, so that the one that was
    changed wins. A year stands for its last day, the current one for today.
    """
    shown, query = as_of(request), request.GET
    year, before, asked = query.get("tahun", ""), parse_day(query.get("dari", "")), query.get("per", "")
    moved_by_date = bool(asked) and parse_day(asked) != before
    if not year.isdecimal() or len(year) != 4 or moved_by_date or (before and int(year) == before.year):
        return shown
    return replace(shown, on=last_day(int(year), shown.today), problem="")


def last_day(year: int, today: date) -> date:
    """The day that a year of the slider stands for."""
    return today if year == today.year else date(year, 12, 31)


def slider(shown: AsOf, marks: Sequence[tuple[date, str]]) -> Slider:
    """The scale around a date, with the reorganisations on it."""
    today = shown.today.year
    first = min([today - YEARS_BACK, *(on.year - 1 for on, _title in marks)])
    last = max([today + YEARS_AHEAD, *(on.year for on, _title in marks)])
    year = min(max(shown.on.year, first), last)
    return Slider(
        first,
        last,
        year,
        format_date(shown.on),
        tuple(_years(first, last)),
        tuple(_marks(shown, marks, first, last)),
    )


def _years(first: int, last: int) -> Iterator[Year]:
    for number in range(first, last + 1):
        worded = number % _EVERY == 0
        yield Year(number, str(number) if worded else "", percent(number - first, last - first))


def _marks(shown: AsOf, marks: Sequence[tuple[date, str]], first: int, last: int) -> Iterator[Mark]:
    days = [on for on, _title in marks]
    current = max((day for day in days if day <= shown.on), default=None)
    for on, title in marks:
        # The knob at a year means its last day, so a day of January stands just after the year before.
        passed = (on - timedelta(days=1) - date(first, 12, 31)).days
        x = percent(max(passed, 0), (date(last, 12, 31) - date(first, 12, 31)).days)
        yield Mark(on, format_date(on), title, x, on == current)
