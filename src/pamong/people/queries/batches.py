"""Imports as pages and commands read them: batches, what became of each row, problems, possible twins."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from pamong.access import services as access
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.nik import Nik
from pamong.ledger.dated import Known
from pamong.people import policies
from pamong.people.choices import BatchKind, BatchState, Outcome, TwinDecision
from pamong.people.errors import BatchNotFound
from pamong.people.models import Batch, BatchProblem, BatchRow
from pamong.people.queries import rows
from pamong.people.queries.batch_views import (
    BatchOptions,
    BatchPage,
    BatchRowPage,
    BatchRowView,
    BatchView,
    DroppedRecall,
    ProblemPage,
    ProblemView,
    TwinRow,
    UnitProblems,
)
from pamong.people.queries.bringers import TO_RECALL, TO_STORE, asked_by, find_brought, find_own
from pamong.people.queries.rows import PersonRow, bounded, fetch
from pamong.people.subjects.masks import hide_numbers, masked

__all__ = [
    "BatchOptions",
    "BatchPage",
    "BatchRowPage",
    "BatchRowView",
    "BatchView",
    "ProblemPage",
    "ProblemView",
    "TwinRow",
    "UnitProblems",
    "get_batch",
    "list_batch_problems",
    "list_batch_rows",
    "list_batches",
    "list_decisions",
    "list_problem_units",
    "list_twins",
]

PAGE = 50
# First what waits for the actor as the second officer, then what he tried and did not store.
_LIST = f"""
SELECT b.id, CASE WHEN {TO_STORE} OR {TO_RECALL} THEN 0
  WHEN b.state = 'checked' AND b.checked_user_id = %(user)s THEN 1 ELSE 2 END AS rank
