"""Answering in a step: opinions, checks and signatures; many signatures at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from pamong.access import policies as access
from pamong.decisions import events, models, policies
from pamong.decisions.addressing import Turn, barred_by, turn_of
from pamong.decisions.choices import Answer, Part, Reach, Stage, State, Verdict
from pamong.decisions.errors import (
    ContentUnfit,
    DatedBefore,
    DecisionNotFound,
    GatesChanged,
    NotYours,
    Objected,
    ReasonsMissing,
)
from pamong.decisions.offices import office_of
from pamong.decisions.queries.story import find_visible
from pamong.decisions.services import common
from pamong.decisions.services.closing import close
from pamong.decisions.services.ordering import issue
from pamong.decisions.services.papers import Writing, content_of
from pamong.decisions.types import Case, Gate, Kind, Signed, Step, kind_of
from pamong.kernel.actor import Actor
from pamong.kernel.errors import DomainError
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.people.services import reading

_NOT_YOURS = (
    "Langkah ini bukan giliran Anda. Ia diputuskan oleh {step}; tentang diri sendiri, kerabat, atau usulan "
    "sendiri selalu orang lain."
)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer with its reasons: ``reasons`` by the codes of gates. ``seen`` is the mark of the gates that
    the page showed; None where no page was shown. ``change`` is the content as the official would have it."""

    answer: Answer
    reason: str = ""
    reasons: Mapping[str, str] | None = None
    seen: str | None = None
    change: Mapping[str, Any] | None = None

    def why(self, code: str) -> str:
        """The reason that was written for a gate."""
        return (self.reasons or {}).get(code, "").strip()


@dataclass(frozen=True, slots=True)
class Opened:
    """One that was not signed with the others: it is to be looked at by itself, and why. ``title`` is '' for
    what is not there, or not for the actor."""

    uid: UUID
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class SignedMany:
    """What came of many at once: those that were signed, those that went on to the next step after a check,
    and those to be opened."""

    signed: tuple[UUID, ...]
    opened: tuple[Opened, ...]
    checked: tuple[UUID, ...] = ()


def answer(*, actor: Actor, at: datetime, decision: UUID, given: Given) -> State:
    """Answer in the step for which a decision waits; returns how it stands then. With the signature its gates
    are looked at again, the order is numbered and its effects begin, all or nothing.

    ``DecisionNotFound``, ``DecisionClosed``, ``NotYours``, ``ReasonsMissing``, ``ContentUnfit``,
    ``GatesBlock``, ``GatesChanged``, ``Objected``, ``DatedBefore``, and what the kind itself refuses.
    """
    access.require_account(actor)
    with common.all_or_attempt(actor, at):
        return _answer(actor, at, common.waiting(decision), given)


def _answer(actor: Actor, at: datetime, row: models.Decision, given: Given) -> State:
    turn = _turn(actor, row, at)
    step = common.step_of(row.steps[row.place])
    kind = kind_of(row.kind)
    case = _changed(kind, common.case_of(row, actor, at), step, given)
    gates = _gates(kind, case, row, step, given)
    act = _keep(actor, row, step, turn, given, case, at)
    _tell(actor, row, kind, act, gates, given)
    if step.part is not Part.SIGN:
        return _go_on(actor, at, row, step, given)
    if given.answer.ends:
        _refuse(actor, at, row, given)
        return State.REFUSED
    return _seal(actor, at, kind, Writing(row, case, act, gates), given)


def sign_many(*, actor: Actor, at: datetime, decisions: Sequence[UUID]) -> SignedMany:
    """Sign or check those that wait for the actor with all gates simply met, each by itself; the odd ones
    come back with what is odd, to be opened. What he may not see comes back without a title."""
    done: dict[State, list[UUID]] = {State.SEALED: [], State.WAITING: []}
    opened: list[Opened] = []
    for uid in dict.fromkeys(decisions):
        try:
            title = find_visible(actor, uid, at).title
        except DecisionNotFound as error:
            opened.append(Opened(uid, "", str(error)))
            continue
        try:
            with transaction.atomic():
                state = _answer_plain(actor, at, uid)
            done[state].append(uid)
        except DomainError as error:
            opened.append(Opened(uid, title, str(error)))
    return SignedMany(tuple(done[State.SEALED]), tuple(opened), tuple(done[State.WAITING]))


def _answer_plain(actor: Actor, at: datetime, uid: UUID) -> State:
    row = common.waiting(uid)
    kind, step = kind_of(row.kind), common.step_of(row.steps[row.place])
    _turn(actor, row, at)
    if not kind.at_once(step.part):
        raise NotYours(f"{kind.title} dijawab satu per satu. Buka dulu, lalu putuskan.")
    odd = [gate for gate in kind.gates(common.case_of(row, actor, at)) if gate.verdict is not Verdict.ALLOW]
    if odd:
        raise ContentUnfit(" ".join(gate.sentence for gate in odd))
    return answer(actor=actor, at=at, decision=uid, given=Given(Answer.AGREE))


