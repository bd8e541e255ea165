"""What goes in: the expected working periods of one person, the punches, the excuses, the limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from pamong.attendance.choices import Direction
from pamong.attendance.resolving.spans import Span, minus, total, utc
from pamong.kernel.period import Period


class Pairing(StrEnum):
    """How punches become working time: from the first in to the last out, or from each in to its out."""

    FIRST_LAST = "first_last"
    PAIRS = "pairs"


class Part(StrEnum):
    """The part of a working period that is excused; halves are halves of the working time without breaks."""

    WHOLE = "whole"
    FIRST_HALF = "first_half"
    SECOND_HALF = "second_half"


@dataclass(frozen=True, slots=True)
class ShiftInstance:
    """One expected working period of one person, in the version that holds on its day.

    `on`: the local date that it belongs to. A punch counts from `opens` until before `closes`. `breaks` are
    not counted. `expected`: seconds to be worked where that is not simply the length without breaks.
    `duty`: what two halves of one night have in common. `keys`: the stored rows that it stands for.
    All instants are whole seconds, kept in UTC. ValueError unless opens <= starts < ends <= closes, and
    where breaks leave no time to work.
    """

    on: date
    starts: datetime
    ends: datetime
    opens: datetime
    closes: datetime
    zone: str
    pairing: Pairing = Pairing.FIRST_LAST
    breaks: tuple[Span, ...] = ()
    expected: int | None = None
    duty: str = ""
    keys: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("starts", "ends", "opens", "closes"):
            at = utc(getattr(self, name))
            if at.microsecond:
                raise ValueError(f"{name} of a shift instance is no whole second: {at}")
            object.__setattr__(self, name, at)
        if not self.opens <= self.starts < self.ends <= self.closes:
            raise ValueError(f"a shift instance out of order: {self}")
        if any(pause != pause.whole for pause in self.breaks):
            raise ValueError(f"a break is no whole second: {self}")
        if self.expected_seconds < 0 or not self.work:
            raise ValueError(f"a shift instance without work: {self}")

    def admits(self, at: datetime) -> bool:
        """Whether a punch at this instant can count."""
        return self.opens <= at < self.closes

    @property
    def span(self) -> Span:
        """From the start of work to its end."""
        return Span(self.starts, self.ends)

    @property
    def work(self) -> list[Span]:
        """The expected time without breaks, in order."""
        return minus([self.span], self.breaks)

    @property
    def expected_seconds(self) -> int:
        """How much is to be worked."""
        return total(self.work) if self.expected is None else self.expected

    @property
    def middle(self) -> datetime:
        """Halfway from start to end: before it a punch can be the one in, from then on the one out."""
        return self.starts + timedelta(seconds=self.span.seconds // 2)


@dataclass(frozen=True, slots=True)
class Punch:
    """One raw event. `at` to the microsecond, kept in UTC; `key`: its stable identity, unlike any other's."""

    at: datetime
    key: str
    direction: Direction = Direction.UNKNOWN

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", utc(self.at))


@dataclass(frozen=True, slots=True)
class DayPart:
    """The same part of every working period that belongs to one of these days."""

    days: Period
    part: Part = Part.WHOLE


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why somebody is not expected: leave, duty elsewhere, an outage (`kind` is its code), and when.

    `dark`: nothing could be recorded in that time, so that what is not recorded of it is not missing.
    """

    kind: str
    when: Span | DayPart
    dark: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """`debounce`: a second tap sooner than this is the same one. `least_stay`: whoever taps the other key
    sooner than this after coming has not left, nor come that shortly before leaving."""

    debounce: timedelta = timedelta(seconds=60)
    least_stay: timedelta = timedelta(minutes=30)


LIMITS = Limits()
_FIRST_OUT = {Direction.OUT: 0, Direction.UNKNOWN: 1, Direction.IN: 2}


def order_of_punch(punch: Punch) -> tuple[datetime, int, str]:
    """By instant; at one instant whoever leaves one shift does so before coming to the next; then by key."""
    return punch.at, _FIRST_OUT[punch.direction], punch.key


def order_of_instance(instance: ShiftInstance) -> tuple[object, ...]:
    """By start, then by all else that can tell two instances apart."""
    return (
        instance.starts,
        instance.ends,
        instance.opens,
        instance.closes,
        instance.on,
        instance.zone,
        instance.pairing,
        instance.duty,
        instance.keys,
        instance.expected_seconds,
        tuple((pause.starts, pause.ends) for pause in instance.breaks),
    )
