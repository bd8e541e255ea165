"""What every act on an import begins with: the batch, held; its state; the worker's turn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from pamong.people.choices import BatchState
from pamong.people.errors import BatchNotFound, WrongBatchState
from pamong.people.models import Batch


def found_batch(uid: UUID) -> Any:
    """A batch; ``BatchNotFound``."""
    batch = Batch.objects.filter(uid=uid).first()
    if batch is None:
        raise BatchNotFound
    return batch


def locked(uid: UUID) -> Any:
    """A batch that nobody else alters before the transaction ends; ``BatchNotFound``."""
    batch = Batch.objects.select_for_update().filter(uid=uid).first()
    if batch is None:
        raise BatchNotFound
    return batch


def require_state(batch: Any, act: str, *states: BatchState) -> None:
    """``WrongBatchState`` where the batch stands otherwise; ``act`` as in "tidak dapat ..."."""
    if batch.state not in {state.value for state in states}:
        raise WrongBatchState(BatchState(batch.state).label, act)


def busy(batch: Any, state: BatchState, **more: Any) -> None:
    """Let a batch wait for the worker."""
    values = {
        "before": batch.state, "state": state.value, "stage": "Menunggu giliran", "done": 0, "total": 0,
        "failure": "", **more,
    }  # fmt: skip
    for name, value in values.items():
        setattr(batch, name, value)
    batch.save(update_fields=list(values))


def enqueue(task: str, uid: UUID, user_id: int) -> None:
    """Have the worker do ``task`` in the name of an account once the transaction stands."""
    # By name: people knows no jobs. One import at a time is stored; what is tried waits for none.
    app.configure_task(task, lock=lock_of(uid)).defer(uid=str(uid), user_id=user_id)


def lock_of(uid: UUID) -> str:
    """What the jobs of a batch have in common: one of them runs at a time."""
    return f"import:{uid}"
