"""Use cases of pay: start a run, compute it, cancel it. Polars is loaded only when a run is computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Q, Sum
from django.db.models.functions import Now

from pamong.kernel.actor import Actor
from pamong.kernel.canonical import canonical_json, sha256_hex
from pamong.kernel.ids import uuid7
from pamong.kernel.period import month_period
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.pay import policies
from pamong.pay.adopting import propose_law as propose_law  # noqa: PLC0414 - part of the face
from pamong.pay.calculation import MonthLaw, month_law
from pamong.pay.choices import FileKind, Mode, RunState, SlipState
from pamong.pay.confirmed import require_real
from pamong.pay.errors import (
    InputsRefused,
    LawMoved,
    RunBusy,
    RunCancelled,
    RunEnded,
    RunNotFound,
    TotalsDiffer,
)
from pamong.pay.events import RunPublished, RunStarted, RunWithdrawn
from pamong.pay.law_in_force import open_law as open_law  # noqa: PLC0414 - part of the face
from pamong.pay.law_in_force import require_law_in_force
from pamong.pay.models import Run, RunChunk, RunFile, Slip
from pamong.pay.progress import Progress, quiet
from pamong.pay.shadow import refuse_unexplained

if TYPE_CHECKING:
    from pamong.pay.frames import Worked
    from pamong.pay.month import MonthFacts, MonthFiles

_LOCK = 0x70617972  # "payr": the class of the advisory locks of runs


@dataclass(frozen=True, slots=True)
class File:
    """A file kept in the store, as a run refers to it."""

    kind: FileKind
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Started:
    """A run, and whether it existed before: the same files under the same law are the same run."""

    uid: UUID
    existed: bool


def start_run(
    *,
    actor: Actor,
    at: datetime,
    month: date,
    profile: str,
    files: Sequence[File],
    mode: Mode = Mode.DEMO,
    overlay: str = "",
) -> Started:
    """Ask for a month's computation. Asking twice with the same files gives the same run.

    NotAllowed, LawError (profile or overlay), EvidenceTooWeak and LawNotInForce (real mode), InputsRefused (a
    file is missing).
    """
    policies.require_run(actor)
    law = month_law(profile, overlay, month_period(month.year, month.month))
    _require_files(files)
    if mode is Mode.REAL:
        refuse_unexplained(profile)
        require_real(law)
        require_law_in_force(actor=actor, profile=profile, overlay=overlay)
    found = Run(
        uid=uuid7(at),
        month=month,
        profile=profile,
        overlay=overlay,
        mode=mode.value,
        fingerprint=law.fingerprint,
        inputs_hash=_inputs_hash(law, month, mode, files),
        started_by=actor.name,
    )
    existing = _open_run(found.inputs_hash)
    return Started(existing.uid, True) if existing else _insert(actor, found, files)


def _insert(actor: Actor, found: Run, files: Sequence[File]) -> Started:
    try:
        with transaction.atomic():
            found.basis_id = ledger.seal(actor=actor, kind=SealKind.IMPORT, ref=found.uid)
            found.save(force_insert=True)
            RunFile.objects.bulk_create(
                RunFile(
                    run=found, number=number, kind=f.kind.value, name=f.name, sha256=f.sha256, size=f.size
                )
                for number, f in enumerate(files)
            )
            ledger.record(actor=actor, event=_started(found))
    except IntegrityError:
        # Somebody else started the same run in the same moment: theirs it is.
        existing = _open_run(found.inputs_hash)
        if existing is None:
            raise
        return Started(existing.uid, True)
    return Started(found.uid, False)


def _started(run: Run) -> RunStarted:
    return RunStarted(run.uid, run.month, run.profile, run.mode, run.fingerprint, run.inputs_hash)


def _open_run(inputs_hash: str) -> Run | None:
    ended = [RunState.CANCELLED.value, RunState.FAILED.value]
    return Run.objects.filter(inputs_hash=inputs_hash).exclude(state__in=ended).first()


def _require_files(files: Sequence[File]) -> None:
    missing = [kind.label for kind in FileKind if not any(file.kind is kind for file in files)]
    if missing:
        raise InputsRefused([f"Berkas {', '.join(missing)} belum diberikan."])


def _inputs_hash(law: MonthLaw, month: date, mode: Mode, files: Sequence[File]) -> str:
    content = {
        "month": month,
        "profile": law.law.profile.code,
        "mode": mode.value,
        "fingerprint": law.fingerprint,
        "files": sorted([file.kind.value, file.sha256] for file in files),
    }
    return sha256_hex(canonical_json(content))


def compute_run(
    *, actor: Actor, at: datetime, uid: UUID, files: MonthFiles, progress: Progress = quiet
) -> None:
    """Work out and publish a run from its files. Safe to call again after a crash: written chunks are kept.

    RunBusy if another process is at it, RunEnded if it is over, RunCancelled if somebody cancels it
    meanwhile, InputsRefused if a file can't be used (the run fails and keeps the problems), TotalsDiffer.
    """
    policies.require_run(actor)
    run = _get(uid)
    with _alone(run):
        run.refresh_from_db()
        if run.state == RunState.PUBLISHED.value:
            return
        if run.state not in (RunState.WAITING.value, RunState.STAGING.value):
            raise RunEnded(RunState(run.state).label)
        law = month_law(run.profile, run.overlay, month_period(run.month.year, run.month.month))
        if law.fingerprint != run.fingerprint:
            raise LawMoved
        _refuse_unusable(run, law, files)
        try:
            _work(actor, at, run, law, files, progress)
        except IntegrityError:
            _stop_if_cancelled(run)  # cancelled between two looks: the database takes no rows any more
            raise


def _work(actor: Actor, at: datetime, run: Run, law: MonthLaw, files: MonthFiles, progress: Progress) -> None:
    from pamong.pay import frames, staging
    from pamong.pay.month import month_facts

    progress("Menyusun hari kerja dan presensi", 0, 0)
    facts = month_facts(law.law, law.month, files, in_force=not law.not_in_force)
    progress("Menghitung", 0, facts.people.height)
    worked = frames.work_out(law, facts)
    texts = frames.facts_json(facts)
    size = run.chunk or staging.CHUNK
    _begin_staging(run, people=facts.people.height, stage="Menulis rincian", chunk=size)
    done = staging.staged(run.pk)
    for chunk in staging.chunks(facts.people.height, size):
        if chunk.number not in done:
            _stop_if_cancelled(run)
            staging.stage(run.pk, chunk, worked, texts)
        progress("Menulis rincian", chunk.last, facts.people.height)
    _publish(actor, at, run, facts, worked)
    progress("Terbit", facts.people.height, facts.people.height)


def _refuse_unusable(run: Run, law: MonthLaw, files: MonthFiles) -> None:
    """Files of another month, or one that can't be used at all, fail the run; the sentences are kept."""
    from pamong.pay import checks, staging
    from pamong.pay.presence import dates_of

    seen = files.punches if files.presence is None else dates_of(files.presence)
    problems = [*files.problems, *checks.refuse_other_month(seen, law.month)]
    blocking = [problem for problem in problems if problem.severity == "block" and problem.row is None]
    if not blocking:
        return
    with transaction.atomic():
        staging.write_problems(run.pk, problems)
        sentences = [str(problem) for problem in blocking]
        _mark(run, state=RunState.FAILED.value, failure=" ".join(sentences), problems=len(problems))
    raise InputsRefused(sentences)


