"""What acts on decisions share: cases from rows, gates into rows, steps as they are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import QuerySet
from psycopg.errors import LockNotAvailable

from pamong.decisions import models
from pamong.decisions.choices import Answer, Part, Stage, Verdict
from pamong.decisions.errors import (
    AttemptRefused,
    DecisionBusy,
    DecisionClosed,
    DecisionNotFound,
    GatesBlock,
    NobodyDecides,
)
from pamong.decisions.types import Address, Case, Gate, Kind, Step
from pamong.kernel.actor import Actor
from pamong.kernel.canonical import canonical_json
from pamong.people.services import reading


@contextmanager
def all_or_attempt(actor: Actor, at: datetime) -> Iterator[None]:
    """All of an act or nothing of it, but that it was tried, where its kind keeps that."""
    try:
        with transaction.atomic():
            yield
    except AttemptRefused as error:
        with transaction.atomic():
            error.keep(actor, at)
        raise


def case_of(row: models.Decision, actor: Actor, at: datetime) -> Case:
    """A decision as its kind sees it, with what an official may have changed of it."""
    return Case(
        row.uid, row.kind, row.person_id, row.unit_id, content_of(row), row.entered_by_id,
        row.entered_person_id, actor.on, at,
    )  # fmt: skip


def content_of(row: models.Decision) -> Mapping[str, Any]:
    """What is decided: as it was signed with a change, else as it was proposed."""
    changed = row.acts.filter(part=Part.SIGN.value, change__isnull=False).values_list("change", flat=True)
    content: Mapping[str, Any] = changed.first() or row.content
    return content


def waiting(uid: UUID, *, at_once: bool = False) -> models.Decision:
    """A decision that waits, locked. ``DecisionNotFound``, ``DecisionClosed``; with ``at_once`` also
    ``DecisionBusy``, instead of waiting for who answers at this moment."""
    rows = models.Decision.objects.select_for_update(of=("self",), nowait=at_once).filter(uid=uid)
    row = _free(rows) if at_once else rows.first()
    if row is None:
        raise DecisionNotFound
    if row.closed_at is not None:
        raise DecisionClosed(row.get_state_display())
    return row


def _free(rows: QuerySet[models.Decision]) -> models.Decision | None:
    try:
        with transaction.atomic():
            return rows.first()
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise DecisionBusy from error
        raise


def kept_steps(kind: Kind, steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Steps as they are stored. ``NobodyDecides`` where one has no address, or nobody stands between who
    proposes and who signs, unless the kind says why two suffice."""
    for step in steps:
        if not step.address.found:
            raise NobodyDecides(step.title)
    if not kind.two and all(step.part is Part.SIGN for step in steps):
        raise NobodyDecides(Part.VERIFY.label.lower())
    return [
        {
            "code": step.code, "part": step.part.value, "title": step.title, "seat": step.address.seat,
            "permission": step.address.permission, "unit": step.address.unit,
            "answers": [answer.value for answer in step.answers], "days": step.days,
            "until": step.until.isoformat() if step.until else None,
        }
        for step in steps
    ]  # fmt: skip


def step_of(kept: Mapping[str, Any]) -> Step:
    """A step as it was stored."""
    return Step(
        kept["code"], Part(kept["part"]), kept["title"],
        Address(kept["seat"], kept["permission"], kept["unit"]),
        tuple(Answer(value) for value in kept["answers"]), kept["days"],
        datetime.fromisoformat(until) if (until := kept.get("until")) else None,
    )  # fmt: skip


def address(row: models.Decision, step: Step, at: datetime) -> None:
    """Let a decision wait for a step; the caller saves it."""
    row.waits_seat_id = step.address.seat
    row.waits_permission, row.waits_unit = step.address.permission, step.address.unit
    row.due_at = step.until or (at + timedelta(days=step.days) if step.days else None)


def refuse_stopped(gates: Sequence[Gate], *, signing: bool) -> None:
    """``GatesBlock`` where a gate is not met; with the signature also where it is not known. What is not
    known may be proposed: it is looked up while it waits."""
    verdicts = {Verdict.BLOCK, Verdict.UNKNOWN} if signing else {Verdict.BLOCK}
    stopped = [gate.sentence for gate in gates if gate.verdict in verdicts]
    if stopped:
        raise GatesBlock(stopped)


def keep_gates(row: models.Decision, stage: Stage, gates: Sequence[Gate], reasons: Mapping[str, str]) -> None:
    """Store what the gates said at a stage, with the reasons that were written."""
    models.GateRow.objects.bulk_create(
        models.GateRow(
            decision=row, stage=stage.value, rank=rank, code=gate.code, title=gate.title,
            verdict=gate.verdict.value, sentence=gate.sentence, value=gate.value, threshold=gate.threshold,
            article=gate.article, link=gate.link, evidence=gate.evidence,
            reason=reasons.get(gate.code, "").strip(),
        )
        for rank, gate in enumerate(gates)
    )  # fmt: skip


def seen_mark(gates: Sequence[Gate]) -> str:
    """A short mark of what gates say, which a form carries from the page to the signature."""
    return hashlib.sha256(canonical_json([list(gate.same) for gate in gates])).hexdigest()[:16]


def is_odd(gates: Sequence[Gate]) -> bool:
    """Whether any gate is not simply met."""
    return any(gate.verdict is not Verdict.ALLOW for gate in gates)


def person_uid(person_id: int | None) -> UUID | None:
    """The id of a person that pages and the ledger know."""
    return None if person_id is None else reading.uids_of([person_id]).get(person_id)
