"""Time that is no service: how much of it lies in a stretch, and when service is reached without it.

How the days of a broken month are counted no text says: thirty days are a month, and what is left over is one
more, since a raise is counted by whole months.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pamong.law.kgb.rules import add_months
from pamong.law.kgb.shapes import Away

MONTH_DAYS = 30
_YEAR = 12  # months


def away_months(away: Iterable[Away], since: date, until: date) -> int:
    """Months between two days that are no service."""
    days = 0
    for each in away:
        first, last = max(each.since, since), until if each.until is None else min(each.until, until)
        days += _days(first, last) if first < last else 0
    return -(-days // MONTH_DAYS)


def reached_on(since: date, months: int, away: Iterable[Away]) -> date | None:
    """The first of the month from which so many months are served; None while he is away without an end."""
    day, before = add_months(since, months), []
    for each in sorted(away, key=lambda each: each.since):
        if each.since >= day or (each.until is not None and each.until <= since):
            continue
        if each.until is None:
            return None
        before.append(each)
        day = add_months(since, months + away_months(before, since, each.until))
    return day


def _days(first: date, last: date) -> int:
    """Days of a stretch by months of thirty days; a 31st counts as the 30th."""
    months = (last.year - first.year) * _YEAR + last.month - first.month
    return months * MONTH_DAYS + min(last.day, MONTH_DAYS) - min(first.day, MONTH_DAYS)
