"""Raises are proposed: by the worker for all that fall due in a month, by an officer for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from pamong.access import policies as access
from pamong.career import delays, policies, raises
from pamong.career.choices import Effect
from pamong.career.contents import hash_of, raise_of
from pamong.career.errors import DueNotFound, NoMonth, RaiseWaits
from pamong.career.models import KgbCase, KgbDue
from pamong.decisions import services as decisions
from pamong.decisions.errors import DecisionNotFound
from pamong.decisions.services import Entered
from pamong.decisions.types import Case
from pamong.kernel.actor import Actor
from pamong.kernel.errors import DomainError
from pamong.people.errors import PersonNotFound
from pamong.people.queries import require_person
from pamong.people.services import reading

_KEYS = UUID("5b1f0c52-1f0e-5d44-9a53-6b6762000001")
_STALE = "Data yang menjadi dasarnya berubah, jadi usulan ini tidak berlaku lagi."
_PASSES = (Effect.ALLOW.value, Effect.WARN.value)


@dataclass(frozen=True, slots=True)
class Stuck:
    """A raise that could not be proposed, and why."""

    person: UUID
    why: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What proposing a month did: how many were new, how many waited or had been answered already, how many
    were proposed anew because their facts changed, how many were taken back because they fall due no more,
    and those that could not be proposed."""

    month: date
    made: int
    again: int
    renewed: int
    ended: int
    stuck: Sequence[Stuck]


def propose_due(*, actor: Actor, at: datetime, month: date) -> Proposed:
    """Propose every raise on the list of a month that passes or needs no more than a reason, by the machine;
    one that was answered is proposed anew only when its facts are others. Each by itself: what one lacks
    keeps no other back. ``NotAllowed``, ``NoMonth``.
    """
    access.require_whole(actor, policies.PREPARE)
    if month.day != 1:
        raise NoMonth
    counts = {"made": 0, "again": 0, "renewed": 0, "ended": 0}
    stuck: list[Stuck] = []
    standing = KgbDue.objects.filter(superseded_at__isnull=True, effective_on=month, effect__in=_PASSES)
    people = list(standing.order_by("person_id").values_list("person_id", flat=True))
    uids = reading.uids_of(people)
    for person in people:
        try:
            with transaction.atomic():
                counts[_propose(actor, at, person, month)] += 1
        except DomainError as error:
            stuck.append(Stuck(uids[person], str(error)))
    counts["ended"] = _end_others(actor, at, month, people)
    return Proposed(month, **counts, stuck=tuple(stuck))


@transaction.atomic
def prepare_raise(*, actor: Actor, at: datetime, due: UUID, key: UUID) -> Entered:
    """Propose one raise of the list, by an officer within whose reach it lies.

    ``DueNotFound``, ``RaiseWaits``, ``NotAllowed``, ``ContentUnfit``, ``GatesBlock``, ``NobodyDecides``.
    """
    row = _due(actor, due)
    code = raises.code_for(row.kind, row.effective_on)
    content = {"effective_on": row.effective_on.isoformat()}
    return decisions.propose(
        actor=actor, at=at, kind=code, key=key, content=content, person=row.person_id
    )  # fmt: skip


@transaction.atomic
def prepare_delay(*, actor: Actor, at: datetime, due: UUID, key: UUID, until: date, reason: str) -> Entered:
    """Propose that one raise of the list is delayed for performance, before ``until``, and why.

    ``DueNotFound``, ``RaiseWaits``, ``NotAllowed``, ``ContentUnfit``, ``GatesBlock``, ``NobodyDecides``.
    """
    row = _due(actor, due)
    content: Mapping[str, Any] = {
        "effective_on": row.effective_on.isoformat(), "until": until.isoformat(), "reason": reason
    }  # fmt: skip
    return decisions.propose(
        actor=actor, at=at, kind=delays.CODE, key=key, content=content, person=row.person_id
    )  # fmt: skip


def _due(actor: Actor, uid: UUID) -> KgbDue:
    row = KgbDue.objects.select_related("person").filter(uid=uid, superseded_at__isnull=True).first()
    if row is None:
        raise DueNotFound
    try:
        require_person(actor, policies.PREPARE, row.person.uid)
    except PersonNotFound as error:
        raise DueNotFound from error
    return row


def _propose(actor: Actor, at: datetime, person: int, month: date) -> str:
    """One raise; says what came of it. Locked by the person: of two workers the second finds it done."""
    reading.lock_person(person)
    case = Case(_KEYS, "", person, None, {}, None, None, actor.on, at)
    found = raise_of(case, month).content
    says = hash_of(found)
    latest = KgbCase.objects.filter(person_id=person).order_by("-id").first()
    if latest is not None and latest.says == says:
        return "again"
    renewed = latest is not None and latest.closed_at is None
    if latest is not None and renewed:
        _retract(actor, at, latest)
    # What is proposed once more after its facts changed and changed back is another form than the first.
    key = uuid5(_KEYS, f"{person}:{found['due_on']}:{says}:{latest.pk if latest else 0}")
    decisions.propose(
        actor=actor, at=at, kind=raises.code_for(found["kind"], month), person=person, key=key,
        content={"effective_on": month.isoformat()},
    )  # fmt: skip
    return "renewed" if renewed else "made"


def _end_others(actor: Actor, at: datetime, month: date, people: Sequence[int]) -> int:
    """Take back what the machine proposed for a month in which it falls due no more: who died, retired, or
    was promoted since. How many."""
    waiting = KgbCase.objects.filter(
        closed_at__isnull=True, effective_on=month, kind__in=raises.CODES.values()
    ).exclude(person_id__in=people)
    ended = 0
    for each in waiting:
        try:
            _retract(actor, at, each)
            ended += 1
        except RaiseWaits:
            continue  # an officer's own: its gates say now why it can't be signed
    return ended


def _retract(actor: Actor, at: datetime, latest: KgbCase) -> None:
    """Take back the machine's own; what an officer proposed he takes back himself. ``RaiseWaits``."""
    try:
        decisions.retract(actor=actor, at=at, decision=latest.decision, reason=_STALE)
    except DecisionNotFound as error:
        raise RaiseWaits from error
