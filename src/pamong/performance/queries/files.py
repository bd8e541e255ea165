"""Sheets that were brought, with what their trial found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from pamong.access import services as access_services
from pamong.kernel.actor import Actor
from pamong.kernel.paging import bounded
from pamong.performance import policies
from pamong.performance.choices import FileState
from pamong.performance.errors import FileNotFound
from pamong.performance.models import MonthFile

PAGE = 20
_OPEN = (FileState.CHECKED, FileState.WAITING)


@dataclass(frozen=True, slots=True)
class FileView:
    """A sheet. ``mine``: the actor brought it, and may still store or discard it; ``second``: it waits for
    somebody else, and the actor may be that one."""

    uid: UUID
    month: date
    name: str
    state: FileState
    altering: bool
    counts: Mapping[str, int]
    problems: Sequence[Mapping[str, Any]]
    by: str
    at: datetime
    decided_by: str
    answer: str
    mine: bool
    second: bool


@dataclass(frozen=True, slots=True)
class FilePage:
    """One page of sheets, those that wait first."""

    rows: Sequence[FileView]
    page: int
    last: int


def list_files(*, actor: Actor, page: int = 1) -> FilePage:
    """The sheets that the actor may see: an officer of the whole government all, a clerk his own.
    ``NotAllowed``."""
    rows = _seen(actor).order_by("-id")
    page, last = bounded(page, rows.count(), PAGE)
    return FilePage([_view(actor, row) for row in rows[(page - 1) * PAGE : page * PAGE]], page, last)


def get_file(*, actor: Actor, at: datetime, uid: UUID) -> FileView:
    """One sheet; its problems name people, so that the look is logged, on the sheet. ``NotAllowed``,
    ``FileNotFound``."""
    row = _seen(actor).filter(uid=uid).first()
    if row is None:
        raise FileNotFound
    access_services.log_read(actor=actor, at=at, path="performance.sheet", subjects=[row.uid])
    return _view(actor, row)


def _seen(actor: Actor) -> QuerySet[MonthFile]:
    policies.require_import(actor)
    rows = MonthFile.objects.all()
    return rows if policies.brings_verified(actor) else rows.filter(brought_by_id=actor.user_id)


def _view(actor: Actor, row: MonthFile) -> FileView:
    state = FileState(row.state)
    mine = state in _OPEN and row.brought_by_id == actor.user_id and actor.user_id is not None
    second = (
        state is FileState.WAITING
        and actor.user_id is not None
        and row.brought_by_id != actor.user_id
        and policies.brings_verified(actor)
    )
    return FileView(
        row.uid, row.month, row.name, state, row.altering, row.counts, row.problems, row.brought_name,
        row.brought_at, row.decided_name, row.answer, mine, second,
    )  # fmt: skip
