"""Acts of two officers: one proposes after a preview, another approves or refuses after one of his own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from pamong.access import queries as access
from pamong.access.errors import OwnCase, UserNotFound
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.organisation import events, holders, models, policies
from pamong.organisation.acts import lock, new_seal
from pamong.organisation.choices import ActKind, ProposalState
from pamong.organisation.errors import (
    AnswerMissing,
    PreviewMoved,
    ProposalClosed,
    ProposalNotFound,
    Refused,
    SeatNotFound,
    UnitNotFound,
    problem,
    refuse,
)
from pamong.organisation.queries.proposals import get_proposal
from pamong.organisation.reorganising.preview import Preview
from pamong.organisation.services.rehearsing import rehearse
from pamong.organisation.services.replaying import Asked, replay

_STATES = ProposalState


@dataclass(frozen=True, slots=True)
class Told:
    """What goes with a proposed act: why, by which order (its number and date, where there is one), and what
    its form told in words."""

    reason: str
    order_no: str = ""
    order_on: date | None = None
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal by its id; ``fresh``: it was made only now."""

    uid: UUID
    fresh: bool


def preview_act(*, actor: Actor, at: datetime, asked: Asked) -> Preview:
    """What an act would do, and all that stands in its way; nothing is stored. What the service of its kind
    raises but ``Refused``."""
    return rehearse(actor=actor, on=asked.on, act=lambda: replay(actor=actor, at=at, asked=asked))


@transaction.atomic
def propose_act(*, actor: Actor, at: datetime, asked: Asked, told: Told, seen: str, key: UUID) -> Proposed:
    """Let an act wait for a second officer, under ``key`` as its id. Nothing is stored where it was proposed
    before with this key, or where the actor's own proposal of the same act waits already: it is that one.
    ``seen`` is the mark of the preview that the actor looked at.

    ``NotAllowed``, ``PreviewMoved``, ``ProposalNotFound`` for the key of somebody else; ``Refused`` with all
    problems, also where nothing would change.
    """
    user_id = policies.require_account(actor)
    lock()
    found = models.Proposal.objects.filter(uid=key).first()
    if found is not None:
        _own(actor, found)
        return Proposed(key, fresh=False)
    refuse([] if told.reason.strip() else [problem("reason_missing", "Alasan belum diisi.")])
    _still(preview_act(actor=actor, at=at, asked=asked), seen)
    same: dict[str, Any] = {
        "kind": asked.kind.value, "unit": _unit_of(asked), "seat": _seat_of(asked), "on": asked.on,
        "values": dict(asked.values), "proposed_by_id": user_id,
    }  # fmt: skip
    if earlier := models.Proposal.objects.filter(**same, state=_STATES.WAITING.value).first():
        return Proposed(earlier.uid, fresh=False)
    made = models.Proposal.objects.create(
        **same, uid=key, summary=told.summary, reason=told.reason.strip(), order_no=told.order_no.strip(),
        order_on=told.order_on, proposed_name=actor.name,
    )  # fmt: skip
    _tell(actor, made, events.ActProposed, made.reason)
    return Proposed(key, fresh=True)


def preview_proposal(*, actor: Actor, at: datetime, proposal: UUID) -> Preview:
    """What a proposal that waits would do as of now, in the name of who asks. ``ProposalNotFound``,
    ``ProposalClosed``; ``NotAllowed`` where the act itself is beyond his part."""
    get_proposal(actor=actor, uid=proposal)
    found = _waiting(proposal)
    return rehearse(actor=actor, on=found.on, act=lambda: _carry_out(actor, at, found, None))


@transaction.atomic
def approve_proposal(*, actor: Actor, at: datetime, proposal: UUID, seen: str, answer: str = "") -> None:
    """Carry a proposal out in the name of its second officer, on one seal. ``seen`` is the mark of the
    preview that he looked at.

    ``ProposalNotFound``, ``ProposalClosed``, ``NotAllowed`` (his own, his own seat, another part of the
    government), ``PreviewMoved``; ``Refused`` where it can't be carried out any more: it goes on waiting.
    """
    lock()
    found = _deciding(actor, proposal)
    _still(preview_proposal(actor=actor, at=at, proposal=proposal), seen)
    basis = new_seal(actor, at, found.uid)
    _carry_out(actor, at, found, basis)
    _close(actor, found, _STATES.APPLIED, answer.strip(), basis)
    _tell(actor, found, events.ActApproved, answer.strip())


@transaction.atomic
def refuse_proposal(*, actor: Actor, at: datetime, proposal: UUID, answer: str) -> None:
    """Say no, and why. ``ProposalNotFound``, ``ProposalClosed``, ``NotAllowed``, ``AnswerMissing``."""
    found = _deciding(actor, proposal)
    if not answer.strip():
        raise AnswerMissing
    _close(actor, found, _STATES.REFUSED, answer.strip())
    _tell(actor, found, events.ActRefused, answer.strip())


