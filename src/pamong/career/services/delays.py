"""A delay that was decided elsewhere is written down, on a basis that stands."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.career import events, policies
from pamong.career.choices import Ground
from pamong.career.errors import DelayOverlaps, DelayTooLong, DelayUnfit
from pamong.career.models import KgbDelay
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.law import kgb
from pamong.law.engine.plan import Law
from pamong.ledger import services as ledger
from pamong.people.queries import require_person


@transaction.atomic
def record_delay(
    *,
    actor: Actor,
    at: datetime,
    basis: int,
    person: UUID,
    ground: Ground,
    due_on: date,
    since: date,
    until: date,
    order_no: str,
    order_on: date,
    reason: str,
    law: Law,
) -> UUID:
    """Write down, on a basis that stands, that a raise is delayed from ``since``, before ``until``.

    ``NotAllowed``, ``PersonNotFound``, ``DelayUnfit``, ``DelayOverlaps``; ``DelayTooLong`` for one for
    performance that is longer than may be decided at once.
    """
    person_id = require_person(actor, policies.PREPARE, person)
    _check_delay(law, ground, since, until, order_no, reason)
    uid = uuid7(at)
    try:
        with transaction.atomic():
            KgbDelay.objects.create(
                uid=uid, person_id=person_id, ground=ground.value, period=DateRange(since, until),
                due_on=due_on, order_no=order_no.strip(), order_on=order_on, reason=reason.strip(),
                basis_id=basis,
            )  # fmt: skip
    except IntegrityError as error:
        if "kgbdelay_no_overlap" in str(error):
            raise DelayOverlaps from error
        raise
    event = events.RaiseDelayed(ground.value, since, until, person, order_no.strip(), reason.strip())
    ledger.record(actor=actor, event=event)
    return uid


def _check_delay(law: Law, ground: Ground, since: date, until: date, order_no: str, reason: str) -> None:
    if until <= since:
        raise DelayUnfit("Akhir penundaan harus sesudah awalnya.")
    if not order_no.strip() or not reason.strip():
        raise DelayUnfit("Nomor keputusan dan alasan penundaan harus diisi.")
    last = kgb.delay_end(kgb.rules_of(law, since), since)
    if ground is Ground.PERFORMANCE and last is not None and until > last:
        raise DelayTooLong(last)
