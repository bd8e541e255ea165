"""Leaves by their documents: entered, changed or cancelled by one, agreed by another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from pamong.access import policies as access
from pamong.access.errors import NotAllowed
from pamong.attendance.choices import ExcuseKind, ExcusePart, ExcuseSource, Register
from pamong.attendance.errors import PaperNotFound, PaperUnfit
from pamong.attendance.services import NewExcuse, Told, papers, set_excuses
from pamong.attendance.services.papers import NOTHING_MORE, Desk
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.leave import policies
from pamong.leave.choices import KINDS, PARTS
from pamong.leave.models import LeaveEntry
from pamong.leave.values import Leave
from pamong.ledger.choices import PaperAct
from pamong.people.queries import outside_scope, require_person

_DECIDED = "Cuti ini diputuskan pejabat yang berwenang. Perubahannya diajukan dari halaman cuti pegawainya."
_OWN = "Cuti Anda sendiri dimasukkan petugas lain, bukan oleh Anda."


@transaction.atomic
def enter_leave(*, actor: Actor, at: datetime, person: UUID, leave: Leave, told: Told = NOTHING_MORE) -> UUID:
    """Enter somebody's leave; it holds once another person agrees.

    ``PersonNotFound``, ``NotAllowed`` (one's own too), ``PaperUnfit``, ``PaperOverlaps``, ``FileUnsuitable``.
    """
    person_id = require_person(actor, policies.ENTER, person)
    if person_id == actor.person_id:
        raise NotAllowed(_OWN)
    return papers.enter(
        DESK, actor=actor, at=at, values=values_of(leave, person_id), persons=[person_id], told=told
    )


@transaction.atomic
def change_leave(*, actor: Actor, at: datetime, paper: UUID, leave: Leave, told: Told) -> UUID:
    """Ask that a leave is shorter, longer or otherwise; the leave that holds stays until another agrees.

    ``PaperNotFound``, ``PaperHeld``, and as above.
    """
    before = _held(actor, paper)
    values = values_of(leave, before.person_id)
    return papers.enter(
        DESK, actor=actor, at=at, values=values, persons=[before.person_id], told=told, before=before,
        act=PaperAct.CHANGE,
    )  # fmt: skip


@transaction.atomic
def cancel_leave(*, actor: Actor, at: datetime, paper: UUID, reason: str) -> UUID:
    """Ask that a leave holds no more. As above."""
    _held(actor, paper)
    return papers.cancel(DESK, actor=actor, at=at, paper=paper, reason=reason)


def values_of(leave: Leave, person_id: int) -> dict[str, object]:
    """What is stored of a leave. ``PaperUnfit``."""
    papers.require_service([person_id], checked(leave))
    return fields_of(leave, person_id)


def fields_of(leave: Leave, person_id: int) -> dict[str, Any]:
    """The same for a leave that was looked at."""
    days = checked(leave)
    return {
        "person_id": person_id, "kind": leave.kind.value, "period": DateRange(days.start, days.end),
        "part": leave.part.value, "number": leave.number.strip(), "dated_on": leave.dated_on,
    }  # fmt: skip


def checked(leave: Leave) -> Period:
    """The days of a leave that can be, whoever takes it. ``PaperUnfit``."""
    if leave.kind not in KINDS:
        raise PaperUnfit("Pilih jenis cuti dari daftar.", "kind")
    if leave.part not in PARTS:
        raise PaperUnfit("Pilih bagian hari dari daftar.", "part")
    if not leave.number.strip():
        raise PaperUnfit("Nomor surat cuti belum diisi.", "number")
    return papers.days_of(leave.first, leave.last)


def excuse_of(entry: LeaveEntry) -> NewExcuse:
    """What a leave that holds excuses."""
    days = Period(entry.period.lower, entry.period.upper)
    return NewExcuse(entry.person_id, ExcuseKind(entry.kind), days, ExcusePart(entry.part))


def _held(actor: Actor, paper: UUID) -> Any:
    access.require(actor, policies.ENTER)
    before = papers.standing(DESK, paper)
    if outside_scope(actor, policies.ENTER, [before.person_id]):
        raise PaperNotFound
    if before.person_id == actor.person_id:
        raise NotAllowed(_OWN)
    if before.decision is not None:
        raise NotAllowed(_DECIDED)
    return before


def _more(entry: LeaveEntry, persons: Sequence[int]) -> None:
    """Whom it is about stands in the entry itself."""


def _hold(actor: Actor, at: datetime, entry: LeaveEntry, basis: int) -> None:
    excuses = [] if entry.act == PaperAct.CANCEL.value else [excuse_of(entry)]
    set_excuses(
        actor=actor, at=at, basis=basis, source=ExcuseSource.LEAVE, source_uid=entry.document, excuses=excuses
    )


DESK = Desk(
    Register.LEAVE,
    LeaveEntry,
    policies.ENTER,
    policies.VERIFY,
    lambda entry: [entry.person_id],
    _more,
    _hold,
    elsewhere="decision",
)
