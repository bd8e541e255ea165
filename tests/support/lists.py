"""A small government whose month is paid: offices with a head and a clerk each, people known to the register,
and those who check, submit and pay. What is here commits only where the test's database does."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.access import queries as access
from pamong.access import services as accounts
from pamong.access.models import User
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.organisation import models as org
from pamong.pay import path
from pamong.people import models as people
from tests.pay.support import OCTOBER, Office, Someone, files_of
from tests.support.city import FROM, since
from tests.support.month import MORNING, TODAY

EMPLOYEE = "pegawai"  # the first of all
ROLES = {"checker": "personnel_officer", "second": "personnel_officer", "treasurer": "treasury"}
PASSWORD = "sembilan-burung-enggang"


@dataclass(frozen=True)
class Government:
    """Accounts by user name, persons by the number of ``Someone``, the run that was computed last."""

    office: Office
    offices: tuple[str, ...]
    persons: dict[int, people.Person]
    runs: list[UUID] = field(default_factory=list)

    def as_(self, username: str) -> Actor:
        """The actor of an account, today."""
        user = User.objects.get(username=username)
        return access.actor_for(user, TODAY)

    def compute(self, who: list[Someone]) -> UUID:
        """A published run of these people."""
        self.runs.append(self.office.run(files_of(who)).uid)
        return self.runs[-1]

    def open(self) -> path.Opened:
        """Lists from the newest run, as an officer."""
        return path.open_lists(actor=self.as_("checker"), at=MORNING, run=self.runs[-1], demo=True)

    def row(self, name: str, kind: str = "main") -> path.ListRow:
        """The list of an office."""
        view = path.open_month(actor=self.as_("checker"), month=OCTOBER)
        return next(row for row in view.lists if row.opd_name == name and row.kind == kind)

    def view(self, name: str, kind: str = "main", by: str = "checker") -> path.ListView:
        """The whole list of an office."""
        return path.open_list(actor=self.as_(by), at=MORNING, uid=self.row(name, kind).uid)

    def step(self, name: str, *steps: str, kind: str = "main") -> None:
        """Let those whose part it is take steps with an office's list."""
        uid = self.row(name, kind).uid
        code = code_of(name)
        whose = {"enter": f"clerk_{code}", "sign": f"head_{code}", "check": "checker"}
        for step in steps:
            if step in whose:
                getattr(path, step)(actor=self.as_(whose[step]), at=MORNING, uid=uid)
            elif step == "submit":
                path.submit(actor=self.as_("treasurer"), at=MORNING, uid=uid, spm=self.spm(name, kind))
            else:
                path.record_sp2d(actor=self.as_("treasurer"), at=MORNING, uid=uid, sp2d=self.sp2d(name, kind))

    def spm(self, name: str, kind: str = "main", off: int = 0) -> path.Spm:
        """A payment order for what the list adds up to, or off by some rupiah."""
        row = self.row(name, kind)
        return path.Spm(f"SPP/{row.reference}", f"SPM/{row.reference}", date(2026, 11, 3), row.gross + off)

    def sp2d(self, name: str, kind: str = "main", off: int = 0) -> path.Sp2d:
        """What the treasury pays of it."""
        row = self.row(name, kind)
        return path.Sp2d(f"SP2D/{row.reference}", date(2026, 11, 5), row.gross + off)


def pay_whole(uid: UUID, *acting: Actor, at: datetime, days: int = 0) -> None:
    """Take a list all the way: one of ``acting`` each enters, signs, checks, and last submits it and pays it,
    so many days after its month began."""
    *before, treasurer = acting
    for act, who in zip((path.enter, path.sign, path.check), before, strict=True):
        act(actor=who, at=at, uid=uid)
    row = path.find_list(actor=before[-1], uid=uid)
    on = row.month + timedelta(days=days)
    spm = path.Spm(f"SPP/{row.reference}", f"SPM/{row.reference}", on, row.gross)
    path.submit(actor=treasurer, at=at, uid=uid, spm=spm)
    sp2d = path.Sp2d(f"SP2D/{row.reference}", on, row.gross)
    path.record_sp2d(actor=treasurer, at=at, uid=uid, sp2d=sp2d)


def related(own: people.Person, other: people.Person) -> None:
    """Let one be declared as the other's older sibling."""
    identity = people.Identity.objects.get(person=own)
    people.Relative.objects.create(
        person=own, relative=other, name="Kakak", relation="sibling", period=identity.period, item=own.uid,
        basis_id=identity.basis_id,
    )  # fmt: skip


