"""Imports are taken back: what took two officers to store takes two to take back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from pamong.access import policies as access
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.people import events, policies
from pamong.people.choices import BatchState
from pamong.people.errors import KeepReasonMissing, UndoReasonMissing, UndoSecondNeeded
from pamong.people.services.batch_state import busy, enqueue, locked, require_state
from pamong.people.services.second import require_not_own

UNDO = "pamong.import_undo"
_AGREES = "yang menyetujui pembatalannya"
_DECIDES = "yang memutuskan pembatalannya"


@transaction.atomic
def start_undo(*, actor: Actor, at: datetime, uid: UUID, reason: str) -> None:
    """Have a stored file taken back by a worker; one that changed known people waits for a second officer.

    ``NotAllowed``, ``BatchNotFound``, ``WrongBatchState``, ``UndoReasonMissing``; where rows were built upon,
    the work ends with ``failure``.
    """
    user_id = policies.require_account(actor)
    policies.require_import(actor)
    if not reason.strip():
        raise UndoReasonMissing
    batch = locked(uid)
    require_state(batch, "dibatalkan", BatchState.APPLIED)
    values: dict[str, Any] = {
        "reason": reason.strip(), "recalled_by": actor.name, "recalled_user_id": user_id
    }  # fmt: skip
    if not batch.counts.get("altered"):
        busy(batch, BatchState.UNDOING, **values)
        enqueue(UNDO, uid, user_id)
        return
    _keep(batch, state=BatchState.RECALLING.value, failure="", **values)


@transaction.atomic
def confirm_undo(*, actor: Actor, at: datetime, uid: UUID) -> None:
    """Agree, as another officer than who asked, that a file is taken back. ``NotAllowed`` (also to whom
    the file changed himself), ``BatchNotFound``, ``WrongBatchState``, ``UndoSecondNeeded``."""
    user_id = policies.require_account(actor)
    policies.require_import(actor)
    batch = locked(uid)
    require_state(batch, "dibatalkan", BatchState.RECALLING)
    if not policies.is_second(actor, batch.recalled_user_id):
        raise UndoSecondNeeded
    require_not_own(actor, batch, _AGREES)
    busy(batch, BatchState.UNDOING)
    enqueue(UNDO, uid, user_id)


@transaction.atomic
def drop_undo(*, actor: Actor, at: datetime, uid: UUID, reason: str = "") -> None:
    """Let a file stay stored: who asked thinks better of it, or the second officer does not agree and says
    why. The batch keeps it.

    ``NotAllowed`` (also to whom the file changed, unless he asked himself), ``BatchNotFound``,
    ``WrongBatchState``, ``KeepReasonMissing``.
    """
    policies.require_account(actor)
    policies.require_import(actor)
    batch = locked(uid)
    require_state(batch, "dibiarkan tersimpan", BatchState.RECALLING)
    why = reason.strip()
    if policies.is_second(actor, batch.recalled_user_id):
        require_not_own(actor, batch, _DECIDES)
        if not access.says_why(why):
            raise KeepReasonMissing
    ledger.record(actor=actor, event=events.RecallDropped(batch.uid, batch.recalled_by, batch.reason, why))
    dropped = {
        "by": actor.name, "at": at.isoformat(), "asked_by": batch.recalled_by, "asked_why": batch.reason,
        "why": why,
    }  # fmt: skip
    values: dict[str, Any] = {"reason": "", "recalled_by": "", "recalled_user_id": None}
    _keep(batch, state=BatchState.APPLIED.value, drops=[*batch.drops, dropped], **values)


def require_two(*, actor: Actor, uid: UUID) -> None:
    """``UndoSecondNeeded`` where two have to take a batch back and nobody else asked for it; ``NotAllowed``
    where it changed the actor's own record or seat."""
    batch = locked(uid)
    if not batch.counts.get("altered"):
        return
    if batch.recalled_user_id is None or not policies.is_second(actor, batch.recalled_user_id):
        raise UndoSecondNeeded
    require_not_own(actor, batch, _AGREES)


def keep_undo(*, actor: Actor, at: datetime, uid: UUID, rows: int, reason: str) -> None:
    """Let a batch count as taken back, and tell the ledger. In the transaction that takes its rows back."""
    batch = locked(uid)
    batch.state, batch.stage, batch.failure = BatchState.UNDONE.value, "", ""
    batch.done = batch.total = 0
    batch.undone_by, batch.undone_at, batch.reason = actor.name, Now(), reason
    batch.save()
    ledger.record(actor=actor, event=events.BatchUndone(batch.uid, rows, reason))


def _keep(batch: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(batch, name, value)
    batch.save(update_fields=[name.removesuffix("_id") for name in values])
