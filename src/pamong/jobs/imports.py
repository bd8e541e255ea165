"""An import in the worker: in the name of who asked for it, with its progress and its end kept to be seen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

import structlog

from pamong.access import clock, queries
from pamong.jobs.ending import ending, machine
from pamong.jobs.tasks import BROKEN
from pamong.kernel.actor import Actor
from pamong.people.errors import WrongBatchState
from pamong.people.queries.batches import get_batch
from pamong.people.services import batches, lost

log = structlog.get_logger()
Progress = Callable[[str, int, int], None]

# What does the work is imported as it begins: should that fail, the import ends with its sentence as well.


def check(uid: UUID, user_id: int) -> None:
    """Try a file as the user who uploaded it."""

    def work(actor: Actor, told: Progress) -> object:
        from pamong.interop.imports import services  # noqa: PLC0415

        return services.check_batch(actor=actor, at=clock.now(), uid=uid, progress=told)

    _run(uid, user_id, work)


def apply(uid: UUID, user_id: int) -> None:
    """Store a file as the user who asked for it."""

    def work(actor: Actor, told: Progress) -> object:
        from pamong.interop.imports import services  # noqa: PLC0415

        return services.apply_batch(actor=actor, at=clock.now(), uid=uid, progress=told)

    _run(uid, user_id, work)


def undo(uid: UUID, user_id: int) -> None:
    """Take a file back as the user who asked for it, with the reason that he gave."""

    def work(actor: Actor, told: Progress) -> object:
        from pamong.interop.imports import services  # noqa: PLC0415

        reason = get_batch(actor=actor, uid=uid).reason
        return services.undo_batch(actor=actor, at=clock.now(), uid=uid, reason=reason, progress=told)

    _run(uid, user_id, work)


def _run(uid: UUID, user_id: int, work: Callable[[Actor, Progress], object]) -> None:
    """See ``ending``."""
    with ending(partial(batches.fail, uid=uid)):
        actor = queries.actor_by_id(user_id, clock.today())
        try:
            with batches.telling(actor=actor, uid=uid) as told:
                work(actor, told)
        except WrongBatchState as error:
            log.info("import not done", batch=str(uid), reason=str(error))  # done by an earlier attempt


def end_lost() -> None:
    """End the imports whose job failed outside of `_run`, was aborted, or is gone."""
    if ended := lost.end_lost(actor=machine(), sentence=BROKEN):
        log.warning("imports ended whose job is gone", count=ended)