def _turn(actor: Actor, row: models.Decision, at: datetime) -> Turn:
    """By what reach the step is the actor's. ``NotYours``: declared relatives are asked anew, also those
    declared since it was proposed."""
    found = turn_of(actor, row.pk, at)
    if found is None or (row.person_id is not None and row.person_id in reading.near(actor.person_id)):
        step = common.step_of(row.steps[row.place])
        raise NotYours(_NOT_YOURS.format(step=step.title.lower()))
    return found


def _changed(kind: Kind, case: Case, step: Step, given: Given) -> Case:
    if given.answer not in step.answers:
        raise ContentUnfit("Jawaban ini tidak tersedia pada langkah ini. Pilih dari tombol yang ada.")
    if policies.needs_reason(given.answer) and not policies.says_why(given.reason):
        raise ReasonsMissing(("reason",), (given.answer.label.lower(),))
    if given.answer is not Answer.CHANGE:
        return case
    if given.change is None:
        raise ContentUnfit("Isi perubahannya, misalnya tanggal yang lain.")
    return case.with_content(kind.check(case, given.change))


def _gates(kind: Kind, case: Case, row: models.Decision, step: Step, given: Given) -> Sequence[Gate]:
    """The gates as of now, where something is signed; refused where one stops it or lacks its reason."""
    if step.part is not Part.SIGN or given.answer.ends:
        return ()
    objection = row.objections.filter(lifted_at__isnull=True).first()
    if objection is not None:
        raise Objected(objection.by)
    kind.hold(case)
    gates = tuple(kind.gates(case))
    common.refuse_stopped(gates, signing=True)
    if given.seen is not None and given.answer is Answer.AGREE and given.seen != common.seen_mark(gates):
        raise GatesChanged
    bare = [g for g in gates if g.verdict is Verdict.WARN and not policies.says_why(given.why(g.code))]
    if bare:
        raise ReasonsMissing([gate.code for gate in bare], [gate.title for gate in bare])
    return gates


def _keep(
    actor: Actor, row: models.Decision, step: Step, turn: Turn, given: Given, case: Case, at: datetime
) -> models.StepAct:
    changed = dict(case.content) if given.answer is Answer.CHANGE else None
    return models.StepAct.objects.create(
        uid=uuid7(at), decision=row, place=row.place, step=step.code, part=step.part.value,
        answer=given.answer.value, reason=given.reason.strip(), change=changed,
        user_id=access.require_account(actor), person_id=actor.person_id, name=actor.name,
        office=office_of(actor, row, step, turn), seat_id=turn.seat, reach=turn.reach.value,
        late=turn.reach is Reach.ESCALATED or (row.due_at is not None and at > row.due_at),
    )  # fmt: skip


def _tell(
    actor: Actor, row: models.Decision, kind: Kind, act: models.StepAct, gates: Sequence[Gate], given: Given
) -> None:
    event = events.Answered(
        row.uid, row.kind, kind.title, common.person_uid(row.person_id), step=act.step, answer=act.answer,
        office=act.office, reach=act.reach, reason=act.reason, gates=events.verdicts(gates),
        reasons={g.code: why for g in gates if (why := given.why(g.code))}, content=act.change or {},
    )  # fmt: skip
    ledger.record(actor=actor, event=event)


def _go_on(actor: Actor, at: datetime, row: models.Decision, step: Step, given: Given) -> State:
    """On to the next step. A check that fails ends it; an opinion never does: the signer hears it."""
    if step.part is Part.VERIFY and given.answer.ends:
        _refuse(actor, at, row, given)
        return State.REFUSED
    row.place += 1
    row.barred = barred_by((*row.barred, actor.person_id))
    common.address(row, common.step_of(row.steps[row.place]), at)
    row.save(update_fields=["place", "barred", "waits_seat", "waits_permission", "waits_unit", "due_at"])
    return State.WAITING


def _refuse(actor: Actor, at: datetime, row: models.Decision, given: Given) -> None:
    said = given.reason.strip()
    close(actor=actor, at=at, row=row, state=State.REFUSED, answer=given.answer, said=said)


def _seal(actor: Actor, at: datetime, kind: Kind, writing: Writing, given: Given) -> State:
    """The content of its order is made first: what can't be printed is not signed, and takes no number."""
    row, case, gates, paper = writing.row, writing.case, writing.gates, kind.paper
    if case.on < row.entered_on:
        raise DatedBefore(row.entered_on)
    said = content_of(paper, writing) if paper else {}
    common.keep_gates(row, Stage.SIGNED, gates, {gate.code: given.why(gate.code) for gate in gates})
    basis = ledger.seal(actor=actor, kind=SealKind.DECISION, ref=row.uid)
    order = None
    if paper:
        order = issue(
            actor=actor, at=at, writing=writing, kind=kind, paper=paper, said=said, basis=basis,
            late=paper.late(case),
        )  # fmt: skip
    number, uid = (order.number, order.uid) if order else ("", None)
    kind.apply(Signed(actor, case, basis, number, case.on, uid))
    row.state, row.basis_id, row.closed_at = State.SEALED.value, basis, Now()
    row.odd, row.title = row.odd or common.is_odd(gates), kind.tell(case).title
    row.save(update_fields=["state", "basis", "closed_at", "odd", "title"])
    return State.SEALED


__all__ = ["Given", "Opened", "SignedMany", "answer", "sign_many"]
