"""What a kind of leave grants, carries and lets expire, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any

from pamong.law.career import Cited
from pamong.law.leave import months_after
from pamong.leave.lots.years import JANUARY, MonthDay, day_before


class Frequency(StrEnum):
    """How often days are granted: all at the start of the leave year, or a twelfth at each month's start."""

    YEARLY = "yearly"
    MONTHLY = "monthly"


class Proration(StrEnum):
    """What somebody gets who enters within a period: all, a share by its days, or by months with his own.

    BY_DAY takes the days of the month of entry (monthly) or of the leave year (yearly); BY_MONTH counts the
    month of entry as whole.
    """

    NONE = "none"
    BY_DAY = "by_day"
    BY_MONTH = "by_month"


class Rounding(StrEnum):
    """How one grant is rounded; nothing else ever is."""

    EXACT = "exact"
    DAY_DOWN = "day_down"
    DAY_HALF_UP = "day_half_up"
    HALF_DAY_DOWN = "half_day_down"

    def applied(self, days: Fraction) -> Fraction:
        """The rounded days."""
        if self is Rounding.DAY_DOWN:
            return Fraction(days.numerator // days.denominator)
        if self is Rounding.DAY_HALF_UP:
            return Fraction((2 * days + 1) // 2)
        if self is Rounding.HALF_DAY_DOWN:
            return Fraction((2 * days) // 1, 2)
        return days


@dataclass(frozen=True, slots=True)
class Validity:
    """How long carried days live, from the day on which they were carried: months and days, or to a date.

    `through`: the last day as month and day, in the year of carrying or after. Nothing at all: for ever.
    """

    months: int = 0
    days: int = 0
    through: MonthDay | None = None

    def expires_on(self, carried_on: date) -> date | None:
        """The first day on which they are gone."""
        if self.through is not None:
            last = date(carried_on.year, *self.through)
            return (last if last >= carried_on else date(carried_on.year + 1, *self.through)) + timedelta(
                days=1
            )
        if not self.months and not self.days:
            return None
        return months_after(carried_on, self.months) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds from a day on; caps are None where there is none.

    `days` a leave year. When a year ends, at most `lot_cap` of what is left of it is carried, and at most
    `carry_cap` of all that is carried lives on. After a grant nobody holds more than `total_cap`; what goes
    beyond is taken from the oldest. After `unused_years` years in a row with a right and without a day of
    use, all that is left is carried, up to `unused_total` where that is the greater total.
    `deferred_total`: as much as was deferred is carried, up to this total where it is the greater one; None
    where deferral has no effect of its own.
    """

    since: date
    days: Fraction
    lot_cap: Fraction | None = None
    carry_cap: Fraction | None = None
    total_cap: Fraction | None = None
    unused_years: int = 0
    unused_total: Fraction | None = None
    deferred_total: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """One kind of leave. `terms` in order of their days; before the first nothing is granted.

    `grants_on` begins the year of the grant, `carries_on` the year after which days are carried or lost; on
    one day carrying goes first. `wait_months` of service before the first grant, which is then whole unless
    prorated. `advance` days may be used before it for reasons that the law names; they lower the next grant.
    `debt_lowers_grant`: days that were used without a lot lower the next grant, else they stand as a row of
    their own. `sources` are the rules it was made of, `doubts` what is not known, in sentences.
    """

    terms: tuple[Terms, ...]
    frequency: Frequency = Frequency.YEARLY
    grants_on: MonthDay = JANUARY
    carries_on: MonthDay = JANUARY
    proration: Proration = Proration.NONE
    rounding: Rounding = Rounding.EXACT
    validity: Validity = Validity()
    wait_months: int = 0
    advance: Fraction = Fraction(0)
    debt_lowers_grant: bool = False
    sources: tuple[Cited[Any], ...] = ()
    doubts: tuple[str, ...] = ()

    def on(self, day: date) -> Terms | None:
        """What holds on a day."""
        found = [terms for terms in self.terms if terms.since <= day]
        return found[-1] if found else None

    def closing(self, carried_on: date) -> Terms | None:
        """What holds for a year that ended the day before: the terms of the new year's first day."""
        return self.on(carried_on) or self.on(day_before(carried_on))
