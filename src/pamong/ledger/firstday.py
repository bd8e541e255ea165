"""The first day of the site: before it files fill the registers, from then on people decide."""

from __future__ import annotations

from datetime import date

from pamong.ledger.errors import FirstDaySet, OpeningOver
from pamong.ledger.models import FirstDay


def first_day() -> date | None:
    """The first day of the site; None as long as it is not set."""
    return FirstDay.objects.values_list("on", flat=True).first()


def keep_first_day(on: date, told_by: str) -> None:
    """Set it, once and for good; the caller tells the log. ``FirstDaySet``."""
    if (before := first_day()) is not None:
        raise FirstDaySet(before)
    FirstDay.objects.create(on=on, told_by=told_by)


def require_opening(on: date) -> None:
    """``OpeningOver`` from the first day on: for what brings files of careers, or opening data."""
    since = first_day()
    if since is not None and since <= on:
        raise OpeningOver(since)
