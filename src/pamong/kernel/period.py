"""Half-open stretches of dates: the start belongs to them, the end does not; ``None`` is an open end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pamong.kernel.clock import format_date
from pamong.kernel.errors import InvalidValue

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Period:
    """``[start, end)``. Never empty: the end lies after the start."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        for bound in (self.start, self.end):
            if isinstance(bound, datetime):
                raise TypeError("Period takes dates, not instants; use local_date first")
        if self.end is not None and self.end <= self.start:
            raise InvalidValue(
                f"Akhir periode ({format_date(self.end)}) harus setelah awalnya ({format_date(self.start)})."
            )

    def contains(self, on: date) -> bool:
        """Tell whether the day lies inside."""
        return self.start <= on and (self.end is None or on < self.end)

    def overlaps(self, other: Period) -> bool:
        """Tell whether both share at least one day."""
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)

    def intersect(self, other: Period) -> Period | None:
        """The days that both share, or ``None``."""
        if not self.overlaps(other):
            return None
        ends = [end for end in (self.end, other.end) if end is not None]
        return Period(max(self.start, other.start), min(ends) if ends else None)

    def minus(self, other: Period) -> tuple[Period, ...]:
        """What is left of it without the days of another: nothing, one stretch, or one on either side."""
        if not self.overlaps(other):
            return (self,)
        before = (Period(self.start, other.start),) if self.start < other.start else ()
        goes_on = other.end is not None and (self.end is None or other.end < self.end)
        return (*before, Period(other.end, self.end)) if goes_on and other.end else before

    @property
    def days(self) -> int | None:
        """The number of days, or ``None`` for an open end."""
        return None if self.end is None else (self.end - self.start).days

    @property
    def last_day(self) -> date | None:
        """The last day inside, as people say it, or ``None`` for an open end."""
        return None if self.end is None else self.end - timedelta(days=1)

    def each_day(self) -> Iterator[date]:
        """Every day in order; TypeError for an open end, which has no last day."""
        if self.days is None:
            raise TypeError("an open period has no list of days")
        return (self.start + timedelta(days=n) for n in range(self.days))

    def __str__(self) -> str:
        if self.last_day is None:
            return f"sejak {format_date(self.start)}"
        if self.last_day == self.start:
            return format_date(self.start)
        return f"{format_date(self.start)} sampai {format_date(self.last_day)}"


def first_of_month(day: date, months: int = 0) -> date:
    """The first day of the month that lies so many months after that of a day; before it, where negative."""
    years, month = divmod(day.month - 1 + months, _MONTHS)
    return date(day.year + years, month + 1, 1)


def month_period(year: int, month: int) -> Period:
    """The calendar month as a period; ``InvalidValue`` if there is no such month."""
    try:
        start = date(year, month, 1)
        end = date(year + 1, 1, 1) if month == _MONTHS else date(year, month + 1, 1)
    except ValueError as error:
        raise InvalidValue(f"Tidak ada bulan {month} tahun {year}.") from error
    return Period(start, end)