def _publish(actor: Actor, at: datetime, run: Run, facts: MonthFacts, worked: Worked) -> None:
    """One transaction: the staged rows are compared with what was computed, then the run is seen."""
    from pamong.pay import frames, sealing, staging

    slips_hash = frames.slips_hash(worked.slips, worked.lines)
    with transaction.atomic():
        locked = Run.objects.select_for_update().get(pk=run.pk)
        if locked.state != RunState.STAGING.value:
            raise RunCancelled
        totals = _staged_totals(run)  # now that nobody adds any more
        _compare(worked, totals)
        staging.write_problems(run.pk, facts.problems)
        _mark(
            run,
            state=RunState.PUBLISHED.value,
            published_at=Now(),
            stage="",
            slips_hash=slips_hash,
            problems=len(facts.problems),
            **totals,
        )
        sealed = sealing.seal_slips(run)
        sums = (totals["people"], totals["gross"], totals["net"])
        entry = ledger.record(
            actor=actor, event=RunPublished(run.uid, run.month, *sums, sealed.root, slips_hash)
        )
        sealing.keep_tree(actor=actor, run=run, entry=entry, sealed=sealed)


def _staged_totals(run: Run) -> dict[str, int]:
    """Counts and sums as they stand in the database."""
    amounts = ("ceiling", "earned", "gross", "tax", "health", "net")
    found = Slip.objects.filter(run=run).aggregate(
        people=Count("id"),
        computed=Count("id", filter=Q(state__in=[SlipState.COMPUTED.value, SlipState.DELAYED.value])),
        held=Count("id", filter=Q(state=SlipState.HELD.value)),
        elsewhere=Count("id", filter=Q(state__in=[SlipState.ELSEWHERE.value, SlipState.NONE.value])),
        **{f"sum_{amount}": Sum(amount) for amount in amounts},
    )
    return {key.removeprefix("sum_"): int(value or 0) for key, value in found.items()}


