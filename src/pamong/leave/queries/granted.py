"""A leave that holds, for who may call somebody back from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pamong.access import services as access_services
from pamong.attendance.choices import ExcuseKind
from pamong.attendance.errors import PaperNotFound
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.leave.models import LeaveEntry
from pamong.leave.queries.conflicts import keeps_or_leads
from pamong.ledger.choices import PaperAct, PaperState
from pamong.people.services.reading import names_of


@dataclass(frozen=True, slots=True)
class Granted:
    """Somebody's leave as it holds."""

    document: UUID
    name: str
    kind: ExcuseKind
    period: Period


def get_granted(*, actor: Actor, at: datetime, document: UUID) -> Granted:
    """The leave of another within the actor's reach; the look is logged. ``PaperNotFound``."""
    rows = LeaveEntry.objects.filter(document=document, state=PaperState.VERIFIED.value)
    row = rows.exclude(act=PaperAct.CANCEL.value).select_related("person").first()
    if row is None or row.person_id == actor.person_id or not keeps_or_leads(actor, row.person_id):
        raise PaperNotFound
    access_services.log_read(actor=actor, at=at, path="leave.granted", subjects=[row.person.uid])
    period = Period(row.period.lower, row.period.upper)
    name = names_of([row.person_id]).get(row.person_id, "")
    return Granted(row.document, name, ExcuseKind(row.kind), period)
