"""Requests with their steps, and whose turn each of them is, in a few questions for any number of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pamong.access.errors import NotAllowed, OwnCase
from pamong.attendance import policies
from pamong.attendance.choices import CorrectionState, CorrectionStepKind
from pamong.attendance.correcting.days import answer_by
from pamong.attendance.correcting.turns import Step, Turn, whose_turn
from pamong.attendance.models import Correction, CorrectionStep
from pamong.attendance.sql import fetch
from pamong.kernel.actor import Actor
from pamong.law.engine.plan import Law
from pamong.people.queries import SeatAbove, list_superiors, within

_RELATIVES = """
SELECT person_id, relative_id FROM people_relative WHERE superseded_at IS NULL AND relative_id IS NOT NULL
  AND (person_id = ANY(%(ids)s) OR relative_id = ANY(%(ids)s))
"""


@dataclass(frozen=True, slots=True)
class Told:
    """A request, what happened to it, and whose turn it is; None where it is closed."""

    row: Correction
    steps: Sequence[CorrectionStep]
    turn: Turn | None
    barred: frozenset[int]


def told_of(actor: Actor, rows: Collection[Correction], law: Law) -> list[Told]:
    """These requests with whose turn each of them is today."""
    steps: dict[int, list[CorrectionStep]] = {row.pk: [] for row in rows}
    for step in CorrectionStep.objects.filter(correction_id__in=steps).order_by("number"):
        steps[step.correction_id].append(step)
    opened = {row.person_id for row in rows if row.state == CorrectionState.OPEN.value}
    chains = list_superiors(actor=actor, on=actor.on, persons=opened) if opened else {}
    kin = relatives_of_all({row.person_id for row in rows})
    return [
        Told(
            row,
            steps[row.pk],
            _turn(row, steps[row.pk], chains, kin[row.person_id], actor.on, law),
            frozenset({row.person_id, *kin[row.person_id]}),
        )
        for row in rows
    ]


def relatives_of_all(persons: Collection[int]) -> dict[int, set[int]]:
    """Whom each of these declared as a relative, and who declared him, whenever that was."""
    found: dict[int, set[int]] = {person: set() for person in persons}
    for one, other in fetch(_RELATIVES, {"ids": list(found)}) if found else ():
        for mine, theirs in ((one, other), (other, one)):
            if mine in found:
                found[mine].add(theirs)
    return found


def _turn(
    row: Any,
    steps: Sequence[Any],
    chains: Mapping[int, Sequence[SeatAbove]],
    kin: Collection[int],
    today: date,
    law: Law,
) -> Turn | None:
    if row.state != CorrectionState.OPEN.value:
        return None
    kept = [Step(CorrectionStepKind(s.step), s.seat_id, s.person_id, s.due_on) for s in steps]
    barred = {row.person_id, *kin}
    return whose_turn(kept, chains[row.person_id], barred=barred, today=today, due_after=answer_by(law))


def is_concerned(actor: Actor, told: Told) -> bool:
    """Whether the actor may see a request: its owner, who answered it or is to answer it, the office."""
    own = actor.person_id
    if own is not None and own in {told.row.person_id, *_hands(told)}:
        return True
    return within(actor, policies.SETTLE, told.row.person_id)


def _hands(told: Told) -> set[int | None]:
    """Who has done something about a request, let his time run out, or is to answer it."""
    turn = told.turn
    passed = {each.holder.person_id for each in turn.passed} if turn else set()
    holder = {turn.holder.person_id} if turn and turn.holder else set()
    return {*passed, *holder, *(step.person_id for step in told.steps)}


def refused_turn(actor: Actor, told: Told, turn: Turn) -> NotAllowed | None:
    """Why the actor does not answer an open request; None where it is his turn."""
    if actor.person_id == told.row.person_id or actor.user_id == told.row.asked_by_id:
        return OwnCase("Permintaan ini tentang hari Anda sendiri. Atasan Anda yang menjawabnya.")
    if actor.person_id is not None and actor.person_id in told.barred:
        return OwnCase("Pegawai ini tercatat sebagai keluarga Anda. Orang lain yang menjawabnya.")
    if turn.holder is not None:
        mine = actor.person_id is not None and turn.holder.person_id == actor.person_id
        return None if mine else NotAllowed(f"Permintaan ini menunggu jawaban {turn.holder.name}.")
    if actor.person_id in turn.heard or not within(actor, policies.SETTLE, told.row.person_id):
        return NotAllowed("Permintaan ini menunggu jawaban petugas kepegawaian lain.")
    return None


def refused_sheet(actor: Actor, sheet: Any, persons: Collection[int]) -> str:
    """Why the actor does not decide about a list within his reach; '' where he may."""
    if sheet.entered_by_id == actor.user_id:
        return "Anda yang menulis daftar ini. Orang lain yang memeriksanya."
    own = actor.person_id
    if own is not None and own in persons:
        return "Anda sendiri ada di daftar ini. Orang lain yang memeriksanya."
    if own is not None and not relatives_of_all([own])[own].isdisjoint(persons):
        return "Keluarga Anda ada di daftar ini. Orang lain yang memeriksanya."
    return ""
