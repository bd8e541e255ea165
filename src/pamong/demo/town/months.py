"""A month of the town as its offices hand it in: punch files of three machines, the month's sheet.

People come from the register, not from a file. How somebody comes and goes, and what his sheet says, is drawn
as for the example month (``demo.month``, ``demo.sheet``).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from pamong.demo.career import min_years as least_years
from pamong.demo.city import city
from pamong.demo.files import FINGERSPOT_NAME, GLG_NAME, punch_file
from pamong.demo.month import AT_WORK, PersonMonth, excused_days, make_month
from pamong.demo.names import titled
from pamong.demo.people import PERSONAS, SEED
from pamong.demo.town.shapes import Town
from pamong.interop.write import write_monthly_csv

EXAMPLE = (2026, 10)  # the month in which named people have their told days
NAMES = {"attlog": "1_attlog.dat", "glg": GLG_NAME, "fingerspot": FINGERSPOT_NAME}
_LEFT_PIN = 900_000  # numbers at the machines of those who left since count from here
_PAID = ("PNS", "CPNS", "PPPK")
_BY_PUNCHES = "TPP"
_FORMS = {"jf": "fungsional", "pelaksana": "pelaksana"}


@dataclass(frozen=True, slots=True)
class _Named:
    name: str


@dataclass(frozen=True, slots=True)
class _Office:
    name: str
    by: str
    order: int


@dataclass(frozen=True, slots=True)
class _Form:
    amounts: Mapping[int, int]

    @property
    def allowance(self) -> _Form:
        """The allowance by class: that of the nearest class below, where a class has none of its own."""
        return self

    def __getitem__(self, job_class: int) -> int:
        return self.amounts[
            max((each for each in self.amounts if each <= job_class), default=min(self.amounts))
        ]


@dataclass(frozen=True, slots=True)
class _Seat:
    unit: _Office
    job_class: int
    kind: str
    group: str
    standing: _Named
    form: _Form
    flag: str


@dataclass(frozen=True, slots=True)
class _Career:
    grade: str
    mkg_years: int


@dataclass(frozen=True, slots=True)
class _Clerk:
    """Somebody as the drawing of a month knows people; ``until`` is the number of his last day in it."""

    index: int
    pin: str
    who: str
    nip: str
    name: str
    full_name: str
    sex: str
    married: bool
    children: int
    seat: _Seat
    career: _Career
    until: int


@dataclass(frozen=True)
class Months:
    """The months of a town."""

    town: Town
    seed: str = SEED

    def files(self, month: tuple[int, int], *, detailed: bool = True) -> Iterator[tuple[str, bytes]]:
        """Punch files, then the sheet, each with its name. Without ``detailed`` only those whose pay looks at
        punches have any."""
        made = self._made(month)
        punched = [entry for entry in made if detailed or entry.person.seat.group == _BY_PUNCHES]
        for by, name in NAMES.items():
            if any(entry.person.seat.unit.by == by for entry in punched):
                yield name, punch_file(by, punched, month)
        yield f"isian-bulanan-{month[0]}-{month[1]:02d}.csv", write_monthly_csv(entry.sheet for entry in made)

    def sheet(self, month: tuple[int, int]) -> list[Mapping[str, object]]:
        """The rows of the month's sheet."""
        return [entry.sheet for entry in self._made(month)]

    def punches(self, month: tuple[int, int], before: datetime) -> Iterator[tuple[str, bytes]]:
        """Everybody's punches of a month before an instant (wall time) as each kind of machine writes them:
        its kind, a file."""
        base = datetime(*month, 1)  # noqa: DTZ001  the machine's own clock
        seconds = int((before - base).total_seconds())
        whole = self._made(month)
        made = [replace(each, punches=[at for at in each.punches if at < seconds]) for each in whole]
        for by in NAMES:
            if any(entry.punches for entry in made if entry.person.seat.unit.by == by):
                yield by, punch_file(by, made, month)

    def numbers(self, month: tuple[int, int]) -> list[tuple[str, str]]:
        """The number at the machines of each who is paid by the month, and his NIP."""
        return [(clerk.pin, clerk.nip) for clerk in self._clerks(month) if clerk.nip]

    def excused(self, month: tuple[int, int]) -> Iterator[tuple[str, str, dict[int, str]]]:
        """Who was not expected in a month: his NIP, the code of his unit, why by the day's number."""
        for clerk in self._clerks(month):
            days = excused_days(clerk, *month, self.seed, until=clerk.until)  # type: ignore[arg-type]
            if clerk.nip and days:
                yield clerk.nip, self.town.structure.units[clerk.seat.unit.order].code, days

    def _made(self, month: tuple[int, int]) -> list[PersonMonth]:
        if month not in self._kept:
            self._kept[month] = self._make(month)
        return self._kept[month]

    @cached_property
    def _kept(self) -> dict[tuple[int, int], list[PersonMonth]]:
        """Months made before: presence and inputs both ask for the last one."""
        return {}

    def _make(self, month: tuple[int, int]) -> list[PersonMonth]:
        made = [
            make_month(clerk, *month, self.seed, until=clerk.until)  # type: ignore[arg-type]
            for clerk in self._clerks(month)
        ]
        return sorted(made, key=_place)

    @cached_property
    def _persons(self) -> dict[int, Any]:
        return {person.key: person for person in self.town.records.persons}

    @cached_property
    def _orders(self) -> dict[str, int]:
        return {unit.code: place for place, unit in enumerate(self.town.structure.units)}

    def _clerks(self, month: tuple[int, int]) -> Iterator[_Clerk]:
        """Those who are paid by the month and served in it, with the seat that each had on his last day."""
        on = date(*month, calendar.monthrange(*month)[1])
        records, structure = self.town.records, self.town.structure
        jobs, until = _served(records.employments, on)
        units = {unit.code: unit for unit in structure.units}
        names = {row.code: row.name for row in _as_of(structure.unit_rows, on)}
        seats = {row.seat: row for row in _as_of(structure.seat_rows, on)}
        grades = {row.person: row.golongan for row in _of_each(records.ranks, until)}
        steps = {row.person: row.mkg_years for row in _of_each(records.salary_steps, until)}
        people = {row.person: row for row in _of_each(records.identities, until)}
        held = _of_each(records.appointments, until)
        posts = {row.person: row.seat for row in held if row.kind == "regular"}
        children = _children(records.relatives, on)
        for key, job in jobs.items():
            person, seat, grade = self._persons[key], seats.get(posts.get(key, ("", 0))), grades.get(key)
            if seat is None or grade is None or job.kind not in _PAID:
                continue
            unit, who = units[seat.unit], person.who if month == EXAMPLE else ""
            kind = _FORMS.get(structure.posts[seat.post].kind, "struktural")
            row = people[key]
            yield _Clerk(
                key, person.pin or str(_LEFT_PIN - key), who, job.nip or "", row.name,
                titled(row.front_title, row.name, row.back_title), row.sex, row.marital == "Menikah",
                min(2, children.get(key, 0)),
                _Seat(
                    _Office(names[seat.unit], unit.machine or "attlog", self._orders[seat.unit]),
                    seat.job_class, job.kind, unit.group, _Named(job.standing),
                    _Form(city()["forms"][kind]["allowance"]),
                    _flag(who),
                ),
                _Career(grade, max(steps.get(key, 0), least_years(job.kind, grade))),
                until[key].day,
            )  # fmt: skip


