"""The rows of the invented town, in the shapes of the tables that they go to.

Every dated row ends in ``start`` and ``end``: half open, ``None`` for an open end. A unit and a site are
named by their code, a seat by (code of the unit it was made in, number), a post by its place among
``Structure.posts``, a person by ``Person.key``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

SeatKey = tuple[str, int]


class SiteRow(NamedTuple):
    """A place of work and its time zone."""

    code: str
    name: str
    zone: str
    address: str
    start: date
    end: date | None


class UnitRow(NamedTuple):
    """A unit over a period. ``kind`` is a value of ``organisation.choices.UnitKind``."""

    code: str
    name: str
    short_name: str
    kind: str
    unit_class: str
    is_opd: bool
    parent: str | None
    site: str | None
    start: date
    end: date | None


class Unit(NamedTuple):
    """What does not change about a unit: how its people are paid, what machine they use, if in shifts."""

    code: str
    group: str
    machine: str
    shifts: bool


class Reorganisation(NamedTuple):
    """One dated act over many units."""

    on: date
    title: str
    order_no: str
    order_on: date


class Lineage(NamedTuple):
    """What became of a unit: ``step`` is a value of ``organisation.choices.Step``."""

    on: date
    step: str
    old: str | None
    new: str | None


class Post(NamedTuple):
    """The kind of a job. ``kind`` is a value of ``organisation.choices.PostKind``."""

    name: str
    kind: str
    jenjang: str
    eselon: str
    family: str


class SeatRow(NamedTuple):
    """A seat over a period."""

    seat: SeatKey
    unit: str
    post: int
    job_class: int
    is_head: bool
    frozen: bool
    start: date
    end: date | None


class Line(NamedTuple):
    """To which seat a seat reports."""

    seat: SeatKey
    superior: SeatKey
    start: date
    end: date | None


class Workload(NamedTuple):
    """How many of a post a unit needs."""

    unit: str
    post: int
    needed: int
    start: date
    end: date | None


class Person(NamedTuple):
    """Somebody. ``key`` counts those in service from 0; those who left have -1, -2 and so on.

    ``pin`` is his number at the machines ('' for those who left), ``who`` names a persona of ``demo.people``.
    """

    key: int
    pin: str
    who: str


class Identity(NamedTuple):
    """Who somebody is; the first row begins at birth."""

    person: int
    name: str
    front_title: str
    back_title: str
    birth_place: str
    birth_date: date
    sex: str
    religion: str
    marital: str
    nik: str
    start: date
    end: date | None


class Contact(NamedTuple):
    """Where somebody is reached."""

    person: int
    address: str
    phone: str
    email: str
    work_email: str
    start: date
    end: date | None


class BankAccount(NamedTuple):
    """Where pay goes."""

    person: int
    bank: str
    number: str
    holder: str
    start: date
    end: date | None


class Employment(NamedTuple):
    """A stretch of service. ``nip`` is None for TKPK."""

    person: int
    kind: str
    nip: str | None
    standing: str
    end_reason: str
    order_no: str
    order_on: date
    start: date
    end: date | None


class Rank(NamedTuple):
    """Golongan over a period."""

    person: int
    golongan: str
    ground: str
    order_no: str
    order_on: date
    start: date
    end: date | None


class SalaryStep(NamedTuple):
    """Years and months of service by which the base salary is looked up."""

    person: int
    mkg_years: int
    mkg_months: int
    ground: str
    order_no: str
    order_on: date
    start: date
    end: date | None


class Appointment(NamedTuple):
    """Somebody in a seat. ``stint`` tells several acting posts of one person apart; 0 for regular ones."""

    person: int
    kind: str
    stint: int
    seat: SeatKey
    order_no: str
    order_on: date
    note: str
    start: date
    end: date | None


class Education(NamedTuple):
    """A diploma; ``item`` counts a person's from 0. It holds from the day of graduation."""

    person: int
    item: int
    level: str
    programme: str
    school: str
    graduated_on: date
    graduated_year: int
    diploma_no: str
    front_title: str
    back_title: str
    start: date
    end: date | None


class Relative(NamedTuple):
    """A relative; ``relative`` is his key where he is in the town's service too. ``item`` counts from 0."""

    person: int
    item: int
    relation: str
    name: str
    sex: str
    birth_date: date
    occupation: str
    relative: int | None
    entitled: bool
    married_on: date | None
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Structure:
    """Units, seats and what they need, through time."""

    sites: list[SiteRow]
    units: list[Unit]
    unit_rows: list[UnitRow]
    reorganisations: list[Reorganisation]
    lineage: list[Lineage]
    posts: list[Post]
    seat_rows: list[SeatRow]
    lines: list[Line]
    workload: list[Workload]


@dataclass(frozen=True, slots=True)
class Records:
    """People and everything dated about them."""

    persons: list[Person]
    identities: list[Identity]
    contacts: list[Contact]
    bank_accounts: list[BankAccount]
    employments: list[Employment]
    ranks: list[Rank]
    salary_steps: list[SalaryStep]
    appointments: list[Appointment]
    educations: list[Education]
    relatives: list[Relative]


@dataclass(frozen=True, slots=True)
class Town:
    """The whole town as of ``today`` with its history. ``personas`` gives the key of each named person."""

    today: date
    structure: Structure
    records: Records
    personas: Mapping[str, int]
