"""A day of leave on which somebody punched is let stay leave: by a person, with a reason."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pamong.access import policies as access
from pamong.kernel.actor import Actor
from pamong.leave import events, models
from pamong.leave.errors import ConflictClosed, KeepingUnexplained
from pamong.leave.queries.conflicts import find_conflict
from pamong.ledger import services as ledger


@transaction.atomic
def keep_leave(*, actor: Actor, at: datetime, person: UUID, on: date, reason: str) -> None:
    """Let somebody's day stay leave though he punched. Where he worked, his leave is shortened instead.

    ``NotAllowed``, ``ConflictClosed`` (one's own too), ``KeepingUnexplained``.
    """
    user = access.require_account(actor)
    found = find_conflict(actor=actor, person=person, on=on)
    if found is None:
        raise ConflictClosed
    if not access.says_why(reason):
        raise KeepingUnexplained
    models.LeaveKept.objects.create(
        person_id=found.person_id, on=on, punches=found.punches, reason=reason.strip(),
        kept_by_id=user, kept_name=actor.name,
    )  # fmt: skip
    ledger.record(actor=actor, event=events.LeaveKept(person, on, found.punches, reason.strip()))
