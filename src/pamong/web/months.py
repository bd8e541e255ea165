"""Months that addresses name, and those beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pamong.kernel.period import first_of_month
from pamong.web.formats import bulan


def month_of(text: str) -> date | None:
    """The first day of the month that ``2027-03`` names; None for what names none."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def months_around(on: date, back: int, ahead: int = 0) -> list[date]:
    """The first days of the month of a day and of so many before and after it, newest first."""
    return [first_of_month(on, number) for number in range(ahead, -back - 1, -1)]


@dataclass(frozen=True, slots=True)
class Steps:
    """A month with those beside it as addresses name them, '' where there is none (``ui.month_steps``)."""

    month: date
    title: str
    before: str
    after: str


def steps_of(asked: str, usual: date, first: date, last: date) -> Steps:
    """The month that an address names, else the usual one; none outside of the first and the last."""
    month = min(max(month_of(asked) or usual, first), last).replace(day=1)
    before = month - timedelta(days=1)
    after = month + timedelta(days=31)
    return Steps(
        month,
        bulan(month),
        f"{before:%Y-%m}" if month > first else "",
        f"{after:%Y-%m}" if month < last.replace(day=1) else "",
    )
