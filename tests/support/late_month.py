"""A paid October of the small city, from its registers alone, about which more becomes known in December.

``own`` was on sick leave from the 19th on, as far as anybody knew; ``clerk`` did his own work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from pamong.access import services as accounts
from pamong.attendance import services as attendance
from pamong.attendance.choices import ExcuseKind
from pamong.attendance.services import Assigned, DeviceFile, PunchRow
from pamong.interop.differences import post_month
from pamong.interop.month import keep_registers
from pamong.interop.month_inputs import store_inputs, try_inputs
from pamong.kernel.actor import Actor
from pamong.kernel.period import month_period
from pamong.law.engine.law import load_law
from pamong.ledger.choices import Act
from pamong.organisation import services as organisation
from pamong.pay import path
from pamong.pay.choices import FileKind
from pamong.pay.differences import Posted
from pamong.people import services as people
from pamong.people.models import Relative
from tests.pay.from_register import KeptFiles, Sheet
from tests.pay.support import Files, Office, files_of
from tests.support.city import since
from tests.support.lists import pay_whole
from tests.support.paid_months import regulation, weekdays
from tests.support.papers import agree_leave, enter_leave
from tests.support.people import People, opening_basis, small_people

LATER = datetime(2026, 12, 2, 0, 30, tzinfo=UTC)
TODAY = date(2026, 12, 2)
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
DIED, ACTED, ACTED_UNTIL = date(2026, 10, 17), date(2026, 9, 12), date(2026, 10, 20)
OFFICE, TREASURER, HEIR = "Dinas Kesehatan", "kas", "Siti Aminah"
PAID = ("own", "mate", "chief", "clerk", "above", "foreign")
ZONE = "Asia/Jakarta"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class LateMonth:
    """Who lives there, and by which regulation they are paid."""

    people: People
    overlay: str
    profile: str = "contoh"

    def as_(self, username: str) -> Actor:
        """An account on the day of the late news."""
        return self.people.actor(username, TODAY)

    @property
    def office(self) -> Office:
        """Who computes."""
        return Office(Actor.operator("uji", TODAY), LATER)

    def compute(self, month: date) -> UUID:
        """A published run from what stands in the registers; of November the machine's file."""
        kinds = set(FileKind) - ({FileKind.PUNCHES} if month == NOVEMBER else set())
        kept = keep_registers(actor=self.office.actor, at=LATER, month=month, kinds=kinds)
        if month == NOVEMBER:
            kept += [file for file in _november().keep() if file.kind is FileKind.PUNCHES]
        files: Any = KeptFiles(tuple(kept))
        return self.office.run(files, month=month, profile=self.profile, overlay=self.overlay).uid

    def open(self, month: date) -> UUID:
        """The main list of the office, from a new run."""
        path.open_lists(actor=self.as_("nurul"), at=LATER, run=self.compute(month), demo=True)
        return self.list_of(month)

    def list_of(self, month: date) -> UUID:
        """The main list of the office."""
        view = path.open_month(actor=self.as_("nurul"), month=month)
        return next(row.uid for row in view.lists if row.opd_name == OFFICE and row.kind == "main")

    def pay(self, uid: UUID) -> None:
        """Take a list all the way."""
        acting = map(self.as_, ("unit_clerk", "superior", "wahyu", TREASURER))
        pay_whole(uid, *acting, at=LATER, days=42)

    def hear(self) -> None:
        """The late news, entered by one and agreed to by another: a death, and a post stood in for."""
        self._entry("own", "employment", {"end_reason": "died"}, until=DIED + _DAY)
        seat = {"kind": "plt", "seat": self.people.city.seats["free"]}
        self._entry("clerk", "appointment", seat, on=ACTED, until=ACTED_UNTIL + _DAY)

    def _entry(self, who: str, subject: str, values: dict[str, Any], **when: date) -> None:
        entered = people.enter(
            actor=self.as_("nurul"), at=LATER, person=self.people.city.persons[who], subject=subject,
            act=Act.CHANGE, values=values, reason="Surat baru diterima", **when,
        )  # fmt: skip
        people.decide(actor=self.as_("wahyu"), at=LATER, entry=entered.uid, accept=True)

    def derive(self) -> None:
        """What the worker does every few minutes."""
        attendance.derive_stale(actor=self.office.actor, at=LATER, law=load_law("contoh"), zone=ZONE)

    def derive_whole(self, month: date) -> None:
        """What an operator has done where days of a month were never worked out."""
        told = {"actor": self.office.actor, "at": LATER, "law": load_law("contoh"), "zone": ZONE}
        attendance.derive_month(**told, month=month_period(month.year, month.month))

    def post(self, month: date = OCTOBER) -> Posted:
        """Write down what a paid month differs by."""
        return post_month(actor=self.as_("nurul"), at=LATER, month=month)


