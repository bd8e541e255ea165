"""Imports that wait for work which nobody does any more: their job failed, was taken away, or is gone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from pamong.kernel.actor import Actor
from pamong.people.choices import BatchState
from pamong.people.models import Batch
from pamong.people.queries.rows import fetch
from pamong.people.services.batch_state import lock_of
from pamong.people.services.batches import APPLY, CHECK, fail
from pamong.people.services.recalls import UNDO

_TASKS = {
    BatchState.READING.value: CHECK, BatchState.APPLYING.value: APPLY, BatchState.UNDOING.value: UNDO
}  # fmt: skip
# A job that waits its turn or that is being done: also one that a dead worker left, which others take up.
_LIVE = (
    "SELECT FROM procrastinate_jobs WHERE lock = %(lock)s AND task_name = %(task)s "
    "AND status IN ('todo', 'doing') LIMIT 1"
)


def end_lost(*, actor: Actor, sentence: str) -> int:
    """End every import whose work nobody does with a sentence, as it stood before; returns how many."""
    busy = Batch.objects.filter(state__in=_TASKS).only("uid", "state")
    return sum(_end(actor, batch.uid, sentence) for batch in busy if not _is_worked_on(batch))


@transaction.atomic
def _end(actor: Actor, uid: UUID, sentence: str) -> bool:
    """Look again while nobody else can alter the batch: its work may have ended, or begun anew, meanwhile.

    An import and its job come in one transaction, and its work ends before its job does. One that somebody
    holds is being worked on.
    """
    held = Batch.objects.select_for_update(skip_locked=True).filter(uid=uid, state__in=_TASKS).first()
    if held is None or _is_worked_on(held):
        return False
    fail(actor=actor, uid=uid, sentence=sentence)
    return True


def _is_worked_on(batch: Any) -> bool:
    return bool(fetch(_LIVE, {"lock": lock_of(batch.uid), "task": _TASKS[batch.state]}))