def _served(jobs: Iterable[Any], on: date) -> tuple[dict[int, Any], dict[int, date]]:
    """The last employment of each who served in the month that ends ``on``, and his last day in it.

    One in which he worked comes before a later one in which he didn't: who is suspended on the 12th has come
    until then.
    """
    first = on.replace(day=1)
    held = [row for row in jobs if row.start <= on and (row.end is None or row.end > first)]
    held.sort(key=lambda row: row.standing in AT_WORK)
    found = {row.person: row for row in held}
    day = timedelta(days=1)
    return found, {key: on if row.end is None else min(on, row.end - day) for key, row in found.items()}


def _of_each(rows: Iterable[Any], days: Mapping[int, date]) -> Iterator[Any]:
    """The rows that hold on the day of their own person."""
    for row in rows:
        day = days.get(row.person)
        if day is not None and row.start <= day and (row.end is None or day < row.end):
            yield row


def _as_of(rows: Iterable[Any], on: date) -> Iterator[Any]:
    return (row for row in rows if row.start <= on and (row.end is None or on < row.end))


def _children(relatives: Iterable[Any], on: date) -> dict[int, int]:
    found: dict[int, int] = {}
    for row in _as_of(relatives, on):
        if row.relation == "child" and row.entitled:
            found[row.person] = found.get(row.person, 0) + 1
    return found


def _flag(who: str) -> str:
    return who if who in PERSONAS and who in ("income_missing", "lhkpn_late") else ""


def _place(entry: PersonMonth) -> tuple[int, int, int]:
    seat = entry.person.seat
    return seat.unit.order, -seat.job_class, entry.person.index
