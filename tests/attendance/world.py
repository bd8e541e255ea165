"""A ward and an office, with shifts, machines and a law: for tests of rosters and of stored days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from pamong.attendance import services
from pamong.attendance.models import DayResult
from pamong.attendance.services import Derived, PunchRow, Rostered, RosterFile, RosterLine, ShiftTimes
from pamong.kernel.period import Period, month_period
from pamong.people.models import Person
from tests.attendance.test_facts import OPERATOR, Machines, wall
from tests.attendance.test_my_days import LATER, Office, law
from tests.support.people import AT

ZONE = "Asia/Jakarta"
NOVEMBER = month_period(2026, 11)
BEGIN = date(2026, 1, 1)
SHIFTS = {
    "P": ShiftTimes("Pagi", time(7), time(14), 60, 120),
    "S": ShiftTimes("Siang", time(14), time(21), 60, 120),
    "M": ShiftTimes("Malam", time(21), time(7), 60, 120),
}


def on(day: int) -> date:
    """A day of November."""
    return date(2026, 11, day)


def tap(day: int, clock: str, pin: str = "1001", line: int = 0) -> PunchRow:
    """A punch of November; told apart by what it says."""
    return PunchRow(
        line or day * 10_000 + int(clock.replace(":", "")[:4]), wall(f"2026-11-{day:02}T{clock}"), pin
    )


@dataclass
class Ward:
    """An office whose people may have shifts too."""

    office: Office

    @property
    def machines(self) -> Machines:
        return self.office.machines

    def define(self, code: str, times: ShiftTimes, since: date = BEGIN, unit: str = "dinkes") -> UUID:
        return services.define_shift(actor=OPERATOR, at=AT, unit=unit, code=code, on=since, times=times)

    def person(self, key: str = "own") -> int:
        return int(Person.objects.get(uid=self.machines.people.city.persons[key]).pk)

    def roster(
        self, days: Mapping[int, str], key: str = "own", *, actor: Any = OPERATOR, unit: str = "dinkes",
        month: Period = NOVEMBER,
    ) -> Rostered:  # fmt: skip
        line = self.line(days, key)
        return services.enter_roster(
            actor=actor, at=AT, unit=unit, month=month, file=RosterFile("jadwal.csv", repr(days).encode()),
            rows=[line],
        )  # fmt: skip

    def line(self, days: Mapping[int, str], key: str = "own", number: int = 2) -> RosterLine:
        told = {on(day): tuple(codes.split("+")) for day, codes in days.items()}
        return RosterLine(number, self.machines.people.city.persons[key], told)

    def tap(self, *rows: PunchRow, through: datetime | None = LATER) -> None:
        self.machines.store(self.machines.west, *rows, through=through)

    def derive(self, at: datetime = AT) -> Derived:
        return services.derive_stale(actor=OPERATOR, at=at, law=law(), zone=ZONE)

    def month(self, at: datetime = AT) -> Derived:
        return services.derive_month(actor=OPERATOR, at=at, law=law(), zone=ZONE, month=NOVEMBER)


def stored(person: int, day: int | None = None) -> list[DayResult]:
    """What stands of somebody's days, in order."""
    found = DayResult.objects.filter(person_id=person, superseded_at=None).order_by("local_on", "starts")
    return list(found if day is None else found.filter(local_on=on(day)))


def states(person: int, first: int, last: int) -> list[str]:
    """The states of somebody's days from one to another."""
    return [row.state for row in stored(person) if on(first) <= row.local_on <= on(last)]


def what(person: int) -> list[tuple[Any, ...]]:
    """What was derived, without what differs from run to run."""
    return [
        (
            row.local_on, row.starts, row.ends, row.state, row.first_in, row.last_out, row.worked, row.over,
            row.under, row.late, row.early, row.excuse, row.covered, row.numbered, row.source,
            str(row.reasons),
        )
        for row in stored(person)
    ]  # fmt: skip


def versions(person: int, day: int) -> int:
    """How many versions a day has, also those that were replaced."""
    return DayResult.objects.filter(person_id=person, local_on=on(day)).count()


def utc(day: int, clock: str) -> datetime:
    """The instant at which the clock of Jakarta shows this on a day of November."""
    return wall(f"2026-11-{day:02}T{clock}").replace(tzinfo=UTC) - timedelta(hours=7)
