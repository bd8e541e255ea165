"""Requests to correct a day as their owner and those concerned read them, from the decisions about them.

A request and the appeal against its refusal are told as one: what was asked, who answered, how it stands now.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings

from pamong.access import policies as access_policies
from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.attendance import policies
from pamong.attendance.choices import CorrectionState, CorrectionStepKind, ExcuseKind, ExcusePart
from pamong.attendance.correcting.claims import claim_of, day_of
from pamong.attendance.errors import AttachmentNotFound, CorrectionNotFound
from pamong.attendance.models import Attachment, Correction
from pamong.attendance.sql import fetch
from pamong.attendance.vouches import Tap, taps_of
from pamong.decisions.choices import Reach
from pamong.decisions.errors import DecisionNotFound
from pamong.decisions.queries import require_visible
from pamong.documents import store
from pamong.kernel.actor import Actor
from pamong.kernel.clock import local_date
from pamong.people.queries import SeatAbove, list_superiors
from pamong.people.queries.scope import condition
from pamong.people.services import reading

_MOST_OWN = 400
# Who answers, where nobody can be named.
_SUPERIOR, _LAST = "Atasan langsung", "Pejabat Pembina Kepegawaian"
# Of one step each: at most one answer.
_ROWS = """
SELECT c.uid, COALESCE(f.uid, c.uid), c.person_id, c.state, d.content, d.entered_name, d.entered_at, d.due_at,
  d.closed_at, d.waits_seat_id, d.barred, s.name, s.office, s.reason, s.reach, s.at, t.uid, t.name, t.size,
  t.media_type
FROM attendance_correction c JOIN decisions_decision d ON d.uid = c.uid
LEFT JOIN attendance_correction f ON f.id = c.appeals_id
LEFT JOIN decisions_stepact s ON s.decision_id = d.id
LEFT JOIN attendance_attachment t ON t.id = c.attachment_id
WHERE {where}
"""
_OWN = _ROWS.format(where="c.person_id = %(person)s") + "ORDER BY c.id DESC LIMIT %(most)s"
_LATE = "c.state = 'open' AND d.due_at < %(at)s AND {scope}"
_ONE = _ROWS.format(
    where="""%(uid)s IN (c.uid, f.uid)
  OR c.id = (SELECT x.appeals_id FROM attendance_correction x WHERE x.uid = %(uid)s)"""
)


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
    """Who is to answer, until when; ``name`` '' is the personnel office. ``overdue``: the seat above may
    answer as well."""

    name: str
    post: str
    due_on: date
    overdue: bool


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A request with all that happened to it. ``uid`` is the decision as which it stands now, that of its
    appeal if there is one. ``turn`` None: it is closed; ``tapped``: wall times of that day, where they are
    told, and on whose word they stand, None where a machine tells."""

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
    tapped: Sequence[Tap] = ()

    @property
    def appeals(self) -> bool:
        """Whether its owner may still appeal."""
        kinds = {each.step for each in self.steps}
        return self.own and self.state is CorrectionState.REFUSED and CorrectionStepKind.APPEALED not in kinds


@dataclass(frozen=True)
class _Row:
    """A decision about a day, with its answer; ``root`` is the first request of an appeal, else itself."""

    uid: UUID
    root: UUID
    person: int
    state: str
    kept: str
    entered_name: str
    entered_at: datetime
    due_at: datetime
    closed_at: datetime | None
    seat: int | None
    barred: Sequence[int]
    by: str | None
    office: str | None
    note: str | None
    reach: str | None
    at: datetime | None
    file: UUID | None
    file_name: str
    file_size: int
    file_type: str

    @cached_property
    def content(self) -> Mapping[str, Any]:
        """What is decided."""
        content: Mapping[str, Any] = json.loads(self.kept)
        return content

    @property
    def passed(self) -> bool:
        """Whether the seat above answered, as the clock had run out."""
        return self.reach == Reach.ESCALATED.value


def list_own_corrections(*, actor: Actor, at: datetime) -> Sequence[CorrectionView]:
    """The actor's own requests, the newest first. ``NotAllowed``."""
    access_policies.require(actor, policies.ASK)
    if actor.person_id is None:
        return ()
    return _views(actor, at, fetch(_OWN, {"person": actor.person_id, "most": _MOST_OWN}))


def list_overdue_corrections(*, actor: Actor, at: datetime) -> Sequence[CorrectionView]:
    """Open requests within the actor's reach of which the time to answer ran out, the oldest first; whom they
    are about is logged. ``NotAllowed`` but for the personnel office."""
    access_policies.require(actor, policies.SETTLE)
    scope, params = condition(actor, access.scoped(actor, policies.SETTLE), "c.person_id")
    query = _ROWS.format(where=_LATE.format(scope=scope)) + "ORDER BY d.due_at, c.id"
    return _views(actor, at, fetch(query, {"at": at, **params}), log="attendance.corrections")


def get_correction(*, actor: Actor, at: datetime, uid: UUID) -> CorrectionView:
    """One request, by its own id or that of its appeal, for whoever may see the decision; the look is logged.
    ``CorrectionNotFound``."""
    rows = fetch(_ONE, {"uid": uid})
    if not _may_see(actor, at, [row[0] for row in rows]):
        raise CorrectionNotFound
    (view,) = _views(actor, at, rows, log="attendance.correction", tapped=True)
    return view