def build(
    folder: Path,
    password: str | None = None,
    *,
    profile: str = "contoh",
    before: Callable[[LateMonth], object] = lambda _made: None,
) -> LateMonth:
    """October computed and paid. By the site's regulation a Plt is paid from ten working days on. ``before``:
    what else is known before it is computed."""
    regulation(folder, "pay/acting_least_days", (date(2022, 1, 1), 10), unit="days")
    load_law.cache_clear()
    made = LateMonth(small_people(password), str(folder), profile)
    operator = made.office.actor
    _account(operator, password)
    Relative.objects.create(
        person_id=made.people.city.ids["own"], relation="spouse", name=HEIR,
        period=since(date(2012, 5, 5)), basis_id=opening_basis(),
    )  # fmt: skip
    _machine(made, operator)
    before(made)
    sick = enter_leave(made.people, first=19, last=30, month=10, kind=ExcuseKind.LEAVE_SICK)
    agree_leave(made.people, sick)
    for month in (OCTOBER, NOVEMBER):
        _sheet(made, month)
    attendance.derive_month(
        actor=operator, at=LATER, law=load_law("contoh"), zone=ZONE, month=month_period(2026, 10)
    )
    made.derive()
    made.pay(made.open(OCTOBER))
    return made


def _account(operator: Actor, password: str | None) -> None:
    accounts.create_user(
        actor=operator, at=LATER, username=TREASURER, display_name="Kas Daerah", password=password
    )
    accounts.grant_role(
        actor=operator, at=LATER, username=TREASURER, role="treasury", start_on=date(2026, 1, 1), reason="uji"
    )


def _machine(made: LateMonth, operator: Actor) -> None:
    """One machine that knows everybody, and all has been told; nobody saw ``own`` after the 16th."""
    who: dict[str, Any] = {"actor": operator, "at": LATER}
    start = date(2026, 1, 1)
    site = organisation.create_site(**who, code="balai", name="Balai Kota", zone=ZONE, on=start)
    group = attendance.register_group(**who, name="Balai Kota")
    device = attendance.register_device(**who, serial="BALAI-1", group=group, site=site, on=start)
    persons = made.people.city.persons
    pins = [Assigned(each.pin, persons[each.name], start) for each in _sheets()]
    attendance.assign_pins(**who, group=group, pins=pins)
    attendance.set_week(**who, unit="kota", week="5", on=start)
    rows = [PunchRow(line, when, pin) for line, (when, pin) in enumerate(_punches(), start=1)]
    file = DeviceFile("1_attlog.dat", repr(rows).encode(), "attlog")
    attendance.store_punches(**who, device=device, file=file, rows=rows, through=LATER)


def _november() -> Files:
    return files_of(_sheets(), days=weekdays(NOVEMBER), month=NOVEMBER)


def _sheets() -> list[Sheet]:
    return [Sheet(number=number, name=key) for number, key in enumerate(PAID, start=1)]


def _punches() -> Iterator[tuple[datetime, str]]:
    day = OCTOBER
    while day < NOVEMBER:
        for each in _sheets() if day.isoweekday() <= 5 else ():
            if each.name != "own" or day < DIED:
                yield datetime.fromisoformat(f"{day}T07:20:00"), each.pin
                yield datetime.fromisoformat(f"{day}T16:40:00"), each.pin
        day += _DAY


def _sheet(made: LateMonth, month: date) -> None:
    """Work and pay of everybody, brought by the agency."""
    data = files_of(_sheets()).monthly[0][1]
    who: dict[str, Any] = {"actor": made.office.actor, "at": LATER}
    store_inputs(**who, uid=try_inputs(**who, month=month, name=f"isian-{month:%m}.csv", data=data))
