"""An employee asks to correct a day of his, the superior whose turn it is answers, every step is kept.

No punch is ever edited: what was agreed to is added, as an event that people vouch for or as an excuse.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from pamong.access import policies as access_policies
from pamong.attendance import events, policies
from pamong.attendance.choices import CorrectionState, CorrectionStepKind, ExcuseSource
from pamong.attendance.correcting.claims import checked, excuses_of, punches_of, told_claim
from pamong.attendance.correcting.days import answer_by
from pamong.attendance.correcting.reading import Told, is_concerned, refused_turn, told_of
from pamong.attendance.correcting.turns import Turn
from pamong.attendance.errors import (
    CorrectionClosed,
    CorrectionNotFound,
    CorrectionWaits,
    NotRefused,
)
from pamong.attendance.models import Correction, CorrectionStep
from pamong.attendance.services.attaching import own_attachment
from pamong.attendance.services.excusing import set_excuses
from pamong.attendance.services.vouching import vouch
from pamong.attendance.values import Claim
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.law.engine.plan import Law
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind


@transaction.atomic
def ask_correction(
    *,
    actor: Actor,
    at: datetime,
    on: date,
    claim: Claim,
    reason: str,
    attachment: UUID | None = None,
    law: Law,
    zone: str,
) -> UUID:
    """Ask to correct a day of one's own; returns the request's id. ``zone`` where one's unit names no site.

    ``NotAllowed``, ``ReasonMissing``; ``ClaimMissing``, ``ClaimAhead``, ``ClaimBackwards``, ``DayTooOld``,
    ``NotServing``, ``AttachmentNotFound``; ``CorrectionWaits`` where one about that day is open.
    """
    access_policies.require(actor, policies.ASK)
    user_id, person_id = access_policies.require_account(actor), policies.require_person(actor)
    zone = checked(person_id, on, claim, at, zone)
    values = {
        "uid": uuid7(at), "person_id": person_id, "on": on, "zone": zone, "came": claim.came,
        "left": claim.left, "left_next": claim.left_next and claim.left is not None,
        "kind": claim.kind.value if claim.kind else "", "part": claim.part.value if claim.kind else "",
        "reason": access_policies.require_reason(reason), "asked_by_id": user_id,
        "attachment_id": own_attachment(user_id, attachment),
    }  # fmt: skip
    try:
        with transaction.atomic():
            row = Correction.objects.create(**values)
    except IntegrityError as error:
        raise CorrectionWaits(on) from error
    due = answer_by(law)(actor.on)
    _step(actor, row, CorrectionStepKind.ASKED, 1, due_on=due, claim=told_claim(claim))
    return UUID(str(row.uid))


@transaction.atomic
def answer_correction(
    *, actor: Actor, at: datetime, correction: UUID, agree: bool, note: str = "", law: Law
) -> None:
    """Agree to a request, so that what it says is added, or refuse it with a reason.

    ``CorrectionNotFound``, ``CorrectionClosed``, ``NotAllowed`` (another one's turn), ``OwnCase`` (one's own,
    a relative's), ``ReasonMissing``; ``ClaimAhead`` can't be: it was refused when it was asked.
    """
    user_id = access_policies.require_account(actor)
    told = _held(actor, correction, law)
    turn = _require_turn(actor, told)
    number = _note_passed(actor, told, turn)
    kind = CorrectionStepKind.AGREED if agree else CorrectionStepKind.REFUSED
    said = note.strip() if agree else access_policies.require_reason(note)
    if agree:
        _agree(actor, at, told.row, user_id)
    else:
        _close(told.row, CorrectionState.REFUSED, decided_by_id=user_id)
    holder = turn.holder
    more = {"seat_id": holder.seat_id, "post": f"{holder.post}, {holder.unit}"} if holder else {}
    _step(actor, told.row, kind, number, note=said, **more)


@transaction.atomic
def appeal_correction(*, actor: Actor, at: datetime, correction: UUID, reason: str, law: Law) -> None:
    """Take a refusal of one's own request to the next one above, once. ``CorrectionNotFound``,
    ``NotRefused``, ``ReasonMissing``; ``CorrectionWaits`` where one asked anew about that day."""
    access_policies.require_account(actor)
    told = _own(actor, correction, law)
    kinds = {step.step for step in told.steps}
    refused = told.row.state == CorrectionState.REFUSED.value
    if not refused or CorrectionStepKind.APPEALED.value in kinds:
        raise NotRefused
    why = access_policies.require_reason(reason)
    try:
        with transaction.atomic():
            _close(told.row, CorrectionState.OPEN, decided_by_id=None)
    except IntegrityError as error:
        raise CorrectionWaits(told.row.on) from error
    due = answer_by(law)(actor.on)
    _step(actor, told.row, CorrectionStepKind.APPEALED, len(told.steps) + 1, note=why, due_on=due)


@transaction.atomic
def withdraw_correction(*, actor: Actor, at: datetime, correction: UUID, law: Law) -> None:
    """Take back a request of one's own that nobody has answered. ``CorrectionNotFound``,
    ``CorrectionClosed``."""
    access_policies.require_account(actor)
    told = _own(actor, correction, law)
    if told.turn is None:
        raise CorrectionClosed(CorrectionState(told.row.state).label)
    number = _note_passed(actor, told, told.turn)
    _close(told.row, CorrectionState.WITHDRAWN)
    _step(actor, told.row, CorrectionStepKind.WITHDRAWN, number)


def escalate_corrections(*, actor: Actor, at: datetime, law: Law) -> int:
    """Note for every open request whose time to answer ran out, one by one; how many there were.

    What is read says the same before: a job that comes late, or never, changes nothing of whose turn it is.
    ``NotAllowed``.
    """
    access_policies.require_whole(actor, policies.SETTLE)
    opened = Correction.objects.filter(state=CorrectionState.OPEN.value).order_by("pk")
    found = told_of(actor, list(opened), law)
    late = [told.row.uid for told in found if told.turn is not None and told.turn.passed]
    return sum(_escalate(actor, uid, law) for uid in late)


@transaction.atomic
def _escalate(actor: Actor, uid: UUID, law: Law) -> int:
    told = _held(actor, uid, law)
    if told.turn is None or not told.turn.passed:
        return 0
    _note_passed(actor, told, told.turn)
    return 1


def _held(actor: Actor, uid: UUID, law: Law) -> Told:
    """The request, held: one at a time does something about it."""
    row = Correction.objects.select_for_update().filter(uid=uid).first()
    if row is None:
        raise CorrectionNotFound
    return told_of(actor, [row], law)[0]


def _own(actor: Actor, uid: UUID, law: Law) -> Told:
    told = _held(actor, uid, law)
    if actor.person_id is None or told.row.person_id != actor.person_id:
        raise CorrectionNotFound
    return told


def _require_turn(actor: Actor, told: Told) -> Turn:
    if not is_concerned(actor, told):
        raise CorrectionNotFound  # nobody else learns that it is there
    if told.turn is None:
        raise CorrectionClosed(CorrectionState(told.row.state).label)
    refusal = refused_turn(actor, told, told.turn)
    if refusal is not None:
        raise refusal
    return told.turn


def _note_passed(actor: Actor, told: Told, turn: Turn) -> int:
    """Note whose time ran out, before what happens now; the number of the next step."""
    number = len(told.steps) + 1
    for each in turn.passed:
        CorrectionStep.objects.create(
            correction=told.row, number=number, step=CorrectionStepKind.ESCALATED.value,
            person_id=each.holder.person_id, seat_id=each.holder.seat_id,
            post=f"{each.holder.post}, {each.holder.unit}", due_on=each.due_on,
        )  # fmt: skip
        _record(actor, told.row, CorrectionStepKind.ESCALATED, number, due_on=each.due_on)
        number += 1
    return number


def _agree(actor: Actor, at: datetime, row: Any, user_id: int) -> None:
    basis = ledger.seal(actor=actor, kind=SealKind.OFFICE_ENTRY, ref=row.uid)
    if row.kind:
        set_excuses(
            actor=actor, at=at, basis=basis, source=ExcuseSource.CORRECTION, source_uid=row.uid,
            excuses=excuses_of(row),
        )  # fmt: skip
    else:
        vouch(actor=actor, source_uid=row.uid, raw=f"koreksi {row.uid}", punches=punches_of(row))
    _close(row, CorrectionState.AGREED, decided_by_id=user_id, basis_id=basis)


def _close(row: Any, state: CorrectionState, **values: Any) -> None:
    Correction.objects.filter(pk=row.pk).update(state=state.value, **values)


def _step(actor: Actor, row: Any, kind: CorrectionStepKind, number: int, **said: Any) -> None:
    claim = said.pop("claim", None)
    CorrectionStep.objects.create(
        correction=row, number=number, step=kind.value, person_id=actor.person_id, by_id=actor.user_id,
        by_name=actor.name, **said,
    )  # fmt: skip
    _record(actor, row, kind, number, note=said.get("note", ""), claim=claim, due_on=said.get("due_on"))


def _record(actor: Actor, row: Any, kind: CorrectionStepKind, number: int, **said: Any) -> None:
    person = row.person.uid
    event = events.CorrectionStepped(row.uid, number, kind, person, row.on, **said)
    ledger.record(actor=actor, event=event)
