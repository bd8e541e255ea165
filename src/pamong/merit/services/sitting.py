"""Members of a panel: who is there, and who stands aside."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pamong.access import policies as access
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.merit import events, models, standing
from pamong.merit.choices import Step
from pamong.merit.services.common import seal


@transaction.atomic
def declare_present(*, actor: Actor, at: datetime, vacancy: UUID) -> None:
    """Say under one's own sign-in that one is there today; said twice it is once. ``NotOnPanel``, ``NotNow``,
    ``VacancyNotFound``."""
    user = access.require_account(actor)
    row = standing.vacancy_of(vacancy)
    member = standing.require_member(row, user)
    standing.require_step(row, Step.CLOSED.value, Step.SCORED.value)
    if models.Presence.objects.filter(member=member, on=actor.on).exists():
        return
    uid = uuid7(at)
    made = models.Presence(uid=uid, member=member, on=actor.on, basis_id=seal(actor, uid))
    # Of two that are sent at once the second finds the first.
    models.Presence.objects.bulk_create([made], ignore_conflicts=True)
    event = events.MemberPresent(row.uid, row.title, member=member.uid, on=actor.on)
    ledger.record(actor=actor, event=event)


@transaction.atomic
def recuse(*, actor: Actor, at: datetime, vacancy: UUID, reason: str) -> None:
    """Stand aside for the whole vacancy, with a reason, until scores are opened; what one has scored counts
    no more. ``NotOnPanel``, ``NotNow``, ``ReasonMissing``, ``VacancyNotFound``."""
    user = access.require_account(actor)
    row = standing.vacancy_of(vacancy)
    member = standing.require_member(row, user)
    standing.require_step(row, "", Step.ANNOUNCED.value, Step.CLOSED.value)
    keep_recusal(actor, at, member, access.require_reason(reason), own=True)


def keep_recusal(actor: Actor, at: datetime, member: models.PanelMember, reason: str, *, own: bool) -> None:
    """Store that a member stands aside, and tell the log."""
    uid = uuid7(at)
    models.Recusal.objects.create(
        uid=uid, member=member, reason=reason, is_own=own, basis_id=seal(actor, uid)
    )
    vacancy = member.vacancy
    event = events.MemberRecused(vacancy.uid, vacancy.title, member=member.uid, own=own, reason=reason)
    ledger.record(actor=actor, event=event)
