"""Yearly predicates by their documents: entered, changed or cancelled by one officer, agreed by another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pamong.access import policies as access
from pamong.access.errors import NotAllowed
from pamong.attendance.choices import Register
from pamong.attendance.errors import PaperNotFound, PaperUnfit
from pamong.attendance.services import Told, papers
from pamong.attendance.services.papers import NOTHING_MORE, Desk, Hands
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.ledger.bulk import copy_rows
from pamong.ledger.choices import PaperAct, SealKind
from pamong.people.queries import outside_scope, require_person
from pamong.performance import policies
from pamong.performance.choices import FIRST_YEAR, PredicateKind
from pamong.performance.models import Predicate
from pamong.performance.values import Rated

_OWN = "Predikat Anda sendiri dicatat petugas lain, bukan oleh Anda."


@transaction.atomic
def enter_predicate(
    *, actor: Actor, at: datetime, person: UUID, rated: Rated, told: Told = NOTHING_MORE
) -> UUID:
    """Enter the predicate of somebody's year; it holds once another person agrees.

    ``PersonNotFound``, ``NotAllowed`` (one's own too), ``PaperUnfit``, ``PaperOverlaps``, ``FileUnsuitable``.
    """
    person_id = require_person(actor, policies.RATE, person)
    if person_id == actor.person_id:
        raise NotAllowed(_OWN)
    values = _fields(actor, rated, person_id)
    return papers.enter(DESK, actor=actor, at=at, values=values, persons=[person_id], told=told)


@transaction.atomic
def change_predicate(*, actor: Actor, at: datetime, paper: UUID, rated: Rated, told: Told) -> UUID:
    """Ask that a predicate is another, as after an objection; the one that holds stays until another agrees.

    ``PaperNotFound``, ``PaperHeld``, and as above.
    """
    before = _held(actor, paper)
    if rated.year != before.year:
        raise PaperUnfit("Tahunnya tidak dapat diubah. Batalkan predikat ini dan catat yang baru.", "year")
    values = _fields(actor, rated, before.person_id)
    return papers.enter(
        DESK, actor=actor, at=at, values=values, persons=[before.person_id], told=told, before=before,
        act=PaperAct.CHANGE,
    )  # fmt: skip


@transaction.atomic
def cancel_predicate(*, actor: Actor, at: datetime, paper: UUID, reason: str) -> UUID:
    """Ask that a predicate holds no more. As above."""
    _held(actor, paper)
    return papers.cancel(DESK, actor=actor, at=at, paper=paper, reason=reason)


@transaction.atomic
def take_over_predicates(
    *, actor: Actor, at: datetime, hands: Hands, rows: Sequence[tuple[int, Rated]]
) -> int:
    """Store predicates that were given before this system, each with the id of whose it is, as imported data.
    Returns how many.

    ``NotAllowed`` but from the command line; ``PaperOverlaps`` where one is there already.
    """
    access.require_command_line(actor)
    access.require_whole(actor, policies.AGREE)
    basis = ledger.seal(actor=actor, kind=SealKind.IMPORT, ref=uuid7(at))
    with papers.in_words():
        copy_rows(Predicate, _NAMES, (_held_row(at, hands, basis, *row) for row in rows))
    return len(rows)


_NAMES = (
    "uid", "document", "state", "decided_at", "basis_id", "entered_by_id", "entered_name", "decided_by_id",
    "decided_name", "act", "reason", "file_name", "file_sha256", "file_type", "answer", "person_id", "year",
    "predicate", "number", "dated_on",
)  # fmt: skip


def _held_row(at: datetime, hands: Hands, basis: int, person_id: int, rated: Rated) -> list[Any]:
    uid = uuid7(at)
    known = {
        **papers.held(uid, basis, hands.around([person_id])), "decided_at": at, "act": PaperAct.NEW.value,
        **_values(rated, person_id),
    }  # fmt: skip
    return [known.get(name, "") for name in _NAMES]


def _fields(actor: Actor, rated: Rated, person_id: int) -> dict[str, Any]:
    """``PaperUnfit``."""
    if not FIRST_YEAR <= rated.year < actor.on.year:
        raise PaperUnfit(
            f"Tahun penilaian harus antara {FIRST_YEAR} dan {actor.on.year - 1}, tahun yang sudah selesai.",
            "year",
        )
    if rated.predicate not in list(PredicateKind):
        raise PaperUnfit("Pilih predikat dari daftar.", "predicate")
    if not rated.number.strip():
        raise PaperUnfit("Nomor dokumen penilaian belum diisi.", "number")
    if not rated.year <= rated.dated_on.year <= actor.on.year or rated.dated_on > actor.on:
        raise PaperUnfit(
            "Tanggal dokumen harus sesudah tahunnya dimulai dan tidak melewati hari ini.", "dated_on"
        )
    return _values(rated, person_id)


def _values(rated: Rated, person_id: int) -> dict[str, Any]:
    return {
        "person_id": person_id, "year": rated.year, "predicate": PredicateKind(rated.predicate).value,
        "number": rated.number.strip(), "dated_on": rated.dated_on,
    }  # fmt: skip


def _held(actor: Actor, paper: UUID) -> Any:
    access.require(actor, policies.RATE)
    before = papers.standing(DESK, paper)
    if outside_scope(actor, policies.RATE, [before.person_id]):
        raise PaperNotFound
    if before.person_id == actor.person_id:
        raise NotAllowed(_OWN)
    return before


def _more(entry: Predicate, persons: Sequence[int]) -> None:
    """Whom it is about stands in the entry itself."""


def _hold(actor: Actor, at: datetime, entry: Predicate, basis: int) -> None:
    """Nothing follows from it by itself: who judges a raise asks for it then."""


DESK = Desk(
    Register.PREDICATE,
    Predicate,
    policies.RATE,
    policies.AGREE,
    lambda entry: [entry.person_id],
    _more,
    _hold,
)
