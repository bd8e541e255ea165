"""A month's sheet on its way: tried, stored, handed to a second person, refused, laid aside.

What is in it is read and stored by ``interop``, which knows files; here stands what may become of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pamong.access.errors import NotAllowed
from pamong.access.policies import require_account, require_reason
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.performance import events, policies
from pamong.performance.choices import FileState
from pamong.performance.errors import FileNotFound, SecondNeeded, WrongFileState
from pamong.performance.models import MonthFile

_OPEN = (FileState.CHECKED, FileState.WAITING)


@transaction.atomic
def keep_trial(
    *, actor: Actor, at: datetime, month: date, name: str, sha256: str, size: int, altering: bool,
    counts: Mapping[str, int], problems: Sequence[Mapping[str, Any]],
) -> UUID:  # fmt: skip
    """Note what the trial of a sheet found; nothing of it is stored. ``NotAllowed``."""
    policies.require_import(actor)
    row = MonthFile.objects.create(
        uid=uuid7(at), month=month, name=name, sha256=sha256, size=size, state=FileState.CHECKED.value,
        altering=altering, counts=dict(counts), problems=list(problems), brought_by_id=actor.user_id,
        brought_name=actor.name,
    )  # fmt: skip
    _tell(actor, row, FileState.CHECKED)
    return row.uid


def open_file(*, actor: Actor, uid: UUID, second: bool = False) -> MonthFile:
    """The sheet, held, for who goes on to store it: who brought it, or with ``second`` somebody else.

    ``NotAllowed``, ``FileNotFound``, ``WrongFileState``, ``SecondNeeded``.
    """
    policies.require_import(actor)
    row = MonthFile.objects.select_for_update().filter(uid=uid).first()
    if row is None:
        raise FileNotFound
    if row.state not in _OPEN:
        raise WrongFileState(FileState(row.state).label)
    if second:
        if require_account(actor) == row.brought_by_id:
            raise SecondNeeded
        if not policies.brings_verified(actor):
            raise NotAllowed("Petugas kepegawaian yang menyetujui perubahan isian yang sudah terverifikasi.")
    elif row.brought_by_id != actor.user_id:
        raise NotAllowed("Yang membawa berkas ini yang menyimpannya, atau membawanya ke petugas kedua.")
    return row


def wait_for_second(*, actor: Actor, file: MonthFile) -> None:
    """Hand a sheet to a second person, in the caller's transaction."""
    _move(actor, file, FileState.WAITING, altering=True)


def mark_stored(
    *, actor: Actor, at: datetime, file: MonthFile, basis: int, second: bool, altering: bool,
    counts: Mapping[str, int], told: tuple[int, int, str],
) -> None:  # fmt: skip
    """Note that a sheet is stored: so many months and facts, the hash of all; in the caller's transaction.

    ``SecondNeeded`` where it changes what is in force and who brought it stores it alone.
    """
    if altering and not second:
        raise SecondNeeded
    decided: dict[str, Any] = {}
    if second:
        decided = {"decided_by_id": actor.user_id, "decided_name": actor.name, "decided_at": at}
    MonthFile.objects.filter(pk=file.pk).update(
        state=FileState.STORED.value, basis_id=basis, altering=altering, counts=dict(counts), **decided
    )
    ledger.record(actor=actor, event=events.SheetStored(file.uid, file.month, file.sha256, *told))


@transaction.atomic
def refuse_file(*, actor: Actor, at: datetime, uid: UUID, reason: str) -> None:
    """Do not agree, as the second person, that a sheet is stored. ``ReasonMissing`` and what ``open_file``
    refuses."""
    file = open_file(actor=actor, uid=uid, second=True)
    if file.state != FileState.WAITING.value:
        raise WrongFileState(FileState(file.state).label)
    told = require_reason(reason)
    _move(
        actor, file, FileState.REFUSED, reason=told, answer=told, decided_by_id=actor.user_id,
        decided_name=actor.name, decided_at=at,
    )  # fmt: skip


@transaction.atomic
def discard_file(*, actor: Actor, uid: UUID) -> None:
    """Lay one's own sheet aside. What ``open_file`` refuses."""
    _move(actor, open_file(actor=actor, uid=uid), FileState.DISCARDED)


def _move(actor: Actor, file: MonthFile, state: FileState, *, reason: str = "", **fields: Any) -> None:
    MonthFile.objects.filter(pk=file.pk).update(state=state.value, **fields)
    _tell(actor, file, state, reason)


def _tell(actor: Actor, file: MonthFile, state: FileState, reason: str = "") -> None:
    event = events.SheetMoved(file.uid, file.month, file.sha256, state.value, reason)
    ledger.record(actor=actor, event=event)
