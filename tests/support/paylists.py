"""A list of payment, its file and a proposed budget of each unit: what rights over the path are tried on."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from pamong.access.models import User
from pamong.documents import store
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.organisation.models import Unit
from pamong.pay import models as pay
from tests.support.month import TODAY

SERVED = date(2026, 8, 1)


@transaction.atomic
def build_pay_lists(person: int) -> dict[str, dict[str, UUID]]:
    """By sort, then by the unit's code: arrears of August for one person each."""
    basis = ledger.seal(actor=Actor.operator("uji", TODAY), kind=SealKind.OPENING, ref=uuid4())
    slips = pay.Slip.objects.filter(net__isnull=False, person__isnull=False)
    slip = slips.filter(person=person).first() or slips.first()
    found: dict[str, dict[str, UUID]] = {"pay_list": {}, "pay_file": {}, "budget": {}}
    proposer = User.objects.order_by("-id").first()
    for number, unit in enumerate(Unit.objects.order_by("id"), start=1):
        row, file = _list(unit, slip, basis, number)
        found["pay_list"][unit.code], found["pay_file"][unit.code] = row.uid, file.uid
        found["budget"][unit.code] = pay.Budget.objects.create(
            opd=unit, year=2026, amount=5, document="DPA 1/2026", proposed_by=proposer, proposed_name="uji"
        ).uid
    return found


def _list(unit: Unit, slip: Any, basis: int, number: int) -> tuple[Any, Any]:
    row = pay.PayList.objects.create(
        reference=f"TPP-202608-R1-{unit.code.upper()}", month=SERVED, opd=unit, opd_name=f"OPD {unit.code}",
        kind="arrears", number=1, people=1, gross=150_000, net=150_000, basis_id=basis,
    )  # fmt: skip
    pay.PayItem.objects.create(
        list=row, person=slip.person, slip=slip, nip="199106022018032001", name="Orang Uji",
        service_month=date(2026, number, 1), gross=150_000, tax=0, health=0, net=150_000,
    )  # fmt: skip
    kept = store.keep(f"berkas {unit.code}".encode())
    file = pay.PayFile.objects.create(
        list=row, kind="bank", template="bank", name=f"bank-{unit.code}.csv", sha256=kept.sha256,
        size=kept.size, people=1, total=150_000, made_by="uji",
    )  # fmt: skip
    return row, file
