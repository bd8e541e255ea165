"""Proposing a decision, and taking a proposal back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from pamong.access import policies as access
from pamong.access.errors import NotAllowed
from pamong.decisions import events, models, policies
from pamong.decisions.addressing import barred_by
from pamong.decisions.choices import Stage, State
from pamong.decisions.errors import DecisionNotFound, KeyReused, ReasonsMissing
from pamong.decisions.services import common
from pamong.decisions.services.closing import close
from pamong.decisions.types import Case, Gate, Kind, kind_of
from pamong.kernel.actor import OPERATOR, Actor
from pamong.kernel.canonical import canonical_json
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.people.services import reading

SYSTEM = "Sistem"  # who proposed what the law makes automatic


@dataclass(frozen=True, slots=True)
class Entered:
    """A decision that waits, and what its gates said. ``again``: the same form was sent before."""

    uid: UUID
    gates: tuple[Gate, ...]
    again: bool = False


def propose(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    key: UUID,
    content: Mapping[str, Any],
    person: int | None = None,
    unit: int | None = None,
    reason: str = "",
) -> Entered:
    """Propose something to be decided. The same form (``key``) sent twice is one proposal. What the law makes
    automatic the machine may propose: then nobody is its proposer, and it says so.

    ``NotAllowed``, ``ContentUnfit`` and ``GatesBlock`` as the kind says; ``KeyReused``, ``NobodyDecides``.
    """
    known = kind_of(kind)
    user = None if known.automatic and is_machine(actor) else access.require_account(actor)
    with common.all_or_attempt(actor, at):
        case = _case(actor, at, known, content, person, unit)
        known.hold(case)
        if (earlier := _earlier(user, key, kind, case)) is not None:
            return earlier
        gates = tuple(known.gates(case))
        common.refuse_stopped(gates, signing=False)
        return _store(actor, at, known, case, gates, key, reason.strip())


def preview(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    content: Mapping[str, Any],
    person: int | None = None,
    unit: int | None = None,
) -> Sequence[Gate]:
    """What the gates would say; nothing is stored. ``NotAllowed``, ``ContentUnfit``."""
    access.require_account(actor)
    known = kind_of(kind)
    return tuple(known.gates(_case(actor, at, known, content, person, unit)))


@transaction.atomic
def withdraw(*, actor: Actor, at: datetime, decision: UUID, reason: str = "") -> None:
    """Take back what one proposed and what still waits; it stays visible. About somebody else it takes a
    reason. ``DecisionNotFound``, ``DecisionClosed``, ``ReasonsMissing``."""
    user = access.require_account(actor)
    if not models.Decision.objects.filter(uid=decision, entered_by_id=user).exists():
        raise DecisionNotFound
    row = common.waiting(decision)
    if row.person_id != actor.person_id and not policies.says_why(reason):
        raise ReasonsMissing(("reason",), ("penarikan",))
    close(actor=actor, at=at, row=row, state=State.WITHDRAWN, reason=reason.strip())


@transaction.atomic
def retract(*, actor: Actor, at: datetime, decision: UUID, reason: str) -> None:
    """Take back what the machine proposed by itself and what still waits, because its facts have changed; by
    the machine alone. ``NotAllowed``, ``DecisionNotFound``, ``DecisionClosed``."""
    if not is_machine(actor):
        raise NotAllowed("Usulan sistem ditarik oleh sistem sendiri. Petugas menjawabnya pada langkahnya.")
    row = common.waiting(decision)
    if row.entered_by_id is not None:
        raise DecisionNotFound
    close(actor=actor, at=at, row=row, state=State.WITHDRAWN, reason=access.require_reason(reason))


@transaction.atomic
def lapse(*, actor: Actor, at: datetime, decision: UUID, reason: str) -> None:
    """End what waits because another act has changed what it is about. The domain has let the actor do that
    act; it may hold what an answer would wait for, so this waits for nobody.

    ``DecisionNotFound``, ``DecisionClosed``, ``DecisionBusy``.
    """
    row = common.waiting(decision, at_once=True)
    close(actor=actor, at=at, row=row, state=State.WITHDRAWN, reason=reason)


def is_machine(actor: Actor) -> bool:
    """Whether it is the worker or the command line that acts, and no account: it may propose what the law
    makes automatic, and never answers."""
    return actor.user_id is None and actor.has_role(OPERATOR)


def _case(
    actor: Actor, at: datetime, kind: Kind, content: Mapping[str, Any], person: int | None, unit: int | None
) -> Case:
    case = Case(uuid7(at), kind.code, person, unit, content, actor.user_id, actor.person_id, actor.on, at)
    kind.require(actor, case)
    return case.with_content(kind.check(case, content))


def _earlier(user: int | None, key: UUID, kind: str, case: Case) -> Entered | None:
    row = models.Decision.objects.filter(entered_by_id=user, key=key).first()
    if row is None:
        return None
    same = (row.kind, row.person_id, row.unit_id) == (kind, case.person_id, case.unit_id)
    if not same or canonical_json(row.content) != canonical_json(case.content):
        raise KeyReused
    return Entered(row.uid, (), again=True)


def _store(
    actor: Actor, at: datetime, kind: Kind, case: Case, gates: Sequence[Gate], key: UUID, reason: str
) -> Entered:
    steps = tuple(kind.steps(case))
    row = models.Decision(
        uid=case.uid, key=key, kind=kind.code, person_id=case.person_id, unit_id=case.unit_id,
        title=kind.tell(case).title, content=case.content, reason=reason,
        steps=common.kept_steps(kind, steps), odd=common.is_odd(gates), entered_on=case.on,
        entered_by_id=actor.user_id,
        entered_name=SYSTEM if actor.user_id is None else actor.name,
        entered_person_id=actor.person_id, barred=_barred(kind, case),
    )  # fmt: skip
    common.address(row, steps[0], at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "decision_once" not in str(error):
            raise
        raise KeyReused from error
    common.keep_gates(row, Stage.PROPOSED, gates, {})
    ledger.record(actor=actor, event=_proposed(row, kind, gates))
    kind.reserve(actor, case)
    return Entered(row.uid, tuple(gates))


def _barred(kind: Kind, case: Case) -> list[int]:
    kin = reading.relatives_of(case.person_id)
    return barred_by((case.person_id, case.entered_person, *kin, *kind.bars(case)))


def _proposed(row: models.Decision, kind: Kind, gates: Sequence[Gate]) -> events.Proposed:
    return events.Proposed(
        row.uid, row.kind, kind.title, common.person_uid(row.person_id),
        open_content={name: row.content[name] for name in sorted(kind.public) if name in row.content},
        content={name: value for name, value in row.content.items() if name not in kind.public},
        gates=events.verdicts(gates),
    )  # fmt: skip
