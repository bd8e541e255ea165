"""Until when something is to be answered: so many days of work after a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from pamong.attendance.calendars import is_office_day
from pamong.law.engine.plan import Law

_DAY = timedelta(days=1)


def answer_by(law: Law) -> Callable[[date], date]:
    """The last day to answer what is asked on a day, by the law of that day."""

    def due_after(on: date) -> date:
        return _after(law, on, int(law.by_name["correction_days"].on(on).value))

    return due_after


def _after(law: Law, on: date, count: int) -> date:
    while count:
        on += _DAY
        count -= is_office_day(law, on)
    return on
