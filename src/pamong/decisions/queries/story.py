"""One decision as a story: facts, gates then and now, people with their offices and times, the order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pamong.access import policies as access_policies
from pamong.access import services as access
from pamong.decisions import models, policies
from pamong.decisions.addressing import Turn as Reached
from pamong.decisions.addressing import turn_of
from pamong.decisions.choices import Answer, OrderEndKind, Part, Reach, Stage, State, Verdict
from pamong.decisions.errors import DecisionNotFound, Objected, ObjectionNotFound
from pamong.decisions.services import common
from pamong.decisions.sql import path_of_unit, seat_labels
from pamong.decisions.types import Attached, Case, Gate, Kind, Step, Told, kind_of
from pamong.documents import store
from pamong.documents.media import media_type
from pamong.kernel.actor import Actor
from pamong.people.queries import within
from pamong.people.services import reading


@dataclass(frozen=True, slots=True)
class GateView:
    """A gate at its last stage. ``before`` is what it said earlier, where that is something else."""

    gate: Gate
    stage: Stage
    reason: str = ""
    before: Gate | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class StepView:
    """A step, with who answered it; ``act`` None: it is still to come. ``waits``: it is the present one."""

    title: str
    part: Part
    office: str
    waits: bool
    act: ActView | None


@dataclass(frozen=True, slots=True)
class ActView:
    """An answer as it was given. ``changed`` is the case as that official would have it, if otherwise."""

    name: str
    office: str
    answer: Answer
    reason: str
    reach: Reach
    late: bool
    at: datetime
    changed: Told | None


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """An objection; ``answer`` says what satisfied it. ``own``: the actor may lift it."""

    uid: UUID
    by: str
    text: str
    filed_name: str
    filed_at: datetime
    lifted_at: datetime | None
    answer: str
    own: bool


@dataclass(frozen=True, slots=True)
class OrderLine:
    """The order that came of it, and how it ended, if it did."""

    uid: UUID
    number: str
    title: str
    dated_on: Any
    late: bool
    ended: OrderEndKind | None
    by_number: str
    by: UUID | None


@dataclass(frozen=True, slots=True)
class Turn:
    """What the actor may answer now. ``seen`` goes back with the form. ``stopped``: why he can't agree to it
    as it stands; then only the other answers are left. ``content`` is where a change of it begins."""

    step: str
    part: Part
    answers: Sequence[Answer]
    seen: str
    reach: Reach
    stopped: Sequence[str]
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """A decision with all that a page shows. ``person`` is the id of whom it is about; '' for none. ``file``
    is the name of what was handed in with it, '' where the actor may not open it, or there is none.
    ``withdrawal``: why it was taken back."""

    uid: UUID
    kind: str
    kind_title: str
    told: Told
    proposed: Told
    person: UUID | None
    person_name: str
    state: State
    reason: str
    entered_name: str
    entered_at: datetime
    due_at: datetime | None
    overdue: bool
    gates: Sequence[GateView]
    steps: Sequence[StepView]
    objections: Sequence[ObjectionView]
    order: OrderLine | None
    turn: Turn | None
    about_actor: bool
    may_withdraw: bool
    may_object: bool
    closed_at: datetime | None
    withdrawal: str
    basis: int | None
    file: str


def find_visible(actor: Actor, decision: UUID, at: datetime | None = None) -> models.Decision:
    """A decision that the actor may see; with ``at`` also one that waits for him then. ``DecisionNotFound``
    also where he may not."""
    row = models.Decision.objects.select_related("person").filter(uid=decision).first()
    if row is None or not (_sees(actor, row) or (at is not None and _turn(actor, row, at) is not None)):
        raise DecisionNotFound
    return row


def require_visible(*, actor: Actor, at: datetime, decision: UUID) -> None:
    """``DecisionNotFound`` unless the actor may see a decision; for pages that tell more of it. A look is
    theirs to log."""
    find_visible(actor, decision, at)


def get_story(*, actor: Actor, at: datetime, decision: UUID) -> Story:
    """A decision as a story; a look at somebody else's is logged. ``DecisionNotFound``."""
    row = models.Decision.objects.select_related("person").filter(uid=decision).first()
    if row is None:
        raise DecisionNotFound
    turn = _turn(actor, row, at)
    if turn is None and not _sees(actor, row):
        raise DecisionNotFound
    kind, case = kind_of(row.kind), common.case_of(row, actor, at)
    step = common.step_of(row.steps[row.place])
    gates = kind.gates(case) if turn is not None and step.part is Part.SIGN else ()
    if row.person is not None and row.person_id != actor.person_id:
        access.log_read(actor=actor, at=at, path="decisions:story", subjects=[row.person.uid])
    now = _now(row, step, turn.reach, gates, case.content) if turn else None
    return _story(actor, at, row, kind, now, gates, _attached(actor, row, kind, at, turn))


