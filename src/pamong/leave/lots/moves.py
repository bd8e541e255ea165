"""What a balance is made of: lots, movements, and days for which nothing was left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from pamong.kernel.period import Period

_NONE = Fraction(0)


class MovementKind(StrEnum):
    """Why the days of a lot, or the debt, changed."""

    OPENING = "opening"
    GRANT = "grant"
    CREDIT = "credit"
    CARRY = "carry"
    LOST = "lost"
    EXPIRY = "expiry"
    FORFEIT = "forfeit"
    USE = "use"
    DEBT = "debt"
    SETTLEMENT = "settlement"


@dataclass(frozen=True, slots=True)
class Movement:
    """A change: signed days of a leave year's lot, or of the debt (`year` None); carrying changes nothing.

    All days up to a date sum to what is left then, less the debt.
    """

    on: date
    kind: MovementKind
    year: Period | None
    days: Fraction
    reason: str
    ref: str = ""
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Lot:
    """The days of one leave year: granted, what is left, since when and until when they are carried.

    `expires_on` is the first day on which they are gone. `planned` and `reserved` of what is left go to leave
    that is granted for later, and to requests that wait.
    """

    year: Period
    granted: Fraction
    left: Fraction
    carried_on: date | None = None
    expires_on: date | None = None
    planned: Fraction = _NONE
    reserved: Fraction = _NONE


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Days of a use for which nothing was left, and which no rule allows beforehand."""

    on: date
    days: Fraction
    ref: str
