"""What happened to one person's leave, as data. Amounts are exact days; nothing is ever a float."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pamong.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Use:
    """Leave on one day: 1, 1/2 ... of it. Dated by the day of leave, whenever it was entered.

    `pending`: asked for and not decided; it reserves the days. `advance`: taken before the first grant for a
    reason that allows it. `ref` names the request.
    """

    on: date
    days: Fraction
    ref: str = ""
    pending: bool = False
    advance: bool = False


@dataclass(frozen=True, slots=True)
class Credit:
    """Days that somebody gets besides the grant, as for a joint leave on which he had to work."""

    on: date
    days: Fraction
    reason: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Deferral:
    """Days that the office did not let somebody use in the leave year of a day; they are carried."""

    on: date
    days: Fraction
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Forfeit:
    """From a day on, what is left of that leave year's own days is lost, as by a long leave."""

    on: date
    reason: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """What was known of a leave year when the register began.

    `year` is any day of the leave year; `left` its own days that can still be used then (of a year that was
    over before: that were already carried); `used` whether any day of the year was used, None not known.
    """

    year: date
    left: Fraction
    used: bool | None = None


@dataclass(frozen=True, slots=True)
class History:
    """One person: unbroken service, what happened, since when the register knows his leave (None: all)."""

    service: Period
    uses: tuple[Use, ...] = ()
    credits: tuple[Credit, ...] = ()
    deferrals: tuple[Deferral, ...] = ()
    forfeits: tuple[Forfeit, ...] = ()
    openings: tuple[Opening, ...] = ()
    known_since: date | None = None


def per_day(
    days: Iterable[tuple[date, Fraction]], ref: str = "", *, pending: bool = False, advance: bool = False
) -> tuple[Use, ...]:
    """The uses of a request from the shares of its days; days without a share use nothing."""
    return tuple(Use(on, share, ref, pending, advance) for on, share in days if share)
