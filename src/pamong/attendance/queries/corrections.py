"""Requests to correct a day: one's own, those that wait for the actor, those that nobody answered in time.

Names are those of today; what was said stays as it was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from pamong.access import policies as access_policies
from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.attendance import policies
from pamong.attendance.choices import CorrectionState, CorrectionStepKind, ExcuseKind, ExcusePart
from pamong.attendance.correcting.reading import Told, is_concerned, refused_turn, told_of
from pamong.attendance.errors import AttachmentNotFound, CorrectionNotFound
from pamong.attendance.models import Attachment, Correction
from pamong.attendance.queries.facts import OWNED
from pamong.attendance.sql import fetch
from pamong.attendance.vouches import Vouch
from pamong.documents import store
from pamong.kernel.actor import Actor
from pamong.law.engine.plan import Law
from pamong.people.queries import full_name
from pamong.people.queries.scope import condition

_MOST_OWN = 400
# Open requests of those who have one of these seats above them.
_BELOW = """
WITH RECURSIVE up AS (
  SELECT c.id, a.seat_id, 0 AS depth FROM attendance_correction c
  JOIN people_appointment a ON a.person_id = c.person_id AND a.kind = 'regular' AND a.superseded_at IS NULL
    AND a.period @> %(on)s::date
  WHERE c.state = 'open'
  UNION ALL
  SELECT up.id, l.superior_id, up.depth + 1 FROM up JOIN organisation_line l ON l.seat_id = up.seat_id
    AND l.superseded_at IS NULL AND l.period @> %(on)s::date
  WHERE up.depth < 24
)
SELECT DISTINCT id FROM up WHERE depth > 0 AND seat_id = ANY(%(seats)s)
"""
_OPEN = "SELECT c.id FROM attendance_correction c WHERE c.state = 'open' AND {where}"
_NAMED = """
SELECT p.id, p.uid, i.name, i.front_title, i.back_title FROM people_person p
LEFT JOIN people_identity i ON i.person_id = p.id AND i.superseded_at IS NULL AND i.period @> %(on)s::date
WHERE p.id = ANY(%(ids)s)
"""
# What machines and people told of some days, by person.
_TAPPED = """
SELECT d.person_id, d.on, o.local_at, o.vouch FROM unnest(%(ids)s::bigint[], %(days)s::date[])
  AS d (person_id, "on")
JOIN LATERAL ({owned} AND p.at >= d.on - interval '1 day' AND p.at < d.on + interval '2 days'
  AND COALESCE(p.person_id, n.person_id) = d.person_id AND p.local_on = d.on) o ON TRUE
ORDER BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A file that shows something, as a page tells it."""

    uid: UUID
    name: str
    size: int
    media_type: str

    @classmethod
    def of(cls, file: Attachment) -> Shown:
        """A file that was attached."""
        return cls(file.uid, file.name, file.size, file.media_type)


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a request; ``by`` '' where the time ran out, then ``post`` tells whose."""

    step: CorrectionStepKind
    by: str
    post: str
    note: str
    due_on: date | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class TurnView:
    """Who is to answer, until when; ``name`` '' is the personnel office."""

    name: str
    post: str
    due_on: date
    overdue: bool


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A request with all that happened to it. ``turn`` None: it is closed. ``refusal``: why the actor does
    not answer it, '' where he does; ``tapped``: wall times of that day, where they are told, and on whose
    word they stand, None where a machine tells."""

    uid: UUID
    person: UUID
    name: str
    own: bool
    on: date
    came: time | None
    left: time | None
    left_next: bool
    kind: ExcuseKind | None
    part: ExcusePart | None
    reason: str
    attachment: Shown | None
    state: CorrectionState
    asked_at: datetime
    steps: Sequence[StepView]
    turn: TurnView | None
    refusal: str
    tapped: Sequence[tuple[datetime, Vouch | None]] = ()

    @property
    def answers(self) -> bool:
        """Whether the actor is to answer it."""
        return self.turn is not None and not self.refusal

    @property
    def appeals(self) -> bool:
        """Whether its owner may still appeal."""
        kinds = {each.step for each in self.steps}
        return self.own and self.state is CorrectionState.REFUSED and CorrectionStepKind.APPEALED not in kinds


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many requests wait for the actor, and until when the first of them is to be answered."""

    count: int = 0
    due_on: date | None = None


