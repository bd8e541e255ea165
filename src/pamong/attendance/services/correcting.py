"""An employee asks to correct a day of his, and takes a refusal further, once: both are decisions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pamong.attendance import policies
from pamong.attendance.choices import CORRECTION
from pamong.attendance.correcting.claims import told_claim
from pamong.attendance.errors import CorrectionNotFound
from pamong.attendance.values import Claim
from pamong.decisions import services as decisions
from pamong.kernel.actor import Actor


@transaction.atomic
def ask_correction(
    *,
    actor: Actor,
    at: datetime,
    key: UUID,
    on: date,
    claim: Claim,
    reason: str,
    attachment: UUID | None = None,
    zone: str,
) -> UUID:
    """Ask to correct a day of one's own; returns the decision's id. The same form (``key``) sent twice is one
    request. ``zone`` where one's unit names no site.

    ``NotAllowed``, ``ReasonMissing``, ``ClaimMissing``, ``ClaimBackwards``, ``AttachmentNotFound``;
    ``GatesBlock`` for what is yet to come, too old or out of service; ``CorrectionWaits`` where one about
    that day is open; ``KeyReused``.
    """
    content = {
        "on": on.isoformat(), "zone": zone, **told_claim(claim), "reason": reason,
        "attachment": str(attachment or ""),
    }  # fmt: skip
    return _propose(actor, at, key, content)


@transaction.atomic
def appeal_correction(*, actor: Actor, at: datetime, key: UUID, correction: UUID, reason: str) -> UUID:
    """Take a refusal of one's own request to the seat above the one that refused, once; returns the id of the
    decision that says so. ``CorrectionNotFound``, ``NotRefused``, ``ReasonMissing``; ``CorrectionWaits``
    where one asked anew about that day."""
    if actor.person_id is None:
        raise CorrectionNotFound
    return _propose(actor, at, key, {"appeals": str(correction), "why": reason})


def _propose(actor: Actor, at: datetime, key: UUID, content: dict[str, Any]) -> UUID:
    person = policies.require_person(actor)
    return decisions.propose(actor=actor, at=at, kind=CORRECTION, key=key, content=content, person=person).uid
