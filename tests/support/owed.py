"""A difference and an overpayment of each who has a slip: what rights over them are tried on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from pamong.access.models import User
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.pay import models as pay
from tests.support.month import TODAY

SERVED = date(2025, 7, 1)
MINUS = {"gross": -1_000_000, "tax": 0, "health": 0, "net": -1_000_000}


@transaction.atomic
def build_owed(slips: Mapping[str, UUID]) -> dict[str, dict[str, UUID]]:
    """By sort, then by whose it is: a million too much, of which a fifth came back."""
    basis = ledger.seal(actor=Actor.operator("uji", TODAY), kind=SealKind.OPENING, ref=uuid4())
    row = pay.PayList.objects.create(
        reference="TPP-202507-R1-UJI", month=SERVED, opd_name="OPD uji", kind="arrears", number=1,
        basis_id=basis,
    )  # fmt: skip
    found: dict[str, dict[str, UUID]] = {"difference": {}, "overpayment": {}}
    for number, (key, uid) in enumerate(slips.items()):
        slip = pay.Slip.objects.select_related("run", "input").get(uid=uid)
        if slip.person_id is None or slip.net is None:
            continue
        difference = _difference(slip, row, basis)
        found["difference"][key] = difference.uid
        found["overpayment"][key] = _overpayment(difference, basis, number)
    return found


def _difference(slip: pay.Slip, row: pay.PayList, basis: int) -> pay.Difference:
    base = pay.PayItem.objects.create(
        list=row, person_id=slip.person_id, slip=slip, nip=slip.nip, name=slip.name, service_month=SERVED,
        gross=slip.gross, tax=slip.tax, health=slip.health, net=slip.net,
    )  # fmt: skip
    facts = json.dumps(json.loads(slip.input.facts) | {"files": ["a", "b", "c", "d"], "lines": {}})
    made = pay.Difference.objects.create(
        base=base, person_id=slip.person_id, service_month=SERVED, sequence=1, basis_id=basis, facts=facts,
        fingerprint=slip.run.fingerprint, posted_by="uji", **MINUS,
    )  # fmt: skip
    pay.DifferenceLine.objects.create(
        difference=made, number=1, cause="presence", changes=[["5 Juli 2025", "DL", "tidak ada"]], **MINUS
    )
    return made


def _overpayment(difference: pay.Difference, basis: int, number: int) -> UUID:
    made = pay.Overpayment.objects.create(
        difference=difference, amount=1_000_000, reason="left", opened_by="uji", basis_id=basis
    )
    pay.Deposit.objects.create(
        overpayment=made, sts_number=f"STS/{number}", paid_on=SERVED, amount=200_000, basis_id=basis,
        recorded_by=User.objects.order_by("id").first(), recorded_name="uji",
    )  # fmt: skip
    return made.uid
