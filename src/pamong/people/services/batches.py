"""Imports: a file is taken in and queued, tried, stored; possible twins are decided. Back: ``recalls``.

What a file says is read and planned above (``interop.imports``), which keeps here what it has found. A page
asks with ``start_check`` and ``start_apply``; a worker does the work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now

from pamong.documents import store
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.kernel.problem import Problem
from pamong.ledger import services as ledger
from pamong.ledger.bulk import copy_rows
from pamong.people import events, policies
from pamong.people.choices import BatchKind, BatchState, Outcome, TwinDecision
from pamong.people.errors import (
    BatchRowNotFound,
    SecondNeeded,
    TwinTaken,
    WrongTwin,
)
from pamong.people.models import Batch, BatchProblem, BatchRow
from pamong.people.queries.batches import BatchOptions, BatchView, get_batch
from pamong.people.services.batch_state import busy, enqueue, found_batch, locked, require_state
from pamong.people.services.reading import person_ids
from pamong.people.services.second import (
    alters,
    decided_same,
    has_brought,
    require_not_own,
    require_others_row,
)
from pamong.people.subjects.masks import hide_numbers

CHECK, APPLY = "pamong.import_check", "pamong.import_apply"
LONGEST = 200  # letters of a cell that a problem shows
_ROW = (
    "batch_id", "line", "outcome", "person_id", "label", "unit", "values", "twins", "decision", "decided_by",
    "alters", "holders",
)  # fmt: skip
_PROBLEM = ("batch_id", "severity", "code", "line", "column", "value", "message", "unit")


@dataclass(frozen=True, slots=True)
class FoundRow:
    """What became of one row: ``values`` as ``BatchRow`` keeps them, ``twins`` ids of persons.

    ``alters``: it changes what stands, so that a second officer stores it; ``holders``: ids of the persons
    whose seats it changes.
    """

    line: int
    outcome: Outcome
    label: str = ""
    unit: str = ""
    person_id: int | None = None
    values: Mapping[str, Any] | None = None
    twins: Sequence[int] = ()
    decision: str = ""
    decided_by: str = ""
    alters: bool = False
    holders: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds: its rows, its problems, the unit that each line speaks of, rows by kind of data."""

    rows: Sequence[FoundRow]
    problems: Sequence[Problem]
    units: Mapping[int, str] = field(default_factory=dict)
    written: Mapping[str, int] = field(default_factory=dict)


def open_batch(
    *,
    actor: Actor,
    at: datetime,
    kind: BatchKind,
    name: str,
    data: bytes | Iterable[bytes],
    options: BatchOptions,
) -> UUID:
    """Keep a file and let it wait for being tried; returns the batch's id. ``NotAllowed``."""
    policies.require_import(actor)
    kept = store.keep(data)
    batch = Batch.objects.create(
        uid=uuid7(at), kind=kind.value, name=name, sha256=kept.sha256, size=kept.size, options=options.stored,
        state=BatchState.READING.value, checked_by=actor.name, checked_user_id=actor.user_id,
    )  # fmt: skip
    return UUID(str(batch.uid))


@transaction.atomic
def start_check(
    *,
    actor: Actor,
    at: datetime,
    kind: BatchKind,
    name: str,
    data: bytes | Iterable[bytes],
    options: BatchOptions,
) -> UUID:
    """Keep a file and have it tried by a worker; returns the batch's id. ``NotAllowed`` (accounts only)."""
    user_id = policies.require_account(actor)
    uid = open_batch(actor=actor, at=at, kind=kind, name=name, data=data, options=options)
    enqueue(CHECK, uid, user_id)
    return uid


@transaction.atomic
def start_again(*, actor: Actor, at: datetime, uid: UUID, options: BatchOptions) -> UUID:
    """Have the kept file of a batch tried once more, as a new batch, with other options: the order of dates
    answered, units to be made. ``NotAllowed``, ``BatchNotFound``, ``FileLost``."""
    policies.require_import(actor)
    batch = found_batch(uid)
    return start_check(
        actor=actor,
        at=at,
        kind=BatchKind(batch.kind),
        name=batch.name,
        data=store.read(batch.sha256),
        options=options,
    )


@transaction.atomic
def start_apply(*, actor: Actor, at: datetime, uid: UUID) -> None:
    """Have a tried file stored by a worker, or what was decided about it since.

    What changes what stands waits for a second officer first, who has not brought the file. ``NotAllowed``
    (also to who is changed by it himself), ``BatchNotFound``, ``WrongBatchState``; ``SecondNeeded`` while it
    waits.
    """
    user_id = policies.require_account(actor)
    policies.require_import(actor)
    batch = locked(uid)
    later = (BatchState.APPLIED,) if decided_same(batch) else ()
    require_state(batch, "disimpan", BatchState.CHECKED, BatchState.WAITING, *later)
    if alters(batch) and has_brought(actor, batch):
        if batch.state != BatchState.CHECKED.value:
            raise SecondNeeded
        batch.state = BatchState.WAITING.value
        batch.save(update_fields=["state"])
        return
    if alters(batch):
        require_not_own(actor, batch, "yang menyimpannya")
    busy(batch, BatchState.APPLYING)
    enqueue(APPLY, uid, user_id)


