"""What the reads of runs and of slips share: what an actor may see of runs, and rows made from models."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from pamong.access import queries as access
from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor
from pamong.kernel.period import month_period
from pamong.law.engine.errors import LawError
from pamong.law.engine.formulas import FORMULAS
from pamong.law.engine.law import load_formulas, load_law
from pamong.pay import policies
from pamong.pay.calculation import MonthLaw, month_law
from pamong.pay.choices import LineKind, Mode, RunState, SlipState
from pamong.pay.errors import LawMoved, RunNotFound
from pamong.pay.models import Run, RunProblem, Slip, SlipLine
from pamong.pay.rows import (
    LineRow,
    Page,
    ProblemRow,
    RunRow,
    SlipRow,
)

PAGE = 50


def law_of(run: Run) -> MonthLaw:
    """The law that a run used; LawMoved if it is not the one that is loaded now, or can't be loaded."""
    try:
        month = month_law(run.profile, run.overlay, month_period(run.month.year, run.month.month))
        same = month.fingerprint == run.fingerprint
    except LawError as error:
        raise LawMoved from error
    if not same:
        raise LawMoved
    return month


def visible(actor: Actor) -> QuerySet[Run]:
    """The runs that the actor may see, newest month first."""
    runs = Run.objects.order_by("-month", "-id")
    return runs if may_run(actor) else runs.filter(state=RunState.PUBLISHED.value)


def whole(actor: Actor) -> None:
    """Runs as a whole are read by those whose scope is the whole government; others have their own slips."""
    if not access.scoped(actor, policies.READ).whole:
        raise NotAllowed(
            "Peran Anda belum mencakup seluruh pemerintah daerah, jadi rincian ini tidak bisa dibuka."
        )


def may_run(actor: Actor) -> bool:
    """Whether the actor may compute."""
    return bool(policies.may_run(actor))


def visible_run(actor: Actor, uid: UUID) -> Run:
    """One run; RunNotFound also for one that the actor may not see yet."""
    whole(actor)
    run = Run.objects.filter(uid=uid).first()
    if run is None or (run.state != RunState.PUBLISHED.value and not may_run(actor)):
        raise RunNotFound
    return run


def page_of(rows: Any, number: int, make: Any) -> Page[Any]:
    """One page of a queryset, each row made by ``make``."""
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(1, number), pages)
    part = rows[(number - 1) * PAGE : number * PAGE]
    return Page(tuple(make(row) for row in part), number, pages, total)


def run_row(run: Run) -> RunRow:
    """A run as a row."""
    name, zone = region(run.profile)
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


def region(profile: str) -> tuple[str, str]:
    """A region's name and zone. A run outlives the folder that its rules came from."""
    try:
        found = load_law(profile).profile
    except LawError:
        return profile, str(settings.PAMONG_ZONE)
    return found.name, found.zone


def problem_row(row: RunProblem) -> ProblemRow:
    """A problem as a row."""
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


def slip_row(slip: Slip) -> SlipRow:
    """A slip as a row."""
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
        "died_on",
        "payee",
    )
    return SlipRow(**{name: getattr(slip, name) for name in same}, state=SlipState(slip.state))


def line_row(line: SlipLine) -> LineRow:
    """A line as a row, with its title."""
    load_formulas()  # a fresh process has read none yet
    versions = FORMULAS.get(line.code, [])
    title = next((v.title for v in versions if v.method == line.method), line.code)
    return LineRow(LineKind(line.kind), line.code, title, line.method, line.amount)
