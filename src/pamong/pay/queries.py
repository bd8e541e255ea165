"""Reads of pay. Each takes the actor first, starts from the actor's scope and logs whose data were read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.period import month_period
from pamong.law.engine.errors import LawError
from pamong.law.engine.evidence import Evidence
from pamong.law.engine.explain import Reason, explain
from pamong.law.engine.formulas import FORMULAS
from pamong.law.engine.law import load_formulas, load_law
from pamong.law.engine.show import rows_of
from pamong.pay import policies
from pamong.pay.calculation import MonthLaw, days_of, month_law, segments_of
from pamong.pay.choices import LineKind, Mode, RunState, SlipState
from pamong.pay.errors import LawMoved, RunNotFound, SlipNotFound
from pamong.pay.models import Run, RunFile, RunProblem, Slip, SlipLine
from pamong.pay.rows import (
    FileRow,
    LineRow,
    OpdRow,
    Page,
    ProblemKind,
    ProblemRow,
    RunRow,
    RunView,
    SlipRow,
    SlipView,
    ValueChange,
)

__all__ = [
    "ABSENT",
    "FileRow",
    "LineRow",
    "OpdRow",
    "Page",
    "ProblemKind",
    "ProblemRow",
    "RunRow",
    "RunView",
    "SlipRow",
    "SlipView",
    "ValueChange",
    "compare_law",
    "explain_slip",
    "find_newest",
    "get_run",
    "get_run_of_slip",
    "get_slip",
    "list_files",
    "list_opd",
    "list_problems",
    "list_runs",
    "list_slips",
    "open_run",
]

PAGE = 50
ABSENT = "tidak ada"


def list_runs(*, actor: Actor) -> tuple[RunRow, ...]:
    """All runs, newest month first. Those not published are seen only by who may compute."""
    _whole(actor)
    return tuple(_run_row(run) for run in _visible(actor)[:200])


def get_run(*, actor: Actor, uid: UUID) -> RunRow:
    """One run; RunNotFound also for one that the actor may not see yet."""
    return _run_row(_run(actor, uid))


def open_run(*, actor: Actor, uid: UUID) -> RunView:
    """One run with its files, its totals by OPD, its kinds of problems and the evidence of its law."""
    return _view(_run(actor, uid))


def find_newest(*, actor: Actor) -> RunView | None:
    """The run of the newest month that the actor may see; None without one or without that scope."""
    if not policies.reads_all(actor):
        return None
    run = _visible(actor).first()
    return None if run is None else _view(run)


def list_files(*, actor: Actor, uid: UUID) -> tuple[FileRow, ...]:
    """The files that a run read, in their order."""
    return _files(_run(actor, uid))


def list_opd(*, actor: Actor, uid: UUID) -> tuple[OpdRow, ...]:
    """Totals by OPD, by name."""
    return _opd(_run(actor, uid))


def list_problems(*, actor: Actor, uid: UUID, page: int = 1, severity: str = "") -> Page[ProblemRow]:
    """A page of a run's problems, in the order in which they were found."""
    rows = RunProblem.objects.filter(run=_run(actor, uid)).order_by("number")
    if severity:
        rows = rows.filter(severity=severity)
    return _page(rows, page, _problem_row)


def list_slips(
    *,
    actor: Actor,
    at: datetime,
    uid: UUID,
    page: int = 1,
    search: str = "",
    state: str = "",
    opd: str = "",
) -> Page[SlipRow]:
    """A page of a run's slips by OPD, unit and name; `search` looks in names, NIP and units."""
    run = _run(actor, uid)
    rows = Slip.objects.filter(run=run).order_by("number")
    for word in search.split():
        rows = rows.filter(Q(name__icontains=word) | Q(nip__startswith=word) | Q(unit_name__icontains=word))
    if state:
        rows = rows.filter(state=state)
    if opd:
        rows = rows.filter(opd_name=opd)
    found = _page(rows, page, _slip_row)
    subjects = [row.uid for row in found.rows]
    access_services.log_read(actor=actor, at=at, path=policies.READ, subjects=subjects)
    return found


