"""The days that a policy grants to somebody, with their dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pamong.kernel.period import Period
from pamong.law.leave import months_after
from pamong.leave.lots.policies import Frequency, Policy, Proration
from pamong.leave.lots.years import end_of, months_of, years_between

_YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class Grant:
    """Days granted on a day for a period. Zero is a grant too."""

    on: date
    days: Fraction
    period: Period


def grants(policy: Policy, service: Period, last: date) -> Iterator[Grant]:
    """All grants up to and with a day, in order; each once, however often they are asked for."""
    first = months_after(service.start, policy.wait_months)
    if policy.terms:
        # A right that a regulation brings within a year is there from its first day, for that year.
        first = max(first, policy.terms[0].since)
    for year in years_between(first, last, policy.grants_on):
        periods = months_of(year) if policy.frequency is Frequency.MONTHLY else iter((year,))
        for period in periods:
            grant = _grant(policy, service, first, period, year)
            if grant is not None and grant.on <= last:
                yield grant


def _grant(policy: Policy, service: Period, first: date, period: Period, year: Period) -> Grant | None:
    """What one period gives; None where the right begins after it, or the service has ended."""
    on = max(first, period.start)
    if on >= end_of(period) or not service.contains(on):
        return None
    if policy.frequency is Frequency.MONTHLY:
        days = _month_share(policy, on, period)
    else:
        days = _year_share(policy, on, year)
    return Grant(on, policy.rounding.applied(days), period)


def _year_share(policy: Policy, on: date, year: Period) -> Fraction:
    terms = policy.on(on)
    whole = terms.days if terms else Fraction(0)
    if policy.proration is Proration.BY_DAY:
        return whole * Fraction((end_of(year) - on).days, (end_of(year) - year.start).days)
    if policy.proration is Proration.BY_MONTH:
        left = sum(1 for month in months_of(year) if end_of(month) > on)
        return whole * Fraction(left, _YEAR)
    return whole


def _month_share(policy: Policy, on: date, month: Period) -> Fraction:
    """A twelfth under the terms of each of the month's days, from the entry where that counts by days."""
    length = (end_of(month) - month.start).days
    first = on if policy.proration is Proration.BY_DAY else month.start
    share = Fraction(0)
    for number, terms in enumerate(policy.terms):
        until = policy.terms[number + 1].since if number + 1 < len(policy.terms) else end_of(month)
        days = (min(until, end_of(month)) - max(terms.since, first)).days
        share += terms.days * Fraction(max(days, 0), length * _YEAR)
    return share
