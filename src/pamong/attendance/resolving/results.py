"""What comes out: a result for each expected working period, and a fate for each punch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pamong.attendance.resolving.shapes import Punch, ShiftInstance, order_of_punch
from pamong.attendance.resolving.spans import Span


class State(StrEnum):
    """What became of a working period. Only what is neither planned nor open is decided."""

    PLANNED = "planned"
    OPEN = "open"
    PRESENT = "present"
    MISSING_IN = "missing_in"
    MISSING_OUT = "missing_out"
    ABSENT = "absent"
    EXCUSED = "excused"


class Fate(StrEnum):
    """What a punch was counted as. A conflict stands inside an excused period and waits for a person."""

    IN = "in"
    OUT = "out"
    BETWEEN = "between"
    DEBOUNCED = "debounced"
    CONFLICT = "conflict"
    OUTSIDE = "outside"


class ReasonCode(StrEnum):
    """Why a result is as it is. Behind each code: what its value is."""

    WAITING = "waiting"  # the instant that the data must reach before anything is decided
    EXCUSED = "excused"  # the kind of a whole excuse
    PART_EXCUSED = "part_excused"  # the kind of an excuse of a part
    CONFLICT = "conflict"  # the number of punches inside an excused period
    MISSING_IN = "missing_in"  # the instant of an out that has no in
    MISSING_OUT = "missing_out"  # the instant of an in that has no out
    UNRECORDED = "unrecorded"  # the kind of what kept an in or an out from being recorded
    DEBOUNCED = "debounced"  # the number of repeated taps
    LATE = "late"  # seconds
    EARLY = "early"  # seconds
    OVER = "over"  # seconds
    UNDER = "under"  # seconds


@dataclass(frozen=True, slots=True)
class Reason:
    """A code with its value: seconds, a number, an instant in UTC, or a kind."""

    code: ReasonCode
    value: int | str | datetime


@dataclass(frozen=True, slots=True)
class PunchFate:
    """What became of one punch; `instance` is None for one outside every window."""

    punch: Punch
    fate: Fate
    instance: ShiftInstance | None = None


@dataclass(frozen=True, slots=True)
class DayResult:
    """What became of one expected working period.

    `instance`: as expected in the end, halves of a night joined and excused parts taken off. `pairs`: each in
    with its out. `worked`: seconds of the pairs without breaks; None where no pair is whole, 0 for an absent
    person. `late`, `early`, `over`, `under`: exact seconds, 0 for none; None where what they rest on is
    missing, and, but for `late`, as long as nothing is decided. Steps and graces belong to the rules of pay.
    """

    instance: ShiftInstance
    state: State
    first_in: datetime | None = None
    last_out: datetime | None = None
    pairs: tuple[Span, ...] = ()
    worked: int | None = None
    over: int | None = None
    under: int | None = None
    late: int | None = None
    early: int | None = None
    reasons: tuple[Reason, ...] = ()
    fates: tuple[PunchFate, ...] = ()

    @property
    def on(self) -> date:
        """The local date that it belongs to."""
        return self.instance.on

    def value_of(self, code: ReasonCode) -> int | str | datetime | None:
        """The value of the first reason with this code, or None."""
        return next((reason.value for reason in self.reasons if reason.code is code), None)


@dataclass(frozen=True, slots=True)
class Resolution:
    """The results of one person by start of work, and the punches outside every window."""

    days: tuple[DayResult, ...]
    outside: tuple[PunchFate, ...]

    @property
    def fates(self) -> tuple[PunchFate, ...]:
        """Every punch that was given, in order, with its one fate."""
        inside = [found for day in self.days for found in day.fates]
        return tuple(sorted([*inside, *self.outside], key=lambda found: order_of_punch(found.punch)))