def get_slip(*, actor: Actor, at: datetime, uid: UUID) -> SlipView:
    """One slip of a published run; logged as a look at that person's pay."""
    slip = _slip(actor, at, uid)
    lines = SlipLine.objects.filter(slip=slip).order_by("number")
    return SlipView(
        slip=_slip_row(slip),
        kind=slip.kind,
        post_name=slip.post_name,
        pay_group=slip.pay_group,
        ceiling=slip.ceiling,
        earned=slip.earned,
        tax=slip.tax,
        health=slip.health,
        lines=tuple(_line_row(line) for line in lines),
        run=_run_row(slip.run),
    )


def get_run_of_slip(*, actor: Actor, uid: UUID) -> RunRow:
    """The published run that a slip belongs to; tells nothing of the person, so nothing is logged."""
    _whole(actor)
    found = Run.objects.filter(slips__uid=uid, state=RunState.PUBLISHED.value).first()
    if found is None:
        raise SlipNotFound
    return _run_row(found)


def explain_slip(*, actor: Actor, at: datetime, uid: UUID, code: str = "tpp_net") -> Reason:
    """*Dari mana angka ini?* for one line of a slip, worked out again from the stored facts and the same law.

    SlipNotFound for an unknown slip or line; LawMoved if the law that is loaded is no longer that of the run.
    """
    slip = _slip(actor, at, uid)
    month = _law_of(slip.run)
    if code not in month.plan.outputs:
        raise SlipNotFound
    names = (
        RunFile.objects.filter(run=slip.run, kind="punches").order_by("number").values_list("name", flat=True)
    )
    return explain(_trace(month, json.loads(slip.input.facts), tuple(names)).value(code))


def compare_law(*, actor: Actor, old: UUID, new: UUID) -> tuple[ValueChange, ...]:
    """The ways and values of the law that two runs differ in, by key.

    RunNotFound; LawMoved if the law of one of them is no longer the one that is loaded.
    """
    before, after = (_values(_law_of(_run(actor, uid))) for uid in (old, new))
    found = []
    for key in sorted(before.keys() | after.keys()):
        title, had = before.get(key, ("", {}))
        title, has = after.get(key, (title, {}))
        rows = [(row, had.get(row, ABSENT), has.get(row, ABSENT)) for row in {**had, **has}]
        changed = tuple(row for row in rows if row[1] != row[2])
        if changed:
            found.append(ValueChange(key, title, changed))
    return tuple(found)


def _values(month: MonthLaw) -> dict[str, tuple[str, dict[str, str]]]:
    """By key: a title, and the words of each part of the value. The ways have the empty key."""
    found: dict[str, tuple[str, dict[str, str]]] = {"": ("Cara menghitung", dict(month.law.profile.methods))}
    for parameter, dated in month.values:
        rows = found.setdefault(parameter.key, (parameter.title, {}))[1]
        since = "" if dated.since <= month.month.start else f", mulai {format_date(dated.since)}"
        rows |= {f"{row}{since}": text for row, text in rows_of(parameter, dated)}
    return found


def _law_of(run: Run) -> MonthLaw:
    """The law that a run used; LawMoved if it is not the one that is loaded now, or can't be loaded."""
    try:
        month = month_law(run.profile, run.overlay, month_period(run.month.year, run.month.month))
        same = month.fingerprint == run.fingerprint
    except LawError as error:
        raise LawMoved from error
    if not same:
        raise LawMoved
    return month


