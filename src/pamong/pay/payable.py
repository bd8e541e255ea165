"""Which runs a month may be paid from: of one kind, no mere comparison and, for real, no example."""

from __future__ import annotations

from django.db.models import QuerySet

from pamong.pay.choices import Mode, RunState
from pamong.pay.models import Run


def is_payable(run: Run, *, demo: bool) -> bool:
    """Whether lists may be made of a run: published, and no comparison; an example only where the whole
    site is one."""
    modes = {Mode.REAL.value} | ({Mode.DEMO.value} if demo else set())
    return run.state == RunState.PUBLISHED.value and run.mode in modes


def is_same(one: Run | None, other: Run) -> bool:
    """Whether a run is of the same government, and meant the same way, as another."""
    return one is not None and (one.mode, one.profile) == (other.mode, other.profile)


def runs_like(run: Run) -> QuerySet[Run]:
    """The published runs of the same month and kind, the newest first."""
    same = Run.objects.filter(month=run.month, mode=run.mode, profile=run.profile)
    return same.filter(state=RunState.PUBLISHED.value).order_by("-id")