def list_own_corrections(*, actor: Actor, at: datetime, law: Law) -> Sequence[CorrectionView]:
    """The actor's own requests, the newest first. ``NotAllowed``."""
    access_policies.require(actor, policies.ASK)
    if actor.person_id is None:
        return ()
    rows = Correction.objects.filter(person_id=actor.person_id).order_by("-id")[:_MOST_OWN]
    return _views(actor, at, told_of(actor, list(_with_files(rows)), law))


def list_waiting_corrections(*, actor: Actor, at: datetime, law: Law) -> Sequence[CorrectionView]:
    """What the actor is to answer, the most urgent first, each with what was recorded on its day; the look is
    logged. ``NotAllowed``."""
    _require_answers(actor)
    views = _views(actor, at, _mine(actor, law), log="attendance.corrections")
    return _with_taps(sorted(views, key=lambda view: (view.turn.due_on if view.turn else actor.on, view.on)))


def list_overdue_corrections(*, actor: Actor, at: datetime, law: Law) -> Sequence[CorrectionView]:
    """Open requests within the actor's reach that went up because nobody answered in time, or that wait
    beyond their time; the look is logged. ``NotAllowed``."""
    found = told_of(actor, _settled(actor), law)
    late = [told for told in found if told.turn is not None and _late(told, actor.on)]
    views = _views(actor, at, late, log="attendance.corrections")
    return sorted(views, key=lambda view: (view.turn.due_on if view.turn else actor.on, view.on))


def count_waiting_corrections(*, actor: Actor, law: Law) -> Waiting:
    """How much waits for the actor; nothing for who answers nobody."""
    if not any(access_policies.may(actor, each) for each in (policies.ANSWER, policies.SETTLE)):
        return Waiting()
    turns = [told.turn for told in _mine(actor, law) if told.turn is not None]
    return Waiting(len(turns), min((turn.due_on for turn in turns), default=None))


def get_correction(*, actor: Actor, at: datetime, uid: UUID, law: Law) -> CorrectionView:
    """One request: for its owner, for who is to answer it or was, and for the personnel office; the look is
    logged. ``CorrectionNotFound``."""
    told = _visible(actor, Correction.objects.filter(uid=uid), law)
    if told is None:
        raise CorrectionNotFound
    return _with_taps(_views(actor, at, [told], log="attendance.correction"))[0]


def read_correction_file(*, actor: Actor, at: datetime, uid: UUID, law: Law) -> tuple[Shown, bytes]:
    """A file that a request shows, for whoever sees the request; the look is logged. ``AttachmentNotFound``,
    ``FileLost``."""
    told = _visible(actor, Correction.objects.filter(attachment__uid=uid), law)
    if told is None:
        raise AttachmentNotFound
    _views(actor, at, [told], log="attendance.correction_file")
    file: Any = told.row.attachment
    return Shown.of(file), store.read(file.sha256)


def find_open_correction(*, actor: Actor, on: date) -> UUID | None:
    """The actor's own request about a day that waits for its answer. ``NotAllowed``."""
    access_policies.require(actor, policies.ASK)
    if actor.person_id is None:
        return None
    rows = Correction.objects.filter(person_id=actor.person_id, on=on, state=CorrectionState.OPEN.value)
    return rows.values_list("uid", flat=True).first()


def _require_answers(actor: Actor) -> None:
    if not access_policies.may(actor, policies.SETTLE):
        access_policies.require(actor, policies.ANSWER)


def _mine(actor: Actor, law: Law) -> list[Told]:
    """Open requests that the actor is to answer."""
    ids = (
        {row for (row,) in fetch(_BELOW, {"on": actor.on, "seats": list(actor.seats)})}
        if actor.seats
        else set()
    )
    rows = {row.pk: row for row in _with_files(Correction.objects.filter(pk__in=ids))}
    if access_policies.may(actor, policies.SETTLE):
        rows |= {row.pk: row for row in _settled(actor)}
    found = told_of(actor, list(rows.values()), law)
    return [told for told in found if told.turn and refused_turn(actor, told, told.turn) is None]