def leave_service(person: people.Person, reason: str, on: date) -> None:
    """Let somebody's service have ended before a day, as the register says it later."""
    row = people.Employment.objects.get(person=person, superseded_at=None)
    people.Employment.objects.filter(pk=row.pk).update(
        superseded_at=MORNING, superseded_basis_id=row.basis_id
    )
    people.Employment.objects.create(
        person=person, kind=row.kind, nip=row.nip, standing=row.standing, basis_id=row.basis_id,
        end_reason=reason, period=DateRange(row.period.lower, on),
    )  # fmt: skip


ALL_STEPS = ("enter", "sign", "check", "submit", "pay")


def code_of(name: str) -> str:
    """``Dinas A`` is ``dinas_a``."""
    return name.lower().replace(" ", "_")


def build(office: Office, who: list[Someone]) -> Government:
    """Units, seats, accounts and persons for these people and their offices."""
    operator = Actor.operator("uji", TODAY)
    with transaction.atomic():
        basis = ledger.seal(actor=operator, kind=SealKind.OPENING, ref=uuid4())
        names = tuple(dict.fromkeys(one.opd for one in who))
        units = _units(names, basis)
        own = _account(operator, EMPLOYEE, "", "")
        persons = {one.number: _person(one, basis, own if one is who[0] else None) for one in who}
        for place, name in enumerate(names):
            make_head(operator, name, units[name], place, basis)
            _account(operator, f"clerk_{code_of(name)}", "unit_clerk", code_of(name))
        for username, role in ROLES.items():
            _account(operator, username, role, "")
    return Government(office, names, persons)


def _units(names: tuple[str, ...], basis: int) -> dict[str, org.Unit]:
    top = org.Unit.objects.create(code="kota")
    _unit_row(top, "Kota Uji", "government", None, basis)
    made = {}
    for name in names:
        made[name] = org.Unit.objects.create(code=code_of(name))
        _unit_row(made[name], name, "opd", top, basis)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO organisation_unitplace (unit_id, period, path, opd_id, depth) "
            "SELECT unit_id, period, path, opd_id, depth FROM organisation_places"
        )
    return made


def _unit_row(unit: org.Unit, name: str, kind: str, parent: org.Unit | None, basis: int) -> None:
    org.UnitRow.objects.create(
        unit=unit, name=name, kind=kind, parent=parent, is_opd=kind == "opd", period=since(FROM),
        basis_id=basis,
    )  # fmt: skip


def _person(one: Someone, basis: int, user: User | None = None) -> people.Person:
    """In service since he started, with an account at the bank."""
    person = people.Person.objects.create(user=user)
    common = {"person": person, "basis_id": basis}
    born = date(int(one.nip[:4]), 4, 17)
    name = one.name or f"ORANG {one.number:05d}"
    people.Identity.objects.create(name=name, sex="L", birth_date=born, period=since(born), **common)
    people.Employment.objects.create(
        kind="PNS", nip=one.nip, standing="Aktif", period=since(one.start_on), **common
    )
    people.BankAccount.objects.create(
        bank="Bank Uji", number=f"{10_000_000 + one.number:010d}", holder=name, period=since(FROM), **common
    )
    return person


def make_head(operator: Actor, name: str, unit: org.Unit, place: int, basis: int) -> None:
    """The head of a unit: his seat makes him its superior."""
    user = _account(operator, f"head_{code_of(name)}", "", "")
    post, _ = org.Post.objects.get_or_create(name="Kepala Dinas", kind="jpt_pratama", jenjang="", eselon="")
    seat = org.Seat.objects.create()
    org.SeatRow.objects.create(
        seat=seat, unit=unit, post=post, job_class=14, is_head=True, period=since(FROM), basis_id=basis
    )
    person = _person(Someone(900 + place, name=f"Kepala {name}"), basis, user)
    people.Appointment.objects.create(
        person=person, kind="regular", seat=seat, order_no="821.2/001", order_on=date(2019, 12, 20),
        period=since(date(2020, 1, 2)), basis_id=basis,
    )  # fmt: skip


def _account(operator: Actor, username: str, role: str, unit: str) -> User:
    accounts.create_user(
        actor=operator, at=MORNING, username=username, display_name=username.replace("_", " ").title(),
        password=PASSWORD,
    )  # fmt: skip
    if role:
        accounts.grant_role(
            actor=operator, at=MORNING, username=username, role=role, unit_path=unit,
            start_on=date(2026, 1, 1), reason="uji",
        )  # fmt: skip
    return User.objects.get(username=username)
