"""Until when something is to be answered: so many days of work after a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from pamong.attendance.calendars import free_day_name
from pamong.law.engine.errors import LawError
from pamong.law.engine.plan import Law

_DAY = timedelta(days=1)
_FRIDAY = 5


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


def is_office_day(law: Law, on: date) -> bool:
    """Monday to Friday without holidays; a year whose holidays are not decreed yet has none so far."""
    if on.isoweekday() > _FRIDAY:
        return False
    try:
        return free_day_name(law, on) is None
    except LawError:
        return True