@transaction.atomic
def decide_twin(
    *,
    actor: Actor,
    at: datetime,
    uid: UUID,
    line: int,
    decision: TwinDecision,
    person: UUID | None = None,
) -> None:
    """Say whether a row is about ``person`` or about somebody new. Kept: the file asks never again.

    In a file that is stored already the row is stored by a worker at once, unless a second officer has to.
    ``NotAllowed`` also where the row may be about himself or a relative; ``BatchNotFound``,
    ``WrongBatchState``, ``BatchRowNotFound``, ``WrongTwin``; ``TwinTaken`` where another row of the file is
    about that person.
    """
    policies.require_import(actor)
    batch = locked(uid)
    require_state(batch, "diputuskan", BatchState.CHECKED, BatchState.WAITING, BatchState.APPLIED)
    row = batch.rows.select_for_update().filter(line=line, outcome=Outcome.TWIN.value).first()
    if row is None:
        raise BatchRowNotFound
    require_others_row(actor, row.twins, "yang memutuskan baris ini")
    row.person_id = _chosen(row, person) if decision is TwinDecision.SAME else None
    row.decision, row.decided_by = decision.value, actor.name
    row.save(update_fields=["person", "decision", "decided_by"])
    event = events.TwinDecided(batch.uid, line, decision.value, person if row.person_id else None)
    ledger.record(actor=actor, event=event)
    alone = decided_same(batch) and has_brought(actor, batch)
    if batch.state == BatchState.APPLIED.value and actor.user_id is not None and not alone:
        busy(batch, BatchState.APPLYING)
        enqueue(APPLY, uid, actor.user_id)


def _chosen(row: BatchRow, person: UUID | None) -> int:
    found = person_ids([person]).get(person) if person else None
    if found is None or found not in row.twins:
        raise WrongTwin
    # Of rows that wait those alone have a person that somebody has decided about.
    others = BatchRow.objects.filter(batch_id=row.batch_id, person_id=found).exclude(pk=row.pk)
    other = others.exclude(outcome=Outcome.REFUSED.value).order_by("line").first()
    if other is not None:
        raise TwinTaken(other.line, hide_numbers(other.label))
    return found


@transaction.atomic
def keep_check(*, actor: Actor, at: datetime, uid: UUID, found: Found) -> BatchView:
    """Keep what was found in a file: it may be stored from now on, unless nothing of it could be read."""
    policies.require_import(actor)
    batch = locked(uid)
    require_state(batch, "diperiksa", BatchState.READING)
    copy_rows(BatchRow, _ROW, (_row_of(batch.pk, row) for row in found.rows))
    keep_problems(actor=actor, uid=uid, problems=found.problems, units=found.units)
    outcomes = _tally(row.outcome.value for row in found.rows)
    altering = sum(row.alters for row in found.rows)
    batch.counts = {"outcomes": outcomes, "written": dict(found.written), "altering": altering}
    batch.failure = "" if found.rows else _unreadable(found.problems)
    batch.state = (BatchState.FAILED if batch.failure else BatchState.CHECKED).value
    batch.stage, batch.done, batch.total = "", 0, 0
    batch.save(update_fields=["counts", "state", "stage", "done", "total", "failure"])
    return get_batch(actor=actor, uid=uid)


def _unreadable(problems: Sequence[Problem]) -> str:
    """Why no row of a file could be read, as a sentence; '' also for what reading it otherwise would mend."""
    return next((each.message for each in problems if each.code == "file" and each.row is None), "")


def keep_problems(*, actor: Actor, uid: UUID, problems: Sequence[Problem], units: Mapping[int, str]) -> None:
    """Keep problems of a batch that it has not yet, in their order; remarks are kept and not counted."""
    batch = locked(uid)
    known = set(batch.problem_rows.values_list("line", "code", "column", "message"))
    fresh = [each for each in problems if (each.row, each.code, each.column, each.message) not in known]
    copy_rows(BatchProblem, _PROBLEM, (_problem_of(batch.pk, each, units) for each in fresh))
    batch.problems += sum(each.severity != "info" for each in fresh)
    batch.save(update_fields=["problems"])


@dataclass(frozen=True, slots=True)
class Stored:
    """What was stored of a batch: outcome and person by line, rows by kind of data, the hash over them; lines
    that wait for another decision, each with the persons whom it may be about; lines that changed what stood,
    each with the persons whose record or seat it is."""

    rows: Mapping[int, tuple[Outcome, int | None]]
    written: Mapping[str, int]
    rows_sha256: str
    asked_again: Mapping[int, Sequence[int]] = field(default_factory=dict)
    altered: Mapping[int, Sequence[int]] = field(default_factory=dict)


