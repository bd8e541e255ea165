"""Reads of runs: lists, one with its files and totals, its problems, and what differs between two laws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet, Sum

from pamong.access import services as access_services
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.law.engine.evidence import Evidence
from pamong.law.engine.show import rows_of
from pamong.pay import policies
from pamong.pay.calculation import MonthLaw
from pamong.pay.choices import Mode, RunState, SlipState
from pamong.pay.errors import LawMoved
from pamong.pay.models import Run, RunFile, RunProblem, Slip
from pamong.pay.queries.shared import (
    law_of,
    page_of,
    problem_row,
    run_row,
    visible,
    visible_run,
    whole,
)
from pamong.pay.rows import (
    FileRow,
    OpdRow,
    Page,
    ProblemKind,
    ProblemRow,
    RunRow,
    RunView,
    ValueChange,
)

ABSENT = "tidak ada"


def list_runs(*, actor: Actor) -> tuple[RunRow, ...]:
    """All runs, newest month first. Those not published are seen only by who may compute."""
    whole(actor)
    return tuple(run_row(run) for run in visible(actor)[:200])


def get_run(*, actor: Actor, uid: UUID) -> RunRow:
    """One run; RunNotFound also for one that the actor may not see yet."""
    return run_row(visible_run(actor, uid))


def open_run(*, actor: Actor, uid: UUID) -> RunView:
    """One run with its files, its totals by OPD, its kinds of problems and the evidence of its law."""
    return _view(visible_run(actor, uid))


def find_newest(*, actor: Actor) -> RunView | None:
    """The newest run that tells how the site stands, without its files and offices; None without one or
    without that scope.

    A comparison, or a trial with another region's law, tells of something else: it comes only where there
    is nothing better.
    """
    if not policies.reads_all(actor):
        return None
    runs = visible(actor)
    own = runs.filter(profile=_own_profile()).exclude(mode=Mode.SHADOW.value)
    run = own.first() or runs.first()
    # A home page asks for no files and no offices.
    return None if run is None else RunView(run_row(run), (), (), _problem_kinds(run), _evidence(run))


def _own_profile() -> str:
    """The site's region: that of most real runs, else of most runs, else the one that was used first."""
    published = Run.objects.filter(state=RunState.PUBLISHED.value).exclude(mode=Mode.SHADOW.value)
    real = Count("id", filter=Q(mode=Mode.REAL.value))
    used = published.values("profile").annotate(real=real, used=Count("id"), first=Min("id"))
    found = used.order_by("-real", "-used", "first").first()
    return str(found["profile"]) if found else ""


def list_files(*, actor: Actor, uid: UUID) -> tuple[FileRow, ...]:
    """The files that a run read, in their order."""
    return _files(visible_run(actor, uid))


def list_opd(*, actor: Actor, uid: UUID) -> tuple[OpdRow, ...]:
    """Totals by OPD, by name."""
    whole(actor)
    found = _opd(Slip.objects.filter(run__in=visible(actor).filter(uid=uid)))
    return found or _opd(Slip.objects.filter(run=visible_run(actor, uid)))


def list_problems(
    *, actor: Actor, at: datetime, uid: UUID, page: int = 1, severity: str = ""
) -> Page[ProblemRow]:
    """A page of a run's problems, in the order in which they were found; names people, so it is logged."""
    rows = RunProblem.objects.filter(run=visible_run(actor, uid)).order_by("number")
    if severity:
        rows = rows.filter(severity=severity)
    found: Page[ProblemRow] = page_of(rows, page, problem_row)
    if found.rows:
        access_services.log_read(actor=actor, at=at, path=policies.READ, subjects=[uid])
    return found


def compare_law(*, actor: Actor, old: UUID, new: UUID) -> tuple[ValueChange, ...]:
    """The ways and values of the law that two runs differ in, by key.

    RunNotFound; LawMoved if the law of one of them is no longer the one that is loaded.
    """
    before, after = (_values(law_of(visible_run(actor, uid))) for uid in (old, new))
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


def _view(run: Run) -> RunView:
    return RunView(
        run_row(run), _files(run), _opd(Slip.objects.filter(run=run)), _problem_kinds(run), _evidence(run)
    )


def _files(run: Run) -> tuple[FileRow, ...]:
    files = RunFile.objects.filter(run=run).order_by("number")
    return tuple(FileRow(f.kind, f.name, f.sha256, f.size) for f in files)


def _opd(slips: QuerySet[Slip]) -> tuple[OpdRow, ...]:
    rows = (
        slips.values("opd_name")
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
        month = law_of(run)
    except LawMoved:
        return {}  # how well it was known then can't be told any more
    counts = Counter(dated.evidence for _, dated in month.values)
    return {grade: counts[grade] for grade in Evidence if counts[grade]}
