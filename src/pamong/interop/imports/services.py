"""The use cases of imports: try a file, store it, take it back.

Storing reads the file again from the store and plans it on what stands then: a file that is stored twice
changes nothing the second time. It is one transaction: a worker that dies leaves nothing, and the next one
does all of it. What the database refuses of one row is told, and the other rows go in.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pamong.documents import store
from pamong.interop.imports.peta import rows_of, store_peta
from pamong.interop.imports.registering import Planned, Work, plan_rows
from pamong.interop.imports.sheets import Sheet, read_sheet
from pamong.interop.imports.storing import Progress, Storing, quiet, without_collector
from pamong.interop.imports.whose import Decided
from pamong.kernel.actor import Actor
from pamong.kernel.canonical import canonical_json, sha256_hex
from pamong.kernel.ids import uuid7
from pamong.kernel.problem import Problem
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.ledger.firstday import require_opening
from pamong.organisation import bulk as organisation
from pamong.organisation import services as organisation_services
from pamong.people import bulk
from pamong.people.choices import BatchKind, BatchState, Outcome, TwinDecision
from pamong.people.errors import UndoReasonMissing, WrongBatchState
from pamong.people.queries import batches as queries
from pamong.people.queries.batches import BatchOptions, BatchView
from pamong.people.services import batches, recalls
from pamong.people.services.batches import Found, FoundRow, Stored
from pamong.people.services.second import require_second

_STORABLE = (BatchState.CHECKED, BatchState.WAITING, BatchState.APPLYING, BatchState.APPLIED)


@transaction.atomic
def check_file(
    *,
    actor: Actor,
    at: datetime,
    kind: BatchKind,
    name: str,
    data: bytes,
    options: BatchOptions,
    progress: Progress = quiet,
) -> BatchView:
    """Keep a file and try it: every row with its outcome and what would be written, all problems. Nothing of
    it is stored. Who is interrupted leaves nothing that waits. ``NotAllowed``."""
    uid = batches.open_batch(actor=actor, at=at, kind=kind, name=name, data=data, options=options)
    return check_batch(actor=actor, at=at, uid=uid, progress=progress)


@without_collector()
def check_batch(*, actor: Actor, at: datetime, uid: UUID, progress: Progress = quiet) -> BatchView:
    """Try the file of a batch that waits for it. ``NotAllowed``, ``BatchNotFound``, ``WrongBatchState``,
    ``FileLost``."""
    batch = queries.get_batch(actor=actor, uid=uid)
    _require(batch, "diperiksa", BatchState.READING)
    progress("Membaca berkas", 0, 0)
    sheet = _read(actor, batch)
    found = _try_peta(actor, at, batch, sheet, progress) if batch.kind is BatchKind.PETA else _try_people(
        actor, at, batch, sheet, progress)  # fmt: skip
    progress("Menyimpan hasil pemeriksaan", 0, 0)
    return batches.keep_check(actor=actor, at=at, uid=uid, found=found)


@without_collector()
@transaction.atomic
def apply_batch(*, actor: Actor, at: datetime, uid: UUID, progress: Progress = quiet) -> BatchView:
    """Store a file that was tried, on one basis; of one that is stored, the twins decided since.

    ``NotAllowed``, ``BatchNotFound``, ``WrongBatchState``, ``ImportBusy``, ``FileLost``; ``SecondNeeded``
    where it changes what stands, and the actor has brought it; ``NotAllowed`` where it changes himself.
    """
    batch = queries.get_batch(actor=actor, uid=uid)
    _require(batch, "disimpan", *_STORABLE)
    if batch.kind is BatchKind.REGISTER:
        require_opening(at.date())
    bulk.lock_persons(())
    basis = batches.basis_of(actor=actor, uid=uid)
    later = basis is not None  # only the twins decided since
    basis = basis or ledger.seal(actor=actor, kind=SealKind.IMPORT, ref=batch.uid)
    progress("Membaca berkas", 0, 0)
    sheet = _read(actor, batch)
    if batch.kind is BatchKind.PETA:
        stored, problems = _store_peta(sheet, _work(actor, at, batch, basis, progress))
        require_second(actor=actor, uid=uid, altered=stored.altered)
    else:
        lines = batches.decided_lines(actor=actor, uid=uid) if later else None
        work = _work(actor, at, batch, basis, progress)
        planned = plan_rows(batch.kind, sheet, work, _decided(actor, batch), lock=True, lines=lines)
        require_second(actor=actor, uid=uid, altered=_altered(planned))
        stored, problems = _store_people(planned, work)
    batches.keep_problems(actor=actor, uid=uid, problems=problems, units=sheet.said_units)
    batches.keep_apply(actor=actor, at=at, uid=uid, basis=basis, stored=stored)
    return queries.get_batch(actor=actor, uid=uid)


@transaction.atomic
def undo_batch(
    *, actor: Actor, at: datetime, uid: UUID, reason: str, progress: Progress = quiet
) -> BatchView:
    """Take back everything that a file has brought: what stood before stands again, for every date.

    ``NotAllowed``, ``BatchNotFound``, ``WrongBatchState``, ``UndoReasonMissing``, ``UndoSecondNeeded``;
    ``BatchBuiltUpon`` with counts where something was built upon its rows since.
    """
    batch = queries.get_batch(actor=actor, uid=uid)
    _require(batch, "dibatalkan", BatchState.APPLIED, BatchState.UNDOING)
    if not reason.strip():
        raise UndoReasonMissing
    recalls.require_two(actor=actor, uid=uid)
    bulk.lock_persons(())
    basis = batches.basis_of(actor=actor, uid=uid) or 0
    by = ledger.seal(actor=actor, kind=SealKind.IMPORT, ref=uuid7(at))
    progress("Membatalkan", 0, 0)
    structural = batch.kind is BatchKind.PETA or batch.options.create_missing
    if structural:  # nobody else changes units meanwhile
        organisation_services.rebuild_places(actor=actor, at=at)
    rows = bulk.undo(
        organisation.DATED,
        basis=basis,
        by=by,
        used=organisation.used_since(basis),
        seats=organisation.seats_made(basis),
    )
    if structural:
        organisation_services.rebuild_places(actor=actor, at=at)
    recalls.keep_undo(actor=actor, at=at, uid=uid, rows=rows, reason=reason.strip())
    return queries.get_batch(actor=actor, uid=uid)


def _require(batch: BatchView, act: str, *states: BatchState) -> None:
    if batch.state not in states:
        raise WrongBatchState(batch.state.label, act)


def _read(actor: Actor, batch: BatchView) -> Sheet:
    known: set[str] = set()
    if batch.kind is BatchKind.PETA:
        for unit in organisation.read_units(batch.options.on):
            known |= {unit.code, unit.external_code} - {""}
    return read_sheet(
        batch.kind,
        store.read(batch.sha256),
        batch.name,
        today=actor.on,
        day_first=batch.options.day_first,
        known_units=known,
    )


def _work(actor: Actor, at: datetime, batch: BatchView, basis: int, progress: Progress) -> Work:
    return Work(actor, at, actor.on, batch.options, basis, progress)


def _decided(actor: Actor, batch: BatchView) -> dict[str, Decided]:
    return {
        nip: Decided(TwinDecision(decision), person, by)
        for nip, (decision, person, by) in queries.list_decisions(actor=actor, uid=batch.uid).items()
    }


def _try_people(actor: Actor, at: datetime, batch: BatchView, sheet: Sheet, progress: Progress) -> Found:
    """Plan the rows. What is lacking is made and taken back: people are planned on what would stand."""
    making = batch.options.create_missing and batch.kind is BatchKind.REGISTER
    frame: AbstractContextManager[object] = transaction.atomic() if making else nullcontext()
    with frame:
        basis = ledger.seal(actor=actor, kind=SealKind.IMPORT, ref=uuid7(at)) if making else 0
        work = _work(actor, at, batch, basis, progress)
        planned = plan_rows(batch.kind, sheet, work, _decided(actor, batch), lock=False)
        if making:
            transaction.set_rollback(True)
    rows = [plan.found(planned.labels, _said(plan.said)) for plan in planned.plans]
    problems = [*sheet.problems, *(problem for plan in planned.plans for problem in plan.problems)]
    written = dict(planned.made)
    for plan in planned.plans:
        for thread in plan.threads if plan.outcome in (Outcome.NEW, Outcome.CHANGED) else ():
            if count := len(thread.weave.added()):
                written[thread.subject] = written.get(thread.subject, 0) + count
    return _found(sheet, rows, problems, written)


def _try_peta(actor: Actor, at: datetime, batch: BatchView, sheet: Sheet, progress: Progress) -> Found:
    """Do all of it, and take it back. Who tries a file decides nothing, so it may speak of his own seat."""
    trying = replace(actor, seats=())
    with transaction.atomic():
        basis = ledger.seal(actor=actor, kind=SealKind.IMPORT, ref=uuid7(at))
        notes = store_peta(sheet, _work(trying, at, batch, basis, progress))
        transaction.set_rollback(True)
    return _found(sheet, rows_of(sheet, notes), [*sheet.problems, *notes.problems], notes.written)


def _found(sheet: Sheet, rows: list[FoundRow], problems: list[Problem], written: Mapping[str, int]) -> Found:
    """With the lines that the reader has kept out, and each line's unit."""
    if not sheet.rows and any(each.row is None and each.severity == "block" for each in sheet.problems):
        return Found([], problems, sheet.said_units)  # no row of it has been read
    known = {row.line for row in rows}
    out = [
        FoundRow(line, Outcome.REFUSED, problem.subject or f"Baris {line}", sheet.said_units.get(line, ""))
        for line, problem in sheet.refused.items()
        if line not in known
    ]
    whole = [replace(row, unit=row.unit or sheet.said_units.get(row.line, "")) for row in [*rows, *out]]
    ordered = sorted(problems, key=lambda problem: problem.row or 0)
    return Found(sorted(whole, key=lambda row: row.line), ordered, sheet.said_units, written)