def keep_apply(*, actor: Actor, at: datetime, uid: UUID, basis: int, stored: Stored) -> None:
    """Let a batch count as stored on its basis, and tell the ledger. In the transaction of its rows."""
    batch = locked(uid)
    altered = bool(stored.altered) or bool(batch.counts.get("altered"))
    _keep_rows(batch, stored)
    outcomes = dict(Counter(outcome.value for outcome, _ in stored.rows.values()))
    before = batch.counts.get("written", {}) if batch.basis_id else {}
    written = {
        name: before.get(name, 0) + stored.written.get(name, 0) for name in {**before, **stored.written}
    }
    tally = _tally(batch.rows.values_list("outcome", flat=True))
    batch.counts = {"outcomes": tally, "written": written, "altered": altered}
    batch.basis_id, batch.state, batch.stage, batch.failure = basis, BatchState.APPLIED.value, "", ""
    batch.done = batch.total = 0
    batch.applied_by = batch.applied_by or actor.name
    batch.applied_at = batch.applied_at or Now()
    batch.save()
    event = events.BatchApplied(
        batch.uid, batch.kind, batch.sha256, outcomes, dict(stored.written), stored.rows_sha256, batch.name
    )
    ledger.record(actor=actor, event=event)


def _keep_rows(batch: Any, stored: Stored) -> None:
    """What became of each row, by its line."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_batchrow r SET outcome = n.outcome, person_id = n.person, alters = n.alters, "
            "holders = '{}' FROM unnest(%s::int[], %s::text[], %s::bigint[], %s::boolean[]) "
            "n (line, outcome, person, alters) WHERE r.batch_id = %s AND r.line = n.line",
            [
                list(stored.rows),
                [outcome.value for outcome, _ in stored.rows.values()],
                [person for _, person in stored.rows.values()],
                [line in stored.altered for line in stored.rows],
                batch.pk,
            ],
        )
    for line, persons in stored.altered.items() if batch.kind == BatchKind.PETA.value else ():
        batch.rows.filter(line=line).update(holders=list(persons))
    for line, twins in stored.asked_again.items():
        batch.rows.filter(line=line).update(decision="", decided_by="", twins=list(twins))


def basis_of(*, actor: Actor, uid: UUID) -> int | None:
    """The basis of a batch that was stored. ``NotAllowed``, ``BatchNotFound``."""
    policies.require_import(actor)
    basis = found_batch(uid).basis_id
    return None if basis is None else int(basis)


def decided_lines(*, actor: Actor, uid: UUID) -> set[int]:
    """Lines that waited for a decision and have one. ``NotAllowed``, ``BatchNotFound``."""
    policies.require_import(actor)
    rows = found_batch(uid).rows.filter(outcome=Outcome.TWIN.value).exclude(decision="")
    return set(rows.values_list("line", flat=True))


@transaction.atomic
def fail(*, actor: Actor, uid: UUID, sentence: str) -> None:
    """Let the work on a batch end with a sentence: it stands as before that work."""
    batch = locked(uid)
    tried = BatchState.APPLIED if batch.basis_id else BatchState(batch.before or BatchState.CHECKED)
    before = {
        BatchState.READING.value: BatchState.FAILED,
        BatchState.APPLYING.value: tried,
        BatchState.UNDOING.value: BatchState.APPLIED,
    }
    batch.recalled_by, batch.recalled_user = "", None
    batch.state = before.get(batch.state, BatchState(batch.state)).value
    batch.stage, batch.done, batch.total, batch.failure = "", 0, 0, sentence
    batch.save(update_fields=["state", "stage", "done", "total", "failure", "recalled_by", "recalled_user"])


@contextmanager
def telling(*, actor: Actor, uid: UUID) -> Iterator[Callable[[str, int, int], None]]:
    """A function that tells what goes on, how far and of how much, for pages that wait.

    On a connection of its own, because the work's transaction shows nothing before its end. Where that holds
    the batch (at its very end) nothing is told, rather than waited for.
    """
    own = connection.copy()

    def tell(stage: str, done: int, total: int) -> None:
        with own.cursor() as cursor:
            cursor.execute(
                "UPDATE people_batch SET stage = %s, done = %s, total = %s WHERE id = "
                "(SELECT id FROM people_batch WHERE uid = %s FOR UPDATE SKIP LOCKED)",
                [stage, done, total, uid],
            )

    try:
        yield tell
    finally:
        own.close()


def _row_of(batch_id: int, row: FoundRow) -> tuple[Any, ...]:
    return (
        batch_id, row.line, row.outcome.value, row.person_id, row.label, row.unit, row.values,
        list(row.twins), row.decision, row.decided_by, row.alters, list(row.holders),
    )  # fmt: skip


def _problem_of(batch_id: int, problem: Problem, units: Mapping[int, str]) -> tuple[Any, ...]:
    return (
        batch_id, problem.severity, problem.code, problem.row, problem.column, problem.value[:LONGEST],
        problem.message, units.get(problem.row or 0, ""),
    )  # fmt: skip


def _tally(outcomes: Iterable[str]) -> dict[str, int]:
    """Rows by outcome, those of which there is none too."""
    return {outcome.value: 0 for outcome in Outcome} | Counter(outcomes)
