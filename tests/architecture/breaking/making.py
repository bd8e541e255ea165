"""Rows of each table, and what they need around them, made anew each time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Model

from pamong.access import models as access
from pamong.attendance import models as attendance
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.ledger.models import Log
from pamong.organisation import models as org
from pamong.pay import models as pay
from pamong.people import models as people
from tests.support.city import since

FROM = since(date(2020, 1, 1))
Values = dict[str, Any]
NUMBERS = count(1)


def new_basis() -> int:
    with transaction.atomic():
        return ledger.seal(
            actor=Actor.operator("uji", date(2026, 11, 10)), kind=SealKind.OPENING, ref=uuid4()
        )


def new_user() -> access.User:
    return access.User.objects.create(username=f"karangan{next(NUMBERS)}", display_name="Pegawai Karangan")


def new_unit() -> org.Unit:
    return org.Unit.objects.create(code=f"karangan_{next(NUMBERS)}")


def new_seat() -> org.Seat:
    return org.Seat.objects.create()


def new_post() -> org.Post:
    return org.Post.objects.create(name=f"Jabatan Karangan {next(NUMBERS)}", kind="pelaksana")


def new_person() -> people.Person:
    return people.Person.objects.create()


def new_group() -> attendance.DeviceGroup:
    return attendance.DeviceGroup.objects.create(name=f"Kelompok {next(NUMBERS)}")


def new_device() -> attendance.Device:
    return attendance.Device.objects.create(serial=f"SERI-{next(NUMBERS)}", group=new_group())


def new_shift() -> attendance.ShiftKind:
    return attendance.ShiftKind.objects.create(unit=new_unit(), code="P")


def new_sheet() -> Values:
    return {
        "unit": new_unit(),
        "month": date(2026, 11, 1),
        "name": "jadwal.xlsx",
        "sha256": "0" * 64,
        "size": 1,
        "days": 1,
        "by_name": "Pegawai Karangan",
    }


def new_swap() -> Values:
    return {
        "asker": new_person(),
        "asker_on": date(2026, 11, 2),
        "other": new_person(),
        "other_on": date(2026, 11, 3),
        "reason": "mengantar anak",
        "by_name": "Pegawai Karangan",
    }


def new_file() -> attendance.PunchFile:
    return attendance.PunchFile.objects.create(
        device=new_device(),
        name="attlog.dat",
        sha256="0" * 64,
        size=1,
        format="attlog",
        stored=0,
        known=0,
        quarantined=1,
        by_name="Pegawai Karangan",
    )


def new_dated(**values: Any) -> Values:
    return {"period": FROM, "basis_id": new_basis()} | values


def new_of_person(**values: Any) -> Values:
    return new_dated(person=new_person(), **values)


def new_entry() -> Values:
    return {
        "person": new_person(),
        "subject": "contact",
        "act": "change",
        "reason": "Karangan",
        "entered_by": new_user(),
        "entered_name": "Pegawai Karangan",
    }


def new_batch() -> Values:
    return {"kind": "register", "name": "karangan.csv", "sha256": "0" * 64, "size": 1, "checked_by": "uji"}


def new_paper(**values: Any) -> Values:
    return {"document": uuid4(), "entered_by": new_user(), "entered_name": "Pegawai Karangan"} | values


def new_letter(**values: Any) -> Values:
    return new_paper(
        unit=new_unit(),
        kind="DL",
        number="094/1",
        dated_on=date(2026, 11, 2),
        purpose="Rapat",
        period=since(date(2026, 11, 2), date(2026, 11, 4)),
        **values,
    )


def new_muster(**values: Any) -> Values:
    return new_paper(unit=new_unit(), on=date(2026, 11, 2), name="Apel Senin", **values)


def new_permit(**values: Any) -> Values:
    return new_paper(
        person=new_person(),
        kind="out",
        on=date(2026, 11, 2),
        starts="2026-11-02T01:00:00Z",
        ends="2026-11-02T02:00:00Z",
        zone="Asia/Makassar",
        **values,
    )


def new_leave(**values: Any) -> Values:
    return new_paper(
        person=new_person(),
        kind="CT",
        part="whole",
        number="800/1",
        dated_on=date(2026, 11, 2),
        period=since(date(2026, 11, 2), date(2026, 11, 4)),
        **values,
    )


def new_predicate(**values: Any) -> Values:
    return new_paper(
        person=new_person(),
        year=2025,
        predicate="baik",
        number="800/1",
        dated_on=date(2026, 1, 20),
        **values,
    )


def new_log() -> Log:
    """A log without a leaf."""
    name = f"uji{next(NUMBERS)}"
    return Log.objects.create(name=name, origin=f"uji.invalid/log/{name}", root=bytes(32))


def new_list(**values: Any) -> Values:
    """Arrears, which rest on no run; nobody has signed them."""
    number = next(NUMBERS)
    return {
        "reference": f"TPP-{number}",
        "month": date(2026, 10, 1),
        "opd": new_unit(),
        "opd_name": f"Dinas {number}",
        "kind": "arrears",
        "number": 1,
        "basis_id": new_basis(),
    } | values


def new_item(**values: Any) -> Values:
    return {
        "list": pay.PayList.objects.create(**new_list()),
        "person": new_person(),
        "nip": "1",
        "name": "Karangan",
        "service_month": date(2026, 9, 1),
        "slip": new_slip(),
        "gross": 5,
        "tax": 0,
        "health": 0,
        "net": 5,
    } | values


def new_slip() -> pay.Slip:
    """Of a person who has no amount yet."""
    return pay.Slip.objects.create(
        uid=uuid4(),
        run=new_run("staging"),
        number=1,
        nip="1",
        name="Karangan",
        kind="PNS",
        golongan="III/a",
        post_name="Analis",
        unit_name="Bidang",
        opd_name="Dinas",
        pay_group="TPP",
        state="held",
        reason="Kelas jabatan belum diisi.",
    )


def new_difference(**values: Any) -> Values:
    """Of a base payment, with everything but its lines, which come along."""
    base = pay.PayItem.objects.create(**new_item())
    return {
        "base": base,
        "person": base.person,
        "service_month": base.service_month,
        "sequence": 1,
        "gross": -5,
        "tax": 0,
        "health": 0,
        "net": -5,
        "fingerprint": "0",
        "facts": "{}",
        "posted_by": "uji",
        "basis_id": new_basis(),
    } | values


def new_posted(**values: Any) -> pay.Difference:
    return store(pay.Difference, new_difference(**values))


def new_part() -> Values:
    """A difference set against the next one of the same month, which says the opposite."""
    first = new_posted()
    both = {"base": first.base, "person": first.person, "sequence": 2, "gross": 5, "net": 5}
    second = new_posted(**both)
    return {"difference": first, "against": second, "gross": -5, "tax": 0, "health": 0, "net": -5}


def new_overpayment() -> Values:
    return {
        "difference": new_posted(),
        "amount": 5,
        "reason": "left",
        "opened_by": "uji",
        "basis_id": new_basis(),
    }


def new_plan() -> Values:
    return {
        "overpayment": pay.Overpayment.objects.create(**new_overpayment()),
        "amount": 5,
        "document": "SPTJM/1",
        "proposed_by": new_user(),
        "proposed_name": "uji",
    }


def new_line_of(row: pay.Difference) -> None:
    amounts = {name: getattr(row, name) for name in ("gross", "tax", "health", "net")}
    pay.DifferenceLine.objects.create(difference=row, number=1, cause="law", **amounts)


def new_instalment_of(row: pay.InstalmentPlan) -> None:
    pay.Instalment.objects.create(plan=row, number=1, due_on=date(2026, 12, 1), amount=row.amount)


# What a row may not stand without: written in the same transaction.
ALONG: dict[type[Any], Callable[[Any], None]] = {
    pay.Difference: new_line_of,
    pay.InstalmentPlan: new_instalment_of,
}


@transaction.atomic
def store(model: Any, values: Values) -> Any:
    """Store a row: first what it refers to that is not stored yet, then what it may not stand without."""
    for value in values.values():
        if isinstance(value, Model) and value._state.adding:
            value.save(force_insert=True)
    row = model.objects.create(**values)
    ALONG.get(model, lambda _: None)(row)
    return row


def new_run(state: str = "waiting") -> pay.Run:
    """One of a month."""
    return pay.Run.objects.create(
        uid=uuid4(),
        month=date(2026, 10, 1),
        profile="contoh",
        mode="demo",
        fingerprint="0",
        state=state,
        started_by="uji",
        inputs_hash=uuid4().hex,
        basis_id=new_basis(),
    )


def new_on_its_way(state: str, **values: Any) -> Values:
    """A list that is as far as ``state``, with all that belongs to it."""
    entered, signed, checked = new_user(), new_user(), new_user()
    spm = {"spp_number": "SPP", "spm_number": f"SPM {next(NUMBERS)}", "spm_on": FROM.lower, "spm_amount": 0}
    sp2d = {"sp2d_number": f"SP2D {next(NUMBERS)}", "sp2d_on": FROM.lower, "sp2d_amount": 0}
    parts = [("checked", {"checked_by": checked}), ("submitted", spm), ("paid", sp2d)]
    made: Values = {"state": state, "items_hash": "0", "entered_by": entered, "signed_by": signed}
    order = ["verified", "checked", "submitted", "paid"]
    for name, part in parts:
        if order.index(name) <= order.index(state):
            made |= part
    return made | values


def new_served(**values: Any) -> Values:
    """Of somebody who is in service since before."""
    row = new_of_person(**values)
    people.Employment.objects.create(
        person=row["person"],
        period=since(date(2010, 1, 1)),
        basis_id=row["basis_id"],
        kind="TKPK",
        standing="Aktif",
    )
    return row


def new_twice(name: str) -> Callable[[Values], Values]:
    """The same thing in two fields that must differ."""
    return lambda row: {name: next(row[key] for key in ("user", "unit", "seat", "person") if key in row)}


# What breaks a CHECK: other values, or what makes them of the row that may stand.
