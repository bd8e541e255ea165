"""Until when something is to be answered: so many days of work after a day."""

from __future__ import annotations

from datetime import date, timedelta

from pamong.attendance.calendars import is_office_day
from pamong.law.engine.plan import Law

_DAY = timedelta(days=1)


def last_day(law: Law, on: date) -> date:
    """The last day to answer what is asked on a day, by the law of that day."""
    count = int(law.by_name["correction_days"].on(on).value)
    while count:
        on += _DAY
        count -= is_office_day(law, on)
    return on
