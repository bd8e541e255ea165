"""A run in the worker: in the name of who asked for it, with its progress and its end kept to be seen."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import partial
from uuid import UUID

import structlog
from django.db import transaction

from pamong.access import clock, queries
from pamong.interop.differences import post_month
from pamong.interop.shadow_month import compare_list
from pamong.jobs import presence
from pamong.jobs.ending import ending, machine
from pamong.jobs.month import run_month
from pamong.jobs.tasks import BROKEN
from pamong.pay import differences, services, shadow
from pamong.pay.errors import InputsRefused, RunCancelled, RunEnded

log = structlog.get_logger()


def compute(uid: UUID, user_id: int) -> None:
    """Compute a run as the user who asked for it (see ``ending``). Who lost the role meanwhile computes
    nothing."""
    its = machine()

    def keep(what: str, done: int, total: int) -> None:
        services.note_progress(actor=its, uid=uid, what=what, done=done)

    with ending(partial(services.fail_run, uid=uid)):
        actor = queries.actor_by_id(user_id, clock.today())
        try:
            run_month(actor=actor, at=clock.now(), uid=uid, progress=keep)
        except (RunCancelled, RunEnded) as error:
            log.info("run not computed", run=str(uid), reason=str(error))


def compare(uid: UUID, user_id: int) -> None:
    """Work out a comparison with a paid list as the user who asked; see ``ending``."""
    with ending(partial(shadow.fail, uid=uid)):
        actor = queries.actor_by_id(user_id, clock.today())
        with suppress(InputsRefused):  # the comparison tells it
            compare_list(actor=actor, at=clock.now(), uid=uid)


def post_differences(month: date, user_id: int, search: UUID) -> None:
    """Write down what a paid month differs by, as the user who asked; the search tells what came of it. See
    ``ending``."""
    with ending(partial(differences.fail_search, uid=search)):
        actor = queries.actor_by_id(user_id, clock.today())
        presence.derive_month(month)
        with transaction.atomic():  # who goes on after a crash finds both, or neither
            posted = post_month(actor=actor, at=clock.now(), month=month)
            differences.end_search(actor=machine(), uid=search, posted=posted)


def end_lost_searches() -> None:
    """End searches for differences whose job failed for good, or is gone."""
    if ended := differences.end_lost_searches(actor=machine(), sentence=BROKEN):
        log.warning("lost searches ended", count=ended)
