"""Values of the law for merit, each with where it stands, and months counted over dates. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from pamong.law.career import Cited
from pamong.law.engine.errors import NotInForce
from pamong.law.engine.plan import Law

_YEAR = 12  # months


def find(law: Law, name: str, on: date, *key: str | int) -> Cited[Any] | None:
    """A scalar's value, or that of a table's row; None where no rule holds or the row is missing."""
    parameter = law.by_name[name]
    try:
        dated = parameter.on(on)
    except NotInForce:
        return None
    value = dated.value.get(key) if key else dated.value
    return None if value is None else Cited(value, parameter, dated)


def rule(law: Law, name: str, on: date) -> Cited[Any] | None:
    """A whole table with where it stands, for what it says by leaving a row out."""
    return find(law, name, on)


def later(day: date, months: int) -> date:
    """The same day so many months later (or earlier), or the last day of that month."""
    years, month = divmod(day.month - 1 + months, _YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole_months(since: date, before: date) -> int:
    """The whole months from a day up to another, which no longer counts; 0 where it is not later."""
    if before <= since:
        return 0
    months = (before.year - since.year) * _YEAR + before.month - since.month
    return months - 1 if later(since, months) > before else months


def span_text(months: int) -> str:
    """``2 tahun``, ``1 tahun 5 bulan``, ``7 bulan``."""
    years, rest = divmod(months, _YEAR)
    words = [f"{years} tahun"] if years else []
    return " ".join([*words, f"{rest} bulan"] if rest or not years else words)


def union_months(stretches: Iterable[tuple[date, date]]) -> int:
    """The whole months that stretches ``[since, before)`` cover together; a day counts once.

    Stretches that touch are one, so that orders which follow each other lose no part of a month.
    """
    return sum(whole_months(start, end) for start, end in _merged(stretches))


def _merged(stretches: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    merged: list[tuple[date, date]] = []
    for start, end in sorted(stretches):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def day_before(day: date) -> date:
    """The day before."""
    return day - timedelta(days=1)
