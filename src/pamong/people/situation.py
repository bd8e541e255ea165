"""What checks look at: a record as it would stand, seats with who has them, and problems in short."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from pamong.kernel.period import Period
from pamong.kernel.problem import Problem
from pamong.kernel.timeline import Row


class Stretch(Protocol):
    """Anything that lasts for a period."""

    @property
    def period(self) -> Period:
        """From when until when."""


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody's stretch in a seat."""

    person_id: int
    name: str
    kind: str
    period: Period


@dataclass(frozen=True, slots=True)
class SeatPost:
    """What a seat is over a period: the kind and level of its post, and the office (OPD) that it is in."""

    period: Period
    kind: str
    jenjang: str
    opd: str


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """A seat as checks need it: its name, when it exists and whether it is frozen then, who has it, what it
    is."""

    id: int
    uid: UUID
    label: str
    rows: tuple[tuple[Period, bool], ...]
    seated: tuple[Seated, ...]
    posts: tuple[SeatPost, ...] = ()

    def post(self, on: date) -> SeatPost | None:
        """What kind of job it is on a date; None where nothing says so."""
        return next((post for post in self.posts if post.period.contains(on)), None)


def no_offer(_seat: SeatFacts, _on: date) -> Sequence[str]:
    """No seats to offer in place of an occupied one."""
    return ()


@dataclass(frozen=True, slots=True)
class Situation:
    """The record as it would stand (``after``, by subject), and the rows that the act brings (``added``)."""

    person_id: int
    today: date
    after: Mapping[str, Sequence[Row]]
    added: Sequence[Row]
    seats: Mapping[int, SeatFacts] = field(default_factory=dict)
    offer: Callable[[SeatFacts, date], Sequence[str]] = no_offer

    def at(self, subject: str, on: date) -> Mapping[str, Any] | None:
        """What would hold on a date."""
        found = [row.values for row in self.after.get(subject, ()) if row.period.contains(on)]
        return found[0] if found else None

    def last(self, subject: str) -> Mapping[str, Any]:
        """The latest of what would stand; empty where there is nothing."""
        rows = sorted(self.after.get(subject, ()), key=lambda row: row.period.start)
        return rows[-1].values if rows else {}


def uncovered_from(period: Period, stretches: Sequence[Stretch]) -> date | None:
    """The first day of a period that none of these covers; None where they cover all of it."""
    day = period.start
    while (here := next((row for row in stretches if row.period.contains(day)), None)) is not None:
        if here.period.end is None or (period.end is not None and period.end <= here.period.end):
            return None
        day = here.period.end
    return day


def block(code: str, message: str, column: str = "") -> Problem:
    """What keeps an act out."""
    return Problem(code, message, "block", column=column)


def warn(code: str, message: str, column: str = "") -> Problem:
    """What lets it pass, and is shown."""
    return Problem(code, message, "warn", column=column)
