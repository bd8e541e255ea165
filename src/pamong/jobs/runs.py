"""A run in the worker: in the name of who asked for it, with its progress and its end kept to be seen."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction

from pamong.access import clock, queries
from pamong.interop.differences import post_month
from pamong.interop.shadow_month import compare_list
from pamong.jobs import presence
from pamong.jobs.month import run_month
from pamong.jobs.tasks import BROKEN
from pamong.kernel.actor import Actor
from pamong.kernel.errors import DomainError
from pamong.law.engine.errors import LawError
from pamong.pay import differences, services, shadow
from pamong.pay.errors import InputsRefused, RunBusy, RunCancelled, RunEnded

log = structlog.get_logger()
# The server was restarted, or a worker that died still holds the run: neither is the run's fault.
PASSING = (OperationalError, InterfaceError, RunBusy)


def compute(uid: UUID, user_id: int) -> None:
    """Compute a run as the user who asked for it. A refusal ends the run with its sentence; a bug does too,
    and still crashes loudly. Who lost the role meanwhile computes nothing. What passes (`PASSING`) leaves the
    run as it is, so that a later attempt goes on."""
    # Ends a run whoever asked for it: a page must not wait for ever.
    machine = Actor.operator("pekerja-latar", clock.today())

    def keep(what: str, done: int, total: int) -> None:
        services.note_progress(actor=machine, uid=uid, what=what, done=done)

    try:
        actor = queries.actor_by_id(user_id, clock.today())
        run_month(actor=actor, at=clock.now(), uid=uid, progress=keep)
    except PASSING:
        connection.close()  # the next attempt opens another
        raise
    except (RunCancelled, RunEnded) as error:
        log.info("run not computed", run=str(uid), reason=str(error))
    except (DomainError, LawError) as error:
        services.fail_run(actor=machine, uid=uid, sentence=str(error))
    except Exception:
        services.fail_run(actor=machine, uid=uid, sentence=BROKEN)
        raise


def compare(uid: UUID, user_id: int) -> None:
    """Work out a comparison with a paid list as the user who asked; a refusal ends it with its sentence."""
    machine = Actor.operator("pekerja-latar", clock.today())
    try:
        actor = queries.actor_by_id(user_id, clock.today())
        compare_list(actor=actor, at=clock.now(), uid=uid)
    except PASSING:
        connection.close()
        raise
    except InputsRefused:
        return  # the comparison tells it
    except DomainError as error:
        shadow.fail(actor=machine, uid=uid, sentence=str(error))
    except Exception:
        shadow.fail(actor=machine, uid=uid, sentence=BROKEN)
        raise


def end_lost_searches() -> None:
    """End searches for differences whose job failed for good, or is gone."""
    machine = Actor.operator("pekerja-latar", clock.today())
    if ended := differences.end_lost_searches(actor=machine, sentence=BROKEN):
        log.warning("lost searches ended", count=ended)


def post_differences(month: date, user_id: int, search: UUID) -> None:
    """Write down what a paid month differs by, as the user who asked; the search tells what came of it."""
    machine = Actor.operator("pekerja-latar", clock.today())
    try:
        actor = queries.actor_by_id(user_id, clock.today())
        presence.derive_month(month)
        with transaction.atomic():  # who goes on after a crash finds both, or neither
            posted = post_month(actor=actor, at=clock.now(), month=month)
            differences.end_search(actor=machine, uid=search, posted=posted)
    except PASSING:
        connection.close()
        raise
    except (DomainError, LawError) as error:
        differences.fail_search(actor=machine, uid=search, sentence=str(error))
    except Exception:
        differences.fail_search(actor=machine, uid=search, sentence=BROKEN)
        raise
