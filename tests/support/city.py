"""A small city in rows: three offices, a few seats, and the people that rights are tried on.

Kota Uji has a secretariat, a health office with a puskesmas, and an education office. Persons are named by
what they are to the employee of the tests: ``own`` is he himself, ``chief`` his superior, ``mate`` works
beside him, ``clerk`` keeps the data of the health office, ``above`` is the secretary, ``foreign`` works
elsewhere, ``ended`` has retired from the health office.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.access.models import User
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.organisation import models as org
from pamong.people import models as people

FROM = date(2017, 1, 1)
RETIRED_ON = date(2026, 3, 1)
UNITS = (
    ("kota", "Kota Uji", "government", None, False),
    ("setda", "Sekretariat Daerah", "opd", "kota", True),
    ("dinkes", "Dinas Kesehatan", "opd", "kota", True),
    ("pkm_melati", "Puskesmas Melati", "clinic", "dinkes", False),
    ("disdik", "Dinas Pendidikan", "opd", "kota", True),
)
# key: unit, post, kind, class, leads the unit, reports to
SEATS = {
    "above": ("setda", "Sekretaris Daerah", "jpt_pratama", 15, True, None),
    "chief": ("dinkes", "Kepala Dinas", "jpt_pratama", 14, True, "above"),
    "clerk": ("dinkes", "Pengelola Kepegawaian", "pelaksana", 7, False, "chief"),
    "own": ("dinkes", "Pengadministrasi Umum", "pelaksana", 5, False, "chief"),
    "mate": ("pkm_melati", "Perawat Ahli Pertama", "jf", 8, False, "chief"),
    "foreign": ("disdik", "Pengelola Data", "pelaksana", 6, False, "above"),
    "free": ("dinkes", "Pengelola Data", "pelaksana", 6, False, "chief"),
}
# key: name, sex, born, in service since, golongan, account
PERSONS = {
    "above": ("Wibisono Cakrawala", "L", date(1968, 5, 20), date(1994, 3, 1), "IV/d", ""),
    "chief": ("Bernadeta Mariana Hurek", "P", date(1972, 8, 11), date(1998, 3, 1), "IV/c", "superior"),
    "clerk": ("Yohana Tandi Arung", "P", date(1990, 1, 30), date(2014, 3, 1), "III/b", "unit_clerk"),
    "own": ("Suparman", "L", date(1985, 2, 2), date(2010, 1, 1), "II/d", "employee"),  # the month's Suparman
    "mate": ("Ketut Sariasih", "P", date(1991, 6, 2), date(2018, 3, 1), "III/b", ""),
    "foreign": ("Tigor Marpaung", "L", date(1988, 9, 9), date(2012, 3, 1), "III/c", ""),
    "ended": ("Sumiyati", "P", date(1968, 2, 3), date(1992, 3, 1), "III/d", ""),
}


@dataclass(frozen=True)
class City:
    """Ids of persons, seats and units by their keys."""

    persons: dict[str, UUID]
    ids: dict[str, int]
    seats: dict[str, UUID]
    units: dict[str, UUID]
    desk: dict[str, UUID] = field(default_factory=dict)  # see tests.support.desk


@transaction.atomic
def build_city(today: date) -> City:
    """Put the rows into the database, and link the accounts that exist."""
    actor = Actor.operator("uji", today)
    basis = ledger.seal(actor=actor, kind=SealKind.OPENING, ref=uuid4())
    units = _units(basis)
    seats = _seats(basis, units)
    persons = {key: _person(key, basis, seats.get(key)) for key in PERSONS}
    _retire(persons["ended"], seats["free"], basis)
    return City(
        {key: person.uid for key, person in persons.items()},
        {key: person.pk for key, person in persons.items()},
        {key: seat.uid for key, seat in seats.items()},
        {key: unit.uid for key, unit in units.items()},
    )


def since(start: date, end: date | None = None) -> DateRange:
    """A half-open period."""
    return DateRange(start, end)


def _units(basis: int) -> dict[str, org.Unit]:
    made: dict[str, org.Unit] = {}
    for code, name, kind, parent, is_opd in UNITS:
        made[code] = org.Unit.objects.create(code=code)
        org.UnitRow.objects.create(
            unit=made[code], name=name, kind=kind, parent=made[parent] if parent else None, is_opd=is_opd,
            period=since(FROM), basis_id=basis,
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO organisation_unitplace (unit_id, period, path, opd_id, depth) "
            "SELECT unit_id, period, path, opd_id, depth FROM organisation_places"
        )
    return made


def _seats(basis: int, units: dict[str, org.Unit]) -> dict[str, org.Seat]:
    made: dict[str, org.Seat] = {}
    for key, (unit, name, kind, job_class, head, superior) in SEATS.items():
        jenjang = "Ahli Pertama" if kind == "jf" else ""
        post, _ = org.Post.objects.get_or_create(name=name, kind=kind, jenjang=jenjang, eselon="")
        made[key] = org.Seat.objects.create()
        org.SeatRow.objects.create(
            seat=made[key], unit=units[unit], post=post, job_class=job_class, is_head=head,
            period=since(FROM), basis_id=basis,
        )  # fmt: skip
        if superior:
            org.Line.objects.create(
                seat=made[key], superior=made[superior], period=since(FROM), basis_id=basis
            )
    return made


def nip_of(sex: str, born: date, started: date) -> str:
    """The NIP of the first of his day of birth and month of entry."""
    return f"{born:%Y%m%d}{started:%Y%m}{1 if sex == 'L' else 2}001"


def _person(key: str, basis: int, seat: org.Seat | None) -> people.Person:
    end = (RETIRED_ON, "retired") if key == "ended" else None
    return add_person(PERSONS[key], basis, seat=seat, end=end)


def add_person(
    facts: tuple[str, str, date, date, str, str],
    basis: int,
    *,
    seat: org.Seat | None = None,
    end: tuple[date, str] | None = None,
) -> people.Person:
    """Somebody with everything that a file has; ``end`` is his first day out of service, and why."""
    name, sex, born, started, golongan, account = facts
    user = User.objects.filter(username=account).first() if account else None
    person = people.Person.objects.create(user=user)
    common = {"person": person, "basis_id": basis}
    nip = nip_of(sex, born, started)
    until, reason = end or (None, "")
    day = born.day + (40 if sex == "P" else 0)
    people.Identity.objects.create(
        name=name, sex=sex, birth_date=born, birth_place="Kota Uji", religion="Islam", marital="Menikah",
        nik=f"990101{day:02d}{born:%m%y}0001", period=since(born), **common,
    )  # fmt: skip
    people.Employment.objects.create(
        kind="PNS", nip=nip, standing="Aktif", end_reason=reason, period=since(started, until), **common
    )
    people.Rank.objects.create(golongan=golongan, period=since(date(2020, 4, 1), until), **common)
    people.SalaryStep.objects.create(mkg_years=12, period=since(date(2024, 4, 1), until), **common)
    people.Contact.objects.create(
        address="Jl. Uji No. 1", phone="081000000001", email="", period=since(FROM), **common
    )
    people.BankAccount.objects.create(
        bank="Bank Uji", number="99887766", holder=name, period=since(FROM), **common
    )
    if seat is not None:
        people.Appointment.objects.create(
            kind="regular", seat=seat, order_no="821.2/001", order_on=date(2019, 12, 20),
            period=since(date(2020, 1, 2), until), **common,
        )  # fmt: skip
    return person


def _retire(person: people.Person, seat: org.Seat, basis: int) -> None:
    people.Appointment.objects.create(
        person=person, kind="regular", seat=seat, period=since(date(2020, 1, 2), RETIRED_ON), basis_id=basis
    )