def read_attachment(*, actor: Actor, at: datetime, decision: UUID) -> tuple[str, bytes]:
    """The type and the bytes of the file that was handed in with a decision; logged as a look at whom it is
    about. ``DecisionNotFound``, also where it is not the actor's to open."""
    row = models.Decision.objects.select_related("person").filter(uid=decision).first()
    file = None if row is None else _attached(actor, row, kind_of(row.kind), at, _turn(actor, row, at))
    if row is None or file is None:
        raise DecisionNotFound
    if row.person is not None and row.person_id != actor.person_id:
        access.log_read(actor=actor, at=at, path="decisions:file", subjects=[row.person.uid])
    data = store.read(file.sha256)
    return media_type(data), data


def get_proposed_story(*, actor: Actor, at: datetime, decision: UUID) -> Story:
    """The same for who proposed it alone, as only he may take it back. ``DecisionNotFound``."""
    if not models.Decision.objects.filter(uid=decision, entered_by_id=actor.user_id or 0).exists():
        raise DecisionNotFound
    return get_story(actor=actor, at=at, decision=decision)


def get_story_of_objection(*, actor: Actor, at: datetime, objection: UUID) -> Story:
    """The decision that an open objection of the actor's holds up. ``ObjectionNotFound``."""
    row = models.Objection.objects.select_related("decision").filter(uid=objection).first()
    if row is None or row.lifted_at is not None or row.filed_by_id != actor.user_id:
        raise ObjectionNotFound
    return get_story(actor=actor, at=at, decision=row.decision.uid)


def _turn(actor: Actor, row: models.Decision, at: datetime) -> Reached | None:
    return turn_of(actor, row.pk, at) if row.state == State.WAITING.value else None


def _now(
    row: models.Decision, step: Step, reach: Reach, gates: Sequence[Gate], content: Mapping[str, Any]
) -> Turn:
    """The answers that can be given as things stand: what is stopped is changed, deferred or refused; what
    somebody objects to is not signed."""
    stopped = [gate.sentence for gate in gates if gate.verdict.stops]
    signs = step.part is Part.SIGN
    objections = row.objections.filter(lifted_at__isnull=True).values_list("by", flat=True) if signs else ()
    held = [str(Objected(by)) for by in objections]
    shut = {Answer.AGREE} if stopped else set()
    shut |= {Answer.AGREE, Answer.CHANGE} if held else set()
    answers = tuple(answer for answer in step.answers if answer not in shut)
    mark = common.seen_mark(gates)
    return Turn(step.title, step.part, answers, mark, reach, (*held, *stopped), content)


def _story(
    actor: Actor,
    at: datetime,
    row: models.Decision,
    kind: Kind,
    turn: Turn | None,
    gates: Sequence[Gate],
    file: Attached | None,
) -> Story:
    case = common.case_of(row, actor, at)
    waits = row.state == State.WAITING.value
    mine = actor.user_id is not None and row.entered_by_id == actor.user_id
    objects = bool(access_policies.may(actor, policies.OBJECT))
    return Story(
        uid=row.uid, kind=row.kind, kind_title=kind.title, told=kind.tell(case),
        proposed=kind.tell(case.with_content(row.content)),
        person=row.person.uid if row.person else None,
        person_name=reading.names_of([row.person_id]).get(row.person_id, "") if row.person_id else "",
        state=State(row.state), reason=row.reason, entered_name=row.entered_name, entered_at=row.entered_at,
        due_at=row.due_at if waits else None,
        overdue=waits and row.due_at is not None and row.due_at < at,
        gates=_gates(row, gates), steps=_steps(actor, row, kind, case), objections=_objections(actor, row),
        order=_order(row), turn=turn, about_actor=row.person_id == actor.person_id,
        may_withdraw=waits and mine, may_object=waits and objects, closed_at=row.closed_at,
        withdrawal=row.withdrawal, basis=row.basis_id, file=file.name if file else "",
    )  # fmt: skip