def _compare(worked: Worked, totals: dict[str, int]) -> None:
    """The control totals: what is stored must be what was computed, to the rupiah."""
    for amount in ("ceiling", "earned", "gross", "tax", "health", "net"):
        computed = int(worked.slips[amount].sum())
        if computed != totals[amount]:
            raise TotalsDiffer(amount, totals[amount], computed)
    if totals["people"] != worked.slips.height:
        raise TotalsDiffer("orang", totals["people"], worked.slips.height)


def cancel_run(*, actor: Actor, at: datetime, uid: UUID) -> None:
    """Cancel a run that is not published; a process at work on it stops at its next chunk."""
    policies.require_run(actor)
    with transaction.atomic():
        run = Run.objects.select_for_update().filter(uid=uid).first()
        if run is None:
            raise RunNotFound
        if run.state not in (RunState.WAITING.value, RunState.STAGING.value):
            raise RunEnded(RunState(run.state).label)
        _mark(run, state=RunState.CANCELLED.value, stage="")
        ledger.record(actor=actor, event=RunWithdrawn(run.uid, run.month))


def note_progress(*, actor: Actor, uid: UUID, what: str, done: int) -> None:
    """Keep what a run does now and how far it is, for those who wait. Nothing happens once it has ended."""
    policies.require_run(actor)
    open_states = [RunState.WAITING.value, RunState.STAGING.value]
    Run.objects.filter(uid=uid, state__in=open_states).update(stage=what, done=done)


def fail_run(*, actor: Actor, uid: UUID, sentence: str) -> None:
    """End a run that can't go on, with the sentence that says why. Nothing happens once it has ended."""
    policies.require_run(actor)
    open_states = [RunState.WAITING.value, RunState.STAGING.value]
    Run.objects.filter(uid=uid, state__in=open_states).update(
        state=RunState.FAILED.value, stage="", failure=sentence
    )


def _get(uid: UUID) -> Run:
    run = Run.objects.filter(uid=uid).first()
    if run is None:
        raise RunNotFound
    return run


def _mark(run: Run, **fields: Any) -> None:
    Run.objects.filter(pk=run.pk).update(**fields)


def _begin_staging(run: Run, **fields: Any) -> None:
    """RunCancelled where somebody cancelled it while everybody's amounts were worked out."""
    going = Run.objects.filter(pk=run.pk, state__in=[RunState.WAITING.value, RunState.STAGING.value])
    if not going.update(state=RunState.STAGING.value, **fields):
        raise RunCancelled


def _stop_if_cancelled(run: Run) -> None:
    state = Run.objects.values_list("state", flat=True).get(pk=run.pk)
    if state == RunState.CANCELLED.value:
        raise RunCancelled


@contextmanager
def _alone(run: Run) -> Iterator[None]:
    """Only one process computes a run. The lock belongs to the connection: a dead process holds nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, run.pk % 2**31])
        if not cursor.fetchone()[0]:
            raise RunBusy
        try:
            yield
        finally:
            if not connection.needs_rollback and connection.is_usable():
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, run.pk % 2**31])


def count_staged(*, actor: Actor, uid: UUID) -> int:
    """How many slips of a run are written, for progress."""
    policies.require_run(actor)
    run = _get(uid)
    return sum(RunChunk.objects.filter(run=run).values_list("slips", flat=True))