def _settled(actor: Actor) -> list[Correction]:
    """Open requests within the reach of an officer of the personnel office."""
    where, params = condition(actor, access.scoped(actor, policies.SETTLE), "c.person_id")
    ids = [row for (row,) in fetch(_OPEN.format(where=where), params)]
    return list(_with_files(Correction.objects.filter(pk__in=ids)))


def _with_files(rows: Any) -> Any:
    return rows.select_related("attachment")


def _late(told: Told, today: date) -> bool:
    turn = told.turn
    went_up = any(step.step == CorrectionStepKind.ESCALATED.value for step in told.steps)
    return turn is not None and (went_up or bool(turn.passed) or today > turn.due_on)


def _visible(actor: Actor, rows: Any, law: Law) -> Told | None:
    """The first of these requests that the actor may see."""
    found = told_of(actor, list(_with_files(rows)), law)
    return next((told for told in found if is_concerned(actor, told)), None)


def _views(actor: Actor, at: datetime, found: Sequence[Told], log: str = "") -> list[CorrectionView]:
    ids = {told.row.person_id for told in found}
    people = {
        person: (uid, full_name(name, front, back) if name else "")
        for person, uid, name, front, back in fetch(_NAMED, {"ids": list(ids), "on": actor.on})
    }
    subjects = {people[told.row.person_id][0] for told in found if told.row.person_id != actor.person_id}
    if log:
        access_services.log_read(actor=actor, at=at, path=log, subjects=sorted(subjects))
    return [_view(actor, told, *people[told.row.person_id]) for told in found]


def _view(actor: Actor, told: Told, person: UUID, name: str) -> CorrectionView:
    row: Any = told.row
    turn = told.turn
    refused = refused_turn(actor, told, turn) if turn else None
    return CorrectionView(
        row.uid, person, name, row.person_id == actor.person_id, row.on, row.came, row.left, row.left_next,
        ExcuseKind(row.kind) if row.kind else None, ExcusePart(row.part) if row.part else None, row.reason,
        Shown.of(row.attachment) if row.attachment else None, CorrectionState(row.state), row.asked_at,
        tuple(_steps(told)), _turn_view(told, actor.on), str(refused) if refused else "",
    )  # fmt: skip


def _steps(told: Told) -> Iterable[StepView]:
    for step in told.steps:
        kind = CorrectionStepKind(step.step)
        yield StepView(kind, step.by_name, step.post, step.note, step.due_on, step.at)
    for each in told.turn.passed if told.turn else ():
        post = f"{each.holder.post}, {each.holder.unit}"
        yield StepView(CorrectionStepKind.ESCALATED, "", post, "", each.due_on, None)


def _turn_view(told: Told, today: date) -> TurnView | None:
    turn = told.turn
    if turn is None:
        return None
    name, post = (turn.holder.name, f"{turn.holder.post}, {turn.holder.unit}") if turn.holder else ("", "")
    return TurnView(name, post, turn.due_on, today > turn.due_on)


def _with_taps(views: Sequence[CorrectionView]) -> list[CorrectionView]:
    """Each with the wall times that were recorded on its day."""
    if not views:
        return []
    uids = dict(
        fetch("SELECT uid, id FROM people_person WHERE uid = ANY(%(u)s)", {"u": [v.person for v in views]})
    )
    asked = {"ids": [uids[view.person] for view in views], "days": [view.on for view in views]}
    taps: dict[tuple[int, date], list[tuple[datetime, Vouch | None]]] = {}
    for person, on, wall, vouch in fetch(_TAPPED.format(owned=OWNED), asked):
        taps.setdefault((person, on), []).append((wall, Vouch(vouch) if vouch else None))
    return [replace(view, tapped=tuple(taps.get((uids[view.person], view.on), ()))) for view in views]
