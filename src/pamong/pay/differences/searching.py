"""A search for the differences of a paid month that somebody asked for on a page, and what came of it.

A worker does it; the page tells that it goes on, that it found nothing, whom nothing can be said of and why,
or why it ended without an answer. Names are those of the lists that paid.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from procrastinate.contrib.django import app

from pamong.access import services as access
from pamong.kernel.actor import Actor
from pamong.pay import policies
from pamong.pay.choices import SearchState
from pamong.pay.differences.paid import newest_run
from pamong.pay.differences.posting import Posted
from pamong.pay.models import DifferenceSearch, PayItem
from pamong.pay.queries.shared import whole

TASK = "pamong.differences"
# A job that waits its turn or is being done: also one that a dead worker left, which others take up.
_LOST = """
SELECT s.uid FROM pay_differencesearch s WHERE s.state = 'waiting' AND NOT EXISTS (
  SELECT FROM procrastinate_jobs j WHERE j.task_name = %(task)s AND j.status IN ('todo', 'doing')
    AND j.args->>'search' = s.uid::text
)
"""


@dataclass(frozen=True, slots=True)
class Undecided:
    """Somebody who was paid and of whom nothing can be said now, with the reason."""

    slip: UUID | None
    nip: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class SearchView:
    """The last search of a month: counts of people with a difference, their sum in rupiah, and the rest."""

    state: SearchState
    asked_by: str
    asked_at: datetime
    done_at: datetime | None
    failure: str
    people: int
    more: int
    less: int
    net: int
    undecided: tuple[Undecided, ...]


def ask_search(*, actor: Actor, at: datetime, month: date) -> bool:
    """Ask the worker for the differences of a paid month. False where one goes on already: it is that one.

    NotAllowed, MonthNotPaid.
    """
    newest_run(actor=actor, month=month)
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = DifferenceSearch.objects.create(month=month, asked_by=actor.name)
        except IntegrityError:
            return False
        job = app.configure_task(TASK, lock=f"differences:{month}")
        job.defer(month=month.isoformat(), user_id=actor.user_id, search=str(row.uid))
    return True


def end_search(*, actor: Actor, uid: UUID, posted: Posted) -> None:
    """Keep what a search found. A search that has ended stays as it is."""
    policies.require_run(actor)
    _end(
        uid, SearchState.DONE, people=posted.people, more=posted.more, less=posted.less, net=posted.net,
        undecided=[[base.item, why] for base, why in posted.undecided],
    )  # fmt: skip


def fail_search(*, actor: Actor, uid: UUID, sentence: str) -> None:
    """A search ended without an answer, and why; it may be asked for again."""
    policies.require_run(actor)
    _end(uid, SearchState.FAILED, failure=sentence)


def end_lost_searches(*, actor: Actor, sentence: str) -> int:
    """End with a sentence every search that waits for a job which nobody does any more; how many those are.

    A search and its job come in one transaction, and it ends before its job does.
    """
    policies.require_run(actor)
    with connection.cursor() as cursor:
        cursor.execute(_LOST, {"task": TASK})
        lost = [uid for (uid,) in cursor.fetchall()]
    for uid in lost:
        _end(uid, SearchState.FAILED, failure=sentence)
    return len(lost)


def _end(uid: UUID, state: SearchState, **found: object) -> None:
    waiting = DifferenceSearch.objects.filter(uid=uid, state=SearchState.WAITING.value)
    waiting.update(state=state.value, done_at=Now(), **found)


def get_search(*, actor: Actor, at: datetime, month: date) -> SearchView | None:
    """The last search of a month. Whom nothing can be said of is logged. NotAllowed."""
    whole(actor)
    row = DifferenceSearch.objects.filter(month=month).order_by("-id").first()
    if row is None:
        return None
    return SearchView(
        state=SearchState(row.state), asked_by=row.asked_by, asked_at=row.asked_at, done_at=row.done_at,
        failure=row.failure, people=row.people, more=row.more, less=row.less, net=row.net,
        undecided=_undecided(actor, at, row),
    )  # fmt: skip


def _undecided(actor: Actor, at: datetime, row: DifferenceSearch) -> tuple[Undecided, ...]:
    reasons = dict(row.undecided)
    if not reasons:
        return ()
    items = PayItem.objects.select_related("person", "slip").filter(pk__in=reasons).order_by("name", "id")
    access.log_read(actor=actor, at=at, path=policies.READ, subjects=[each.person.uid for each in items])
    return tuple(
        Undecided(each.slip.uid if each.slip else None, each.nip, each.name, reasons[each.pk])
        for each in items
    )
