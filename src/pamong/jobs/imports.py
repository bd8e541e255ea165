"""An import in the worker: in the name of who asked for it, with its progress and its end kept to be seen."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, connection

from pamong.access import clock, queries
from pamong.jobs.tasks import BROKEN
from pamong.kernel.actor import Actor
from pamong.kernel.errors import DomainError
from pamong.people.errors import ImportBusy, WrongBatchState
from pamong.people.queries.batches import get_batch
from pamong.people.services import batches, lost

log = structlog.get_logger()
# The server was restarted, or another import is being stored: a later attempt does it.
PASSING = (OperationalError, InterfaceError, ImportBusy)

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
    """A refusal ends the work with its sentence; a bug does too, and still crashes loudly. What passes
    (`PASSING`) leaves the batch as it is, so that a later attempt does it."""
    machine = _machine()
    try:
        actor = queries.actor_by_id(user_id, clock.today())
        with batches.telling(actor=actor, uid=uid) as told:
            work(actor, told)
    except PASSING:
        connection.close()  # the next attempt opens another
        raise
    except WrongBatchState as error:
        log.info("import not done", batch=str(uid), reason=str(error))  # done by an earlier attempt
    except DomainError as error:
        batches.fail(actor=machine, uid=uid, sentence=str(error))
    except Exception:
        batches.fail(actor=machine, uid=uid, sentence=BROKEN)
        raise


def end_lost() -> None:
    """End the imports whose job failed outside of `_run`, was aborted, or is gone."""
    if ended := lost.end_lost(actor=_machine(), sentence=BROKEN):
        log.warning("imports ended whose job is gone", count=ended)


def _machine() -> Actor:
    """Who ends the work whoever asked for it: a page must not wait for ever."""
    return Actor.operator("pekerja-latar", clock.today())