def _attached(
    actor: Actor, row: models.Decision, kind: Kind, at: datetime, turn: Reached | None
) -> Attached | None:
    """The file of a decision, where the actor may open it: a doctor's note tells of health, so who only sees
    that there is a decision does not read it."""
    opens = turn is not None or _takes_part(actor, row)
    return kind.attached(common.case_of(row, actor, at)) if opens else None


def _takes_part(actor: Actor, row: models.Decision) -> bool:
    """Who proposed it, whom it is about, and who answered in it."""
    if row.person_id is not None and row.person_id == actor.person_id:
        return True
    return actor.user_id is not None and (
        row.entered_by_id == actor.user_id or row.acts.filter(user_id=actor.user_id).exists()
    )


def _sees(actor: Actor, row: models.Decision) -> bool:
    """Who takes part, whom it turned out to be about, who may see such decisions, who inspects."""
    if _takes_part(actor, row) or access_policies.may_over(actor, policies.READ, ""):
        return True
    return kind_of(row.kind).concerns(actor, row.uid) or _reads(actor, row)


def _reads(actor: Actor, row: models.Decision) -> bool:
    """Who may see such decisions of this person or of this unit; over the whole government where it has
    neither."""
    reads = kind_of(row.kind).reads
    if row.person_id is not None:
        if reads != policies.READ and within(actor, reads, row.person_id):
            return True
        if row.unit_id is None:
            return False
    unit = path_of_unit(row.unit_id, actor.on) if row.unit_id is not None else ""
    return bool(access_policies.may_over(actor, reads, unit))


def _gates(row: models.Decision, now: Sequence[Gate]) -> Sequence[GateView]:
    """Each gate as it was last looked at, with what it said when it was proposed, if that differs."""
    kept: dict[tuple[str, str], models.GateRow] = {
        (each.stage, each.code): each for each in row.gates.order_by("stage", "rank")
    }
    first = {code: _gate(each) for (stage, code), each in kept.items() if stage == Stage.PROPOSED.value}
    signed = [each for (stage, _), each in kept.items() if stage == Stage.SIGNED.value]
    if signed:
        last = [(_gate(each), Stage.SIGNED, each.reason, False) for each in signed]
    elif now:
        last = [(gate, Stage.SIGNED, "", True) for gate in now]
    else:
        last = [(gate, Stage.PROPOSED, "", False) for gate in first.values()]
    return tuple(
        GateView(gate, stage, why, _other(first.get(gate.code), gate), fresh)
        for gate, stage, why, fresh in last
    )


def _other(before: Gate | None, gate: Gate) -> Gate | None:
    return before if before is not None and before.same != gate.same else None


def _gate(row: models.GateRow) -> Gate:
    return Gate(
        row.code, row.title, Verdict(row.verdict), row.sentence, row.value, row.threshold, row.article,
        row.link, row.evidence,
    )  # fmt: skip


def _steps(actor: Actor, row: models.Decision, kind: Kind, case: Case) -> Sequence[StepView]:
    acts = {act.place: act for act in row.acts.order_by("place")}
    steps: list[Step] = [common.step_of(kept) for kept in row.steps]
    labels = seat_labels([s.address.seat for s in steps if s.address.seat is not None], actor.on)
    waiting = row.state == State.WAITING.value
    return tuple(
        StepView(
            step.title, step.part, labels.get(step.address.seat or 0, ""), waiting and place == row.place,
            _act(acts.get(place), kind, case),
        )
        for place, step in enumerate(steps)
    )  # fmt: skip


def _act(act: models.StepAct | None, kind: Kind, case: Case) -> ActView | None:
    if act is None:
        return None
    changed = None if act.change is None else kind.tell(case.with_content(act.change))
    return ActView(
        act.name, act.office, Answer(act.answer), act.reason, Reach(act.reach), act.late, act.at, changed
    )


def _objections(actor: Actor, row: models.Decision) -> Sequence[ObjectionView]:
    return tuple(
        ObjectionView(
            each.uid, each.by, each.text, each.filed_name, each.filed_at, each.lifted_at, each.answer,
            each.lifted_at is None and each.filed_by_id == actor.user_id,
        )
        for each in row.objections.order_by("id")
    )  # fmt: skip


def _order(row: models.Decision) -> OrderLine | None:
    order = models.Order.objects.select_related("end__by").filter(decision=row).first()
    if order is None:
        return None
    end = getattr(order, "end", None)
    other = end.by if end is not None else None
    return OrderLine(
        order.uid, order.number, order.title, order.dated_on, order.late,
        OrderEndKind(end.how) if end is not None else None, other.number if other else "",
        other.uid if other else None,
    )  # fmt: skip
