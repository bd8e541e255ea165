"""Working days and hours of a month, from the law: weekly pattern, holidays, cuti bersama, Ramadan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pamong.attendance.choices import WEEKS
from pamong.kernel.period import Period
from pamong.law.engine.errors import LawError, NotInForce
from pamong.law.engine.parameters import Dated, Parameter
from pamong.law.engine.plan import Law

_MINUTE = 60
_FRIDAY = 5


@dataclass(frozen=True, slots=True)
class WorkDay:
    """One expected day of a weekly pattern. Times are seconds since local midnight.

    A punch counts from `opens` to `closes`; before `middle` it can be the punch in, then the punch out.
    """

    on: date
    week: str
    start: int
    end: int
    opens: int
    closes: int
    ramadan: bool

    @property
    def middle(self) -> int:
        """Halfway through the working time."""
        return self.start + (self.end - self.start) // 2


def month_calendar(law: Law, month: Period, week: str) -> list[WorkDay]:
    """The expected days of a weekly pattern ("5" or "6" days) in a month, by the law of each day."""
    if week not in WEEKS:
        raise LawError(f"Pola hari kerja '{week}' tidak dikenal; pakai 5 atau 6.")
    return [found for day in month.each_day() if (found := work_day(law, day, week)) is not None]


def work_day(law: Law, day: date, week: str) -> WorkDay | None:
    """The expected working time on a day, or None if nobody of this pattern works then."""
    if free_day_name(law, day) is not None:
        return None
    ramadan = is_ramadan(law, day)
    start = _hours(law, "ramadan_start" if ramadan else "work_start", day, week)
    end = _hours(law, "ramadan_end" if ramadan else "work_end", day, week)
    if start is None or end is None:
        return None
    before = _minutes(law, "record_opens_before", day)
    after = _minutes(law, "record_closes_after", day)
    return WorkDay(day, week, start, end, start - before, end + after, ramadan)


def free_day_name(law: Law, day: date) -> str | None:
    """The name of the national holiday or cuti bersama on a day; LawError if that year is not decreed yet."""
    for name in ("holidays", "joint_leave"):
        found = law.by_name[name].on(day).value.get((day.isoformat(),))
        if found is not None:
            return str(found)
    return None


def is_ramadan(law: Law, day: date) -> bool:
    """Whether a day lies in Ramadan as decided (or still only expected) for Indonesia."""
    return any(first <= day <= last for first, last, _ in ramadans(law, day))


def ramadans(law: Law, day: date) -> list[tuple[date, date, str]]:
    """First and last day of the Ramadans in the year of a day, with the state: `decided` or `expected`."""
    try:
        spans = law.by_name["ramadan"].on(day).value
        states = law.by_name["ramadan_state"].on(day).value
    except NotInForce:
        return []
    found = []
    for key, span in spans.items():
        first, _, last = str(span).partition("..")
        found.append((date.fromisoformat(first), date.fromisoformat(last), str(states[key])))
    return found


def unconfirmed_ramadan(law: Law, month: Period) -> bool:
    """Whether the month touches a Ramadan that is only expected: it must be confirmed first."""
    last = month.end - timedelta(days=1) if month.end else month.start
    return any(
        state == "expected" and first <= last and month.start <= end
        for day in (month.start, last)
        for first, end, state in ramadans(law, day)
    )


# What decides the days and hours of a month besides the formulas; the last four only where Ramadan is.
_ALWAYS = ("holidays", "joint_leave", "work_start", "work_end", "record_opens_before", "record_closes_after")
_IN_RAMADAN = ("ramadan", "ramadan_state", "ramadan_start", "ramadan_end")


def calendar_values(law: Law, month: Period) -> tuple[tuple[Parameter, Dated], ...]:
    """Every parameter value that the calendar of a month rests on, by key and date."""
    days = list(month.each_day())
    names = [*_ALWAYS, *(_IN_RAMADAN if any(is_ramadan(law, day) for day in days) else ())]
    used: dict[tuple[str, date], tuple[Parameter, Dated]] = {}
    for name in names:
        parameter = law.by_name[name]
        for day in days:
            dated = parameter.on(day)
            used[parameter.key, dated.since] = (parameter, dated)
    return tuple(used[key] for key in sorted(used))


def _hours(law: Law, name: str, day: date, week: str) -> int | None:
    found = law.by_name[name].on(day).value.get((week, day.isoweekday()))
    return None if found is None else int(found)


def _minutes(law: Law, name: str, day: date) -> int:
    return int(law.by_name[name].on(day).value) * _MINUTE


def is_office_day(law: Law, on: date) -> bool:
    """Monday to Friday without holidays; a year whose holidays are not decreed yet has none so far."""
    if on.isoweekday() > _FRIDAY:
        return False
    try:
        return free_day_name(law, on) is None
    except LawError:
        return True
