"""Imports that are not stored: the second officer does not agree, or who tried it lays it aside.

The file is kept: it may be tried again, as a batch of its own.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.ledger.events import Event
from pamong.people import events, policies
from pamong.people.choices import BatchState
from pamong.people.errors import NotTheirs, RefusalReasonMissing, SecondNeeded
from pamong.people.services.batch_state import locked, require_state
from pamong.people.services.second import has_brought, require_not_own


@transaction.atomic
def refuse_batch(*, actor: Actor, at: datetime, uid: UUID, reason: str) -> None:
    """Do not agree, as the second officer, that a file is stored. ``NotAllowed`` (also to whom it would
    change), ``BatchNotFound``, ``WrongBatchState``, ``RefusalReasonMissing``; ``SecondNeeded`` for who has
    brought the file."""
    policies.require_account(actor)
    policies.require_import(actor)
    if not reason.strip():
        raise RefusalReasonMissing
    batch = locked(uid)
    require_state(batch, "ditolak", BatchState.WAITING)
    if has_brought(actor, batch):
        raise SecondNeeded
    require_not_own(actor, batch, "yang memutuskannya")
    event = events.BatchRefused(batch.uid, batch.checked_by, reason.strip())
    _close(actor, batch, BatchState.REFUSED, reason.strip(), event)


@transaction.atomic
def discard_batch(*, actor: Actor, at: datetime, uid: UUID) -> None:
    """Lay a file aside that the actor, or the command line, has tried and nobody has stored. ``NotAllowed``,
    ``BatchNotFound``, ``WrongBatchState``; ``NotTheirs`` for a file that another officer has tried."""
    policies.require_account(actor)
    policies.require_import(actor)
    batch = locked(uid)
    require_state(batch, "ditandai tidak dipakai", BatchState.CHECKED, BatchState.WAITING)
    if policies.is_second(actor, batch.checked_user_id) and batch.checked_user_id is not None:
        raise NotTheirs(batch.checked_by)
    _close(actor, batch, BatchState.DISCARDED, "", events.BatchDiscarded(batch.uid))


def _close(actor: Actor, batch: Any, state: BatchState, reason: str, event: Event) -> None:
    batch.state, batch.closed_by, batch.reason, batch.failure = state.value, actor.name, reason, ""
    batch.save(update_fields=["state", "closed_by", "reason", "failure"])
    ledger.record(actor=actor, event=event)
