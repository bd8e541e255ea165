"""Local clock times of a place of work and the instants behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pamong.attendance.resolving.shapes import Pairing, ShiftInstance
from pamong.attendance.resolving.spans import Span, minus, total, utc
from pamong.kernel.clock import local_date

_DAY = timedelta(days=1)
_ANY = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stamp:
    """An instant as a row keeps it: in UTC, with the zone of the place, its wall clock there and its date."""

    at: datetime
    zone: str
    local: datetime

    @property
    def on(self) -> date:
        """The local date, by which lists, charts and exports group."""
        return self.local.date()

    @property
    def text(self) -> str:
        """What the clock on the wall showed: `07.25 WIT`."""
        return f"{self.local:%H.%M} {self.at.astimezone(ZoneInfo(self.zone)).tzname()}"


def stamp(at: datetime, zone: str) -> Stamp:
    """What a row keeps of an instant. The zone is that of the place of work, never the phone's.

    TypeError for a naive `at`, `InvalidValue` for an unknown zone.
    """
    return Stamp(utc(at), zone, utc(at).astimezone(_place(zone)).replace(tzinfo=None, fold=0))


def instant_of(local: datetime, zone: str) -> datetime:
    """The instant in UTC at which the clock of a place shows this: a device's own time, which has no zone.

    TypeError for an aware `local` (a bug), `InvalidValue` for an unknown zone.
    """
    if local.tzinfo is not None:
        raise TypeError("a wall clock has no zone")
    return utc(local.replace(tzinfo=_place(zone)))


def last_finished_day(at: datetime, zone: str) -> date:
    """The last date that is over everywhere in a zone."""
    return local_date(at, zone) - _DAY


def instance_of(
    on: date,
    start: time,
    end: time,
    zone: str,
    opens_before: timedelta,
    closes_after: timedelta,
    *,
    pairing: Pairing = Pairing.FIRST_LAST,
    breaks: Iterable[tuple[time, time]] = (),
    expected: int | None = None,
    duty: str = "",
    keys: tuple[str, ...] = (),
) -> ShiftInstance:
    """An expected working period from local clock times; an end not after the start is on the next day.

    Breaks are local clock times too, the first ones after the start. `expected` in seconds. `InvalidValue`
    for an unknown zone.
    """
    starts, ends = _from_to(on, start, end, zone)
    days = [(on + _DAY if since < start else on, since, until) for since, until in breaks]
    return ShiftInstance(
        on,
        starts,
        ends,
        starts - opens_before,
        ends + closes_after,
        zone,
        pairing,
        tuple(Span(*_from_to(day, since, until, zone)) for day, since, until in days),
        expected,
        duty,
        keys,
    )


def night_seconds(start: datetime, end: datetime, window_start: time, window_end: time, zone: str) -> int:
    """How many seconds of ``[start, end)`` lie in the window of local clock times, whatever its night.

    A window whose end is not after its start crosses midnight. What is not night is day: the two are the
    whole, `seconds_between(start, end)`. ValueError where the end lies before the start.
    """
    worked = Span(start, end)
    return worked.seconds - total(minus([worked], _each_night(worked, window_start, window_end, zone)))


def _each_night(worked: Span, window_start: time, window_end: time, zone: str) -> Iterator[Span]:
    day, last = local_date(worked.starts, zone) - _DAY, local_date(worked.ends, zone)
    while day <= last:
        yield Span(*_from_to(day, window_start, window_end, zone))
        day += _DAY


def _from_to(on: date, start: time, end: time, zone: str) -> tuple[datetime, datetime]:
    starts = instant_of(datetime.combine(on, start), zone)
    ends = instant_of(datetime.combine(on if end > start else on + _DAY, end), zone)
    return starts, max(starts, ends)  # where summer time begins, an hour of the wall is missing


def _place(zone: str) -> ZoneInfo:
    local_date(_ANY, zone)  # says in a sentence that there is no such zone
    return ZoneInfo(zone)