FROM people_batch b ORDER BY rank, b.id DESC LIMIT %(size)s OFFSET %(skip)s
"""


def list_batches(*, actor: Actor, page: int = 1, size: int = PAGE) -> BatchPage:
    """Imports that wait for the actor first, then the newest. ``NotAllowed``."""
    policies.require_import(actor)
    total = Batch.objects.count()
    page, last = bounded(page, total, size)
    ranks = dict(fetch(_LIST, asked_by(actor) | {"size": size, "skip": (page - 1) * size}))
    found = _views(actor, list(_batches().filter(pk__in=ranks)))
    waiting = [replace(found[batch], waits_for_me=rank == 0) for batch, rank in ranks.items()]
    return BatchPage(waiting, total, page, last)


def get_batch(*, actor: Actor, uid: UUID) -> BatchView:
    """One import. ``NotAllowed``, ``BatchNotFound``."""
    policies.require_import(actor)
    found = _batches().filter(uid=uid).first()
    if found is None:
        raise BatchNotFound
    return _views(actor, [found])[found.pk]


def list_batch_rows(
    *,
    actor: Actor,
    at: datetime,
    uid: UUID,
    outcome: Outcome | None = None,
    page: int = 1,
    size: int = PAGE,
) -> BatchRowPage:
    """What became of the rows, by line; those of one outcome, or all. ``NotAllowed``, ``BatchNotFound``."""
    batch = get_batch(actor=actor, uid=uid)
    found = BatchRow.objects.filter(batch_id=batch.id).select_related("person").order_by("line")
    if outcome is not None:
        found = found.filter(outcome=outcome.value)
    total = found.count() if outcome is None else batch.counts.get(outcome, 0)
    page, last = bounded(page, total, size)
    shown = [_row(row) for row in found[(page - 1) * size : page * size]]
    _log(actor, at, [row.person for row in shown if row.person])
    return BatchRowPage(shown, total, page, last)


def list_batch_problems(
    *,
    actor: Actor,
    uid: UUID,
    unit: str | None = None,
    severity: str = "",
    page: int = 1,
    size: int = PAGE,
    remarks: bool = True,
) -> ProblemPage:
    """Problems by row, those of the whole file first; of one unit, of one severity, or all.

    Without ``remarks`` what is only to be known is left out, unless its severity is asked for.
    ``NotAllowed``, ``BatchNotFound``.
    """
    batch = get_batch(actor=actor, uid=uid)
    found = BatchProblem.objects.filter(batch_id=batch.id)
    if unit is not None:
        found = found.filter(unit=unit)
    if severity:
        found = found.filter(severity=severity)
    elif not remarks:
        found = found.exclude(severity="info")
    total = found.count()
    page, last = bounded(page, total, size)
    shown = found.order_by(F("line").asc(nulls_first=True), "id")[(page - 1) * size : page * size]
    return ProblemPage([_problem(problem) for problem in shown], total, page, last)


def list_problem_units(*, actor: Actor, uid: UUID) -> Sequence[UnitProblems]:
    """Problems by unit, the unit with most rows kept out first. ``NotAllowed``, ``BatchNotFound``."""
    batch = get_batch(actor=actor, uid=uid)
    found = (
        BatchProblem.objects.filter(batch_id=batch.id)
        .exclude(severity="info")
        .values("unit")
        .annotate(
            blocks=Count("id", filter=Q(severity="block")),
            doubts=Count("id", filter=Q(severity="warn")),
            lines=Count("line", distinct=True),
        )
        .order_by("-blocks", "-doubts", "unit")
    )
    return [UnitProblems(each["unit"], each["blocks"], each["doubts"], each["lines"]) for each in found]


def list_twins(*, actor: Actor, at: datetime, uid: UUID, decided: bool = False) -> Sequence[TwinRow]:
    """Rows that wait for a decision (with ``decided`` also those that have one and are not stored yet).

    ``NotAllowed``, ``BatchNotFound``.
    """
    batch = get_batch(actor=actor, uid=uid)
    found = BatchRow.objects.filter(batch_id=batch.id, outcome=Outcome.TWIN.value).select_related("person")
    if not decided:
        found = found.filter(decision="")
    waiting = list(found.order_by("line"))
    people = _people({person for row in waiting for person in row.twins}, batch.options.on)
    niks = _niks(people)
    _log(actor, at, [person.uid for person in people.values()])
    why = _asked_again(batch.id)
    return [_twin(row, people, niks, why.get(row.line, ())) for row in waiting]


def _batches() -> Any:
    twin = Q(rows__outcome=Outcome.TWIN.value)
    same = Q(rows__decision=TwinDecision.SAME.value)
    earlier = Batch.objects.filter(
        kind=OuterRef("kind"), sha256=OuterRef("sha256"), pk__lt=OuterRef("pk"), checked_user__isnull=False
    ).exclude(checked_user=OuterRef("checked_user"))
    return Batch.objects.annotate(
        open_twins=Count("rows", filter=twin & Q(rows__decision="")),
        decided=Count("rows", filter=twin & ~Q(rows__decision="")),
        decided_same=Count("rows", filter=twin & same),
        first_by=Coalesce(
            Subquery(earlier.order_by("pk").values("checked_by")[:1]), Value(""), output_field=TextField()
        ),
    )


def _views(actor: Actor, batches: Sequence[Any]) -> dict[int, BatchView]:
    """As the actor sees them, by row id."""
    ids = [batch.pk for batch in batches]
    brought, own = find_brought(actor, ids), find_own(actor, ids)
    return {batch.pk: _view(actor, batch, batch.pk in brought, batch.pk in own) for batch in batches}


def _view(actor: Actor, batch: Any, brought: bool, own: bool) -> BatchView:
    outcomes = batch.counts.get("outcomes", {})
    altering = int(batch.counts.get("altering", 0))  # none any more once it is stored
    account = actor.user_id is not None
    return BatchView(
        batch.pk, batch.uid, BatchKind(batch.kind), batch.name, batch.sha256, batch.size,
        BatchOptions.of(batch.options), BatchState(batch.state),
        {outcome: int(outcomes.get(outcome.value, 0)) for outcome in Outcome},
        batch.counts.get("written", {}), batch.problems, batch.stage, batch.done, batch.total, batch.failure,
        batch.checked_by, batch.checked_at, batch.applied_by, batch.applied_at, batch.recalled_by,
        batch.undone_by, batch.undone_at, batch.reason, batch.open_twins, altering + batch.decided_same,
        batch.decided,
        second=account and not brought and not own, own=own, first_by=batch.first_by,
        mine=account and batch.checked_user_id in (None, actor.user_id),
        altered=bool(batch.counts.get("altered")),
        may_confirm=policies.is_second(actor, batch.recalled_user_id) and not own, closed_by=batch.closed_by,
        asked_recall=account and batch.recalled_user_id == actor.user_id,
        drops=[DroppedRecall.of(each) for each in batch.drops],
    )  # fmt: skip


def _row(row: BatchRow) -> BatchRowView:
    told = (row.values or {}).get("changes", ())
    changes = [
        (what, date.fromisoformat(since) if since else None, hide_numbers(words))
        for what, since, words in told
    ]
    return BatchRowView(
        row.line, Outcome(row.outcome), hide_numbers(row.label), row.unit,
        row.person.uid if row.person else None, changes,
        row.decision, row.decided_by,
    )  # fmt: skip


def _problem(problem: BatchProblem) -> ProblemView:
    value = _masked(problem.value) if problem.column == "NIK" else hide_numbers(problem.value)
    message = hide_numbers(problem.message)
    return ProblemView(
        problem.severity, problem.code, problem.line, problem.column, value, message, problem.unit
    )


def _masked(text: str) -> str:
    """A NIK as lists show it, with too many or too few digits too; the line tells where the whole one is."""
    return re.sub(r"(?<=\d{6})\d(?=\d{4})", "*", text.strip("'"))


# What a row of the export says of somebody, as far as it helps to tell two people apart.
_SAID = (
    ("nip", "NIP"), ("name", "Nama"), ("birth_place", "Tempat lahir"), ("birth_date", "Tanggal lahir"),
    ("nik", "NIK"), ("kind", "Jenis kepegawaian"), ("golongan", "Golongan"), ("post_name", "Jabatan"),
    ("unit_name", "Unit kerja"), ("opd_name", "Perangkat daerah"),
)  # fmt: skip


def _asked_again(batch: int) -> Mapping[int | None, Sequence[str]]:
    """Why decisions about rows do not hold, by line."""
    told: dict[int | None, list[str]] = {}
    found = BatchProblem.objects.filter(batch_id=batch, code__in=("person_twice", "decision_void"))
    for line, message in found.order_by("id").values_list("line", "message"):
        told.setdefault(line, []).append(message)
    return told


def _twin(
    row: BatchRow, people: Mapping[int, PersonRow], niks: Mapping[UUID, str], problems: Sequence[str]
) -> TwinRow:
    values = row.values or {}
    said = [(title, _text(name, values["row"][name])) for name, title in _SAID if values["row"].get(name)]
    offered = [people[person] for person in row.twins if person in people]
    return TwinRow(
        row.line, hide_numbers(row.label), row.unit, values.get("why", ""), said, offered,
        {person.uid: niks[person.uid] for person in offered if person.uid in niks}, row.decision,
        row.decided_by, row.person.uid if row.person else None, () if row.decision else problems,
    )  # fmt: skip


def _text(name: str, value: str) -> str:
    if name == "birth_date":
        return format_date(date.fromisoformat(value))
    return str(masked(name, value))


def _people(ids: set[int], on: date) -> dict[int, PersonRow]:
    known = Known(on)
    found = fetch(
        f"SELECT {rows.COLUMNS} {rows.source(known, '')} WHERE p.id = ANY(%(ids)s)",
        rows.params(known) | {"ids": list(ids)},
    )
    shown = {values[0]: rows.person_row(values) for values in found}
    return {person: replace(row, nip=masked("nip", row.nip)) for person, row in shown.items()}


def _niks(people: Mapping[int, PersonRow]) -> dict[UUID, str]:
    found = fetch(
        "SELECT DISTINCT ON (person_id) person_id, nik FROM people_identity "
        "WHERE superseded_at IS NULL AND nik IS NOT NULL AND person_id = ANY(%(ids)s) "
        "ORDER BY person_id, period DESC",
        {"ids": list(people)},
    )
    return {people[person].uid: Nik.parse(nik).masked for person, nik in found}


def _log(actor: Actor, at: datetime, subjects: Sequence[UUID]) -> None:
    access.log_read(actor=actor, at=at, path="people.batch", subjects=subjects)


def list_decisions(*, actor: Actor, uid: UUID) -> Mapping[str, tuple[str, int | None, str]]:
    """What was decided about possible twins in all files, by NIP of the row: decision, id of the person, by
    whom; what was decided in the file itself (``uid``) counts, else the last one. For imports.
    ``NotAllowed``."""
    policies.require_import(actor)
    found = fetch(
        "SELECT r.values->'row'->>'nip', r.decision, r.person_id, r.decided_by FROM people_batchrow r "
        "JOIN people_batch b ON b.id = r.batch_id "
        "WHERE r.decision <> '' AND cardinality(r.twins) > 0 ORDER BY b.uid = %(uid)s, r.id",
        {"uid": uid},
    )
    return {nip: (decision, person, by) for nip, decision, person, by in found}
