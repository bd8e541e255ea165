"""Requests with their steps, and whose turn each of them is, in a few questions for any number of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pamong.access import policies as access
from pamong.access.errors import NotAllowed, OwnCase
from pamong.attendance import policies
from pamong.attendance.choices import CorrectionState, CorrectionStepKind
from pamong.attendance.correcting.days import answer_by
from pamong.attendance.correcting.turns import Step, Turn, whose_turn
from pamong.attendance.models import Correction, CorrectionStep
from pamong.kernel.actor import Actor
from pamong.law.engine.plan import Law
from pamong.people.queries import SeatAbove, list_superiors, outside_scope
from pamong.people.services.reading import relatives_of, relatives_of_all


@dataclass(frozen=True, slots=True)
class Told:
    """A request, what happened to it, and whose turn it is; None where it is closed.

    ``settles``: whether the actor may answer it for the personnel office.
    """

    row: Correction
    steps: Sequence[CorrectionStep]
    turn: Turn | None
    barred: frozenset[int]
    settles: bool


def told_of(actor: Actor, rows: Collection[Correction], law: Law) -> list[Told]:
    """These requests with whose turn each of them is today."""
    steps: dict[int, list[CorrectionStep]] = {row.pk: [] for row in rows}
    for step in CorrectionStep.objects.filter(correction_id__in=steps).order_by("number"):
        steps[step.correction_id].append(step)
    opened = {row.person_id for row in rows if row.state == CorrectionState.OPEN.value}
    chains = list_superiors(actor=actor, on=actor.on, persons=opened) if opened else {}
    owners = {row.person_id for row in rows}
    barred = {own: frozenset({own, *kin}) for own, kin in relatives_of_all(owners).items()}
    settled = _settled(actor, owners - {actor.person_id})
    return [
        Told(
            row,
            steps[row.pk],
            _turn(row, steps[row.pk], chains, barred[row.person_id], actor.on, law),
            barred[row.person_id],
            row.person_id in settled,
        )
        for row in rows
    ]


def _settled(actor: Actor, owners: Collection[int]) -> Collection[int]:
    """Those for whom the actor may answer as the personnel office."""
    if not access.may(actor, policies.SETTLE):
        return ()
    return set(owners) - outside_scope(actor, policies.SETTLE, owners)


def _turn(
    row: Any,
    steps: Sequence[Any],
    chains: Mapping[int, Sequence[SeatAbove]],
    barred: Collection[int],
    today: date,
    law: Law,
) -> Turn | None:
    if row.state != CorrectionState.OPEN.value:
        return None
    kept = [Step(CorrectionStepKind(s.step), s.seat_id, s.person_id, s.due_on) for s in steps]
    return whose_turn(kept, chains[row.person_id], barred=barred, today=today, due_after=answer_by(law))


def is_concerned(actor: Actor, told: Told) -> bool:
    """Whether the actor may see a request: its owner, who answered it or is to answer it, the office."""
    own = actor.person_id
    if own is not None and own in {told.row.person_id, *_hands(told)}:
        return True
    return told.settles


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
    if actor.person_id in turn.heard or not told.settles:
        return NotAllowed("Permintaan ini menunggu jawaban petugas kepegawaian lain.")
    return None


def refused_sheet(actor: Actor, sheet: Any, persons: Collection[int]) -> str:
    """Why the actor does not decide about a list within his reach; '' where he may."""
    if sheet.entered_by_id == actor.user_id:
        return "Anda yang menulis daftar ini. Orang lain yang memeriksanya."
    own = actor.person_id
    if own is not None and own in persons:
        return "Anda sendiri ada di daftar ini. Orang lain yang memeriksanya."
    if persons and not relatives_of(own).isdisjoint(persons):
        return "Keluarga Anda ada di daftar ini. Orang lain yang memeriksanya."
    return ""