def read_correction_file(*, actor: Actor, at: datetime, uid: UUID) -> tuple[Shown, bytes]:
    """A file that a request shows, for whoever may see the request; the look is logged.
    ``AttachmentNotFound``, ``FileLost``."""
    rows = Correction.objects.filter(attachment__uid=uid).select_related("attachment").order_by("id")
    if not _may_see(actor, at, [row.uid for row in rows]):
        raise AttachmentNotFound
    file: Any = rows[0].attachment
    subjects = [row.person_id for row in rows if row.person_id != actor.person_id]
    _log(actor, at, "attendance.correction_file", subjects)
    return Shown.of(file), store.read(file.sha256)


def find_open_correction(*, actor: Actor, on: date) -> UUID | None:
    """The actor's own request about a day that waits for its answer. ``NotAllowed``."""
    access_policies.require(actor, policies.ASK)
    if actor.person_id is None:
        return None
    rows = Correction.objects.filter(person_id=actor.person_id, on=on, state=CorrectionState.OPEN.value)
    return rows.values_list("uid", flat=True).first()


def _may_see(actor: Actor, at: datetime, decisions: Iterable[UUID]) -> bool:
    """Whether any of these is open to the actor: who answered the first sees what became of it."""
    for uid in decisions:
        try:
            require_visible(actor=actor, at=at, decision=uid)
        except DecisionNotFound:
            continue
        return True
    return False


def _views(
    actor: Actor, at: datetime, rows: Iterable[Sequence[Any]], log: str = "", *, tapped: bool = False
) -> Sequence[CorrectionView]:
    """The requests of these rows, in their order."""
    found: dict[UUID, list[_Row]] = {}
    for each in (_Row(*row) for row in rows):
        found.setdefault(each.root, []).append(each)
    people = {stages[0].person for stages in found.values()}
    if log:
        _log(actor, at, log, people - {actor.person_id})
    seats = {row.person for stages in found.values() for row in stages if row.closed_at is None or row.passed}
    chains = list_superiors(actor=actor, on=actor.on, persons=seats) if seats else {}
    names, uids = reading.names_of(people), reading.uids_of(people)
    days = {(stages[0].person, day_of(stages[0].content)) for stages in found.values()}
    taps = taps_of(sorted(days)) if tapped else {}
    return [
        _view(actor, at, sorted(stages, key=lambda row: row.entered_at), names, uids, chains, taps)
        for stages in found.values()
    ]


def _log(actor: Actor, at: datetime, path: str, people: Iterable[int]) -> None:
    subjects = sorted(reading.uids_of(list(people)).values())
    access_services.log_read(actor=actor, at=at, path=path, subjects=subjects)


def _view(
    actor: Actor, at: datetime, stages: Sequence[_Row], names: Any, uids: Any, chains: Any, taps: Any
) -> CorrectionView:
    first, last = stages[0], stages[-1]
    claim, on = claim_of(first.content), day_of(first.content)
    file = Shown(first.file, first.file_name, first.file_size, first.file_type) if first.file else None
    chain = chains.get(first.person, ())
    turn = _turn(last, chain, at) if last.closed_at is None else None
    steps = tuple(step for row in stages for step in _steps(row, chain, turn if row is last else None))
    return CorrectionView(
        last.uid, uids[first.person], names.get(first.person, ""), first.person == actor.person_id, on,
        claim.came, claim.left, claim.left_next, claim.kind, claim.part if claim.kind else None,
        first.content["reason"], file, CorrectionState(last.state), first.entered_at, steps, turn,
        taps.get((first.person, on), ()),
    )  # fmt: skip


def _steps(row: _Row, chain: Sequence[SeatAbove], turn: TurnView | None) -> Iterator[StepView]:
    """What happened to one decision; that the clock ran out is told before what came of it."""
    asked = CorrectionStepKind.APPEALED if row.content["appeals"] else CorrectionStepKind.ASKED
    yield StepView(asked, row.entered_name, "", row.content["why"], _due_on(row), row.entered_at)
    if row.passed or (turn is not None and turn.overdue):
        asked_of = next((f"{each.post}, {each.unit}" for each in chain if each.seat_id == row.seat), "")
        yield StepView(CorrectionStepKind.ESCALATED, "", asked_of, "", None, None)
    if row.by is not None:
        agreed = row.state == CorrectionState.AGREED.value
        kind = CorrectionStepKind.AGREED if agreed else CorrectionStepKind.REFUSED
        yield StepView(kind, row.by, row.office or "", row.note or "", None, row.at)
    elif row.state == CorrectionState.WITHDRAWN.value:
        yield StepView(CorrectionStepKind.WITHDRAWN, row.entered_name, "", "", None, row.closed_at)


def _turn(row: _Row, chain: Sequence[SeatAbove], at: datetime) -> TurnView:
    """The first seat from the one that is asked upwards in which somebody sits who may answer."""
    due_on, late = _due_on(row), at > row.due_at
    if row.seat is None:
        return TurnView("", "", due_on, late)
    place = next((place for place, each in enumerate(chain) if each.seat_id == row.seat), None)
    if place is None:  # he has gone to another post since
        return TurnView(_SUPERIOR, "", due_on, late)
    holders = (each.holder for each in chain[place:] if each.holder is not None)
    holder = next((each for each in holders if each.person_id not in row.barred), None)
    if holder is None:
        return TurnView(_LAST, "", due_on, late)
    return TurnView(holder.name, f"{holder.post}, {holder.unit}", due_on, late)


def _due_on(row: _Row) -> date:
    return local_date(row.due_at, settings.PAMONG_ZONE)