def _said(said: Mapping[str, object]) -> dict[str, object]:
    """What a row says, as JSON."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in said.items()
        if value is not None
    }


def _store_people(planned: Planned, work: Work) -> tuple[Stored, list[Problem]]:
    storing = Storing(work.basis, work.at, work.progress)
    storing.store(planned.plans, planned.links)
    written = {**planned.made, **storing.written}
    problems = [problem for plan in planned.plans for problem in plan.problems]
    again = {plan.line: plan.twins for plan in planned.plans if plan.asked_again}
    return Stored(storing.rows, written, storing.rows_sha256, again, _altered(planned)), problems


def _altered(planned: Planned) -> dict[int, list[int]]:
    """Lines that change the record of somebody known, with him; of stored ones those that did."""
    return {plan.line: [plan.person] for plan in planned.plans if plan.alters and plan.person is not None}


def _store_peta(sheet: Sheet, work: Work) -> tuple[Stored, list[Problem]]:
    notes = store_peta(sheet, work)
    rows: dict[int, tuple[Outcome, int | None]] = {
        row.line: (row.outcome, None) for row in rows_of(sheet, notes)
    }
    digest = sha256_hex(canonical_json(sorted((line, told) for line, told in notes.done.items())))
    altered = {line: sorted(persons) for line, persons in notes.altered.items()}
    return Stored(rows, notes.written, digest, altered=altered), notes.problems
