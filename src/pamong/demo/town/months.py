"""A month of the town as its offices hand it in: punch files of three machines, the month's sheet.

People come from the register, not from a file. How somebody comes and goes, and what his sheet says, is drawn
as for the example month (``demo.month``, ``demo.sheet``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from pamong.demo.career import min_years as least_years
from pamong.demo.city import city
from pamong.demo.files import FINGERSPOT_NAME, GLG_NAME, punch_file
from pamong.demo.month import PersonMonth, make_month
from pamong.demo.names import titled
from pamong.demo.people import PERSONAS, SEED
from pamong.demo.town.shapes import Town
from pamong.interop.write import write_monthly_csv

EXAMPLE = (2026, 10)  # the month in which named people have their told days
NAMES = {"attlog": "1_attlog.dat", "glg": GLG_NAME, "fingerspot": FINGERSPOT_NAME}
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
    """Somebody as the drawing of a month knows people."""

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


@dataclass(frozen=True)
class Months:
    """The months of a town."""

    town: Town
    seed: str = SEED

    def files(self, month: tuple[int, int], *, detailed: bool = True) -> Iterator[tuple[str, bytes]]:
        """Punch files, then the sheet, each with its name. Without ``detailed`` only those whose pay looks at
        punches have any."""
        made = [make_month(clerk, *month, self.seed) for clerk in self._clerks(month)]  # type: ignore[arg-type]
        made.sort(key=_place)
        punched = [entry for entry in made if detailed or entry.person.seat.group == _BY_PUNCHES]
        for by, name in NAMES.items():
            if any(entry.person.seat.unit.by == by for entry in punched):
                yield name, punch_file(by, punched, month)
        yield f"isian-bulanan-{month[0]}-{month[1]:02d}.csv", write_monthly_csv(entry.sheet for entry in made)

    @cached_property
    def _persons(self) -> dict[int, Any]:
        return {person.key: person for person in self.town.records.persons if person.key >= 0}

    @cached_property
    def _orders(self) -> dict[str, int]:
        return {unit.code: place for place, unit in enumerate(self.town.structure.units)}

    def _clerks(self, month: tuple[int, int]) -> Iterator[_Clerk]:
        """Those who are paid by the month and have a seat on its last day."""
        first = date(*month, 1)
        on = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        records, structure = self.town.records, self.town.structure
        units = {unit.code: unit for unit in structure.units}
        names = {row.code: row.name for row in _as_of(structure.unit_rows, on)}
        seats = {row.seat: row for row in _as_of(structure.seat_rows, on)}
        grades = {row.person: row.golongan for row in _as_of(records.ranks, on)}
        steps = {row.person: row.mkg_years for row in _as_of(records.salary_steps, on)}
        people = {row.person: row for row in _as_of(records.identities, on)}
        posts = {row.person: row.seat for row in _as_of(records.appointments, on) if row.kind == "regular"}
        children = _children(records.relatives, on)
        for job in _as_of(records.employments, on):
            person, seat = self._persons.get(job.person), seats.get(posts.get(job.person, ("", 0)))
            grade = grades.get(job.person)
            if person is None or seat is None or grade is None or job.kind not in _PAID:
                continue
            unit, who = units[seat.unit], person.who if month == EXAMPLE else ""
            kind = _FORMS.get(structure.posts[seat.post].kind, "struktural")
            row = people[job.person]
            yield _Clerk(
                person.key, person.pin, who, job.nip or "", row.name,
                titled(row.front_title, row.name, row.back_title), row.sex, row.marital == "Menikah",
                min(2, children.get(job.person, 0)),
                _Seat(
                    _Office(names[seat.unit], unit.machine or "attlog", self._orders[seat.unit]),
                    seat.job_class, job.kind, unit.group, _Named(job.standing),
                    _Form(city()["forms"][kind]["allowance"]),
                    _flag(who),
                ),
                _Career(grade, max(steps.get(job.person, 0), least_years(job.kind, grade))),
            )  # fmt: skip


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
