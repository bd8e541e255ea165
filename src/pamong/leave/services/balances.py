"""What was left of leave years when the register began."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.access import policies as access
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.leave import policies
from pamong.leave.models import LeaveOpening
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind

_BATCH = 2_000


@transaction.atomic
def take_over_balances(
    *, actor: Actor, at: datetime, year: int, rows: Sequence[tuple[int, Decimal, bool | None]]
) -> None:
    """Store what was left of a year, as opening data: the id of each person, the days that he can still use,
    and whether he had used any of that year; None where that is not known.

    ``NotAllowed`` but from the command line.
    """
    access.require_command_line(actor)
    access.require_whole(actor, policies.VERIFY)
    basis = ledger.seal(actor=actor, kind=SealKind.OPENING, ref=uuid7(at))
    period = DateRange(date(year, 1, 1), date(year + 1, 1, 1))
    LeaveOpening.objects.bulk_create(
        (
            LeaveOpening(person_id=person, left=left, used=used, period=period, basis_id=basis)
            for person, left, used in rows
        ),
        batch_size=_BATCH,
    )