@transaction.atomic
def withdraw_proposal(*, actor: Actor, at: datetime, proposal: UUID) -> None:
    """Take back one's own proposal while it waits. ``ProposalNotFound``, ``ProposalClosed``."""
    found = _locked(proposal)
    _own(actor, found)
    _expect_waiting(found)
    _close(actor, found, _STATES.WITHDRAWN, "")
    _tell(actor, found, events.ActWithdrawn, "")


def _still(preview: Preview, seen: str) -> None:
    """The act can be done, does something, and what somebody has seen: else refused."""
    refuse([each for each in preview.problems if each.severity == "block"])
    if preview.nothing:
        refuse([problem("nothing", "Tidak ada yang berubah.")])
    if preview.mark != seen:
        raise PreviewMoved


def _carry_out(actor: Actor, at: datetime, found: models.Proposal, basis: int | None) -> None:
    """The very act that was proposed; its proposer must not have come to hold the seat that it is about."""
    _apart(actor, found)
    replay(actor=actor, at=at, asked=_asked(found), basis=basis)


def _apart(actor: Actor, found: models.Proposal) -> None:
    try:
        proposer = access.actor_by_id(found.proposed_by_id, actor.on)
    except UserNotFound:  # his account has ended: he holds nothing through it
        return
    if found.seat_id in proposer.seats:
        sentence = "Pengusulnya sekarang memangku posisi ini sendiri. Tolak usulan ini."
        raise Refused([problem("proposer_holds", sentence)])


def _asked(found: models.Proposal) -> Asked:
    subject = found.seat.uid if found.seat else found.unit.uid
    return Asked(ActKind(found.kind), subject, found.on, found.values)


def _unit_of(asked: Asked) -> models.Unit:
    """The unit in whose part of the government an act lies: of a new unit that above it."""
    if asked.kind.of_seat:
        rows = models.SeatRow.objects.known().filter(seat__uid=asked.subject).select_related("unit")
        row = rows.filter(period__contains=asked.on).first() or rows.order_by("-period").first()
        if row is None:
            raise SeatNotFound
        here: models.Unit = row.unit
        return here
    named = {"code": asked.values.get("parent")} if asked.kind is ActKind.UNIT_NEW else {"uid": asked.subject}
    unit = models.Unit.objects.filter(**named).first()
    if unit is None:
        raise UnitNotFound(named.get("code", "ini"))
    return unit


def _seat_of(asked: Asked) -> models.Seat | None:
    return models.Seat.objects.get(uid=asked.subject) if asked.kind.of_seat else None


def _deciding(actor: Actor, uid: UUID) -> models.Proposal:
    """A proposal that waits, its row held, for its second officer."""
    policies.require_account(actor)
    get_proposal(actor=actor, uid=uid)
    found = _locked(uid)
    _expect_waiting(found)
    if refused := policies.may_decide(actor, found.proposed_by_id, found.seat_id, holders.kin_seats(actor)):
        raise OwnCase(refused)
    return found


def _own(actor: Actor, found: models.Proposal) -> None:
    if actor.user_id is None or found.proposed_by_id != actor.user_id:
        raise ProposalNotFound


def _locked(uid: UUID) -> models.Proposal:
    found = models.Proposal.objects.select_for_update(of=("self",)).filter(uid=uid).first()
    if found is None:
        raise ProposalNotFound
    return found


def _waiting(uid: UUID) -> models.Proposal:
    found = models.Proposal.objects.select_related("unit", "seat").get(uid=uid)
    _expect_waiting(found)
    return found


def _expect_waiting(found: models.Proposal) -> None:
    if found.state != _STATES.WAITING.value:
        raise ProposalClosed(_STATES(found.state).label)


def _close(
    actor: Actor, found: models.Proposal, state: ProposalState, answer: str, basis: int | None = None
) -> None:
    models.Proposal.objects.filter(pk=found.pk).update(
        state=state.value, decided_by_id=actor.user_id, decided_name=actor.name, decided_at=Now(),
        answer=answer, basis_id=basis,
    )  # fmt: skip


def _tell(
    actor: Actor, found: models.Proposal, kind: Callable[..., events.ProposalEvent], words: str
) -> None:
    asked = _asked(found)
    event = kind(
        found.uid, asked.kind.value, asked.on, f"user:{found.proposed_by_id}", asked.subject, asked.values,
        found.order_no, words,
    )  # fmt: skip
    ledger.record(actor=actor, event=event)