def _trace(month: MonthLaw, facts: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return month.plan.trace(
        facts["person"], segment=segments_of(facts), day=list(days_of(facts, month.month, names))
    )


def _visible(actor: Actor) -> QuerySet[Run]:
    runs = Run.objects.order_by("-month", "-id")
    return runs if _may_run(actor) else runs.filter(state=RunState.PUBLISHED.value)


def _view(run: Run) -> RunView:
    return RunView(_run_row(run), _files(run), _opd(run), _problem_kinds(run), _evidence(run))


def _files(run: Run) -> tuple[FileRow, ...]:
    files = RunFile.objects.filter(run=run).order_by("number")
    return tuple(FileRow(f.kind, f.name, f.sha256, f.size) for f in files)


def _opd(run: Run) -> tuple[OpdRow, ...]:
    rows = (
        Slip.objects.filter(run=run)
        .values("opd_name")
        .annotate(
            people=Count("id"),
            computed=Count("id", filter=Q(net__isnull=False)),
            held=Count("id", filter=Q(state=SlipState.HELD.value)),
            total=Sum("net"),
        )
        .order_by("opd_name")
    )
    return tuple(OpdRow(r["opd_name"], r["people"], r["computed"], r["held"], r["total"] or 0) for r in rows)


def _problem_kinds(run: Run) -> tuple[ProblemKind, ...]:
    """Most of them first within a severity; what keeps something out first."""
    kinds = RunProblem.objects.filter(run=run).values("severity", "code").annotate(count=Count("number"))
    found = (ProblemKind(kind["severity"], kind["code"], kind["count"]) for kind in kinds)
    order = ("block", "warn", "info")
    return tuple(sorted(found, key=lambda kind: (order.index(kind.severity), -kind.count, kind.code)))


def _evidence(run: Run) -> Mapping[Evidence, int]:
    try:
        month = _law_of(run)
    except LawMoved:
        return {}  # how well it was known then can't be told any more
    counts = Counter(dated.evidence for _, dated in month.values)
    return {grade: counts[grade] for grade in Evidence if counts[grade]}


def _whole(actor: Actor) -> None:
    """Until people and units are known to the system, pay is read for the whole government or not at all."""
    if not access.scoped(actor, policies.READ).whole:
        raise NotAllowed(
            "Peran Anda belum mencakup seluruh pemerintah daerah, jadi rincian ini tidak bisa dibuka."
        )


def _may_run(actor: Actor) -> bool:
    return bool(policies.may_run(actor))


def _run(actor: Actor, uid: UUID) -> Run:
    _whole(actor)
    run = Run.objects.filter(uid=uid).first()
    if run is None or (run.state != RunState.PUBLISHED.value and not _may_run(actor)):
        raise RunNotFound
    return run


def _slip(actor: Actor, at: datetime, uid: UUID) -> Slip:
    _whole(actor)
    slip = (
        Slip.objects.select_related("run", "input")
        .filter(uid=uid, run__state=RunState.PUBLISHED.value)
        .first()
    )
    if slip is None:
        raise SlipNotFound
    access_services.log_read(actor=actor, at=at, path=policies.READ, subjects=[slip.uid])
    return slip


def _page(rows: Any, number: int, make: Any) -> Page[Any]:
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(1, number), pages)
    part = rows[(number - 1) * PAGE : number * PAGE]
    return Page(tuple(make(row) for row in part), number, pages, total)


def _run_row(run: Run) -> RunRow:
    name, zone = _region(run.profile)
    same = ("uid", "month", "profile", "started_by", "started_at", "published_at", "stage", "done")
    more = (
        "people",
        "computed",
        "held",
        "elsewhere",
        "problems",
        "gross",
        "tax",
        "health",
        "net",
        "ceiling",
        "earned",
    )
    return RunRow(
        **{name: getattr(run, name) for name in (*same, *more, "fingerprint", "slips_hash", "failure")},
        profile_name=name,
        zone=zone,
        mode=Mode(run.mode),
        state=RunState(run.state),
    )


def _region(profile: str) -> tuple[str, str]:
    """A region's name and zone. A run outlives the folder that its rules came from."""
    try:
        found = load_law(profile).profile
    except LawError:
        return profile, str(settings.PAMONG_ZONE)
    return found.name, found.zone


def _problem_row(row: RunProblem) -> ProblemRow:
    return ProblemRow(
        row.number,
        row.severity,
        row.code,
        row.file,
        row.line,
        row.column,
        row.value,
        row.message,
        row.subject,
    )


def _slip_row(slip: Slip) -> SlipRow:
    same = (
        "uid",
        "number",
        "nip",
        "name",
        "golongan",
        "job_class",
        "unit_name",
        "opd_name",
        "reason",
        "gross",
        "net",
    )
    return SlipRow(**{name: getattr(slip, name) for name in same}, state=SlipState(slip.state))


def _line_row(line: SlipLine) -> LineRow:
    load_formulas()  # a fresh process has read none yet
    versions = FORMULAS.get(line.code, [])
    title = next((v.title for v in versions if v.method == line.method), line.code)
    return LineRow(LineKind(line.kind), line.code, title, line.method, line.amount)
