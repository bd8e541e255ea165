"""That somebody named another than a locked one is kept, though it was refused."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pamong.access import policies as access
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.merit import events, models

_MOST = 100  # letters of what was sent


def keep_refused(actor: Actor, at: datetime, *, vacancy: int, said: str) -> None:
    """Store who named whom for which vacancy, and tell the log; in a transaction of its own."""
    row, uid = models.Vacancy.objects.get(pk=vacancy), uuid7(at)
    applied = _applied(said)
    person = applied.person if applied else None
    sent = "" if person else (said[:_MOST] or "tanpa nama")
    models.RefusedName.objects.create(
        uid=uid, vacancy=row, person=person, said=sent, by_id=access.require_account(actor),
        by_name=actor.name, basis_id=ledger.seal(actor=actor, kind=SealKind.OFFICE_ENTRY, ref=uid),
    )  # fmt: skip
    event = events.NameRefused(
        row.uid, row.title, refused=uid, person=person.uid if person else None, said=sent
    )
    ledger.record(actor=actor, event=event)


def _applied(said: str) -> models.Application | None:
    try:
        uid = UUID(said)
    except ValueError:
        return None
    return models.Application.objects.select_related("person").filter(uid=uid).first()
