"""A problem holds a person, never his office: who is held on one list is paid by a later one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pamong.access import policies as access
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.pay import policies
from pamong.pay.choices import ItemState, ListKind, PathState, StepKind
from pamong.pay.errors import DifferenceNotAlone, ItemNotFound, ListIsSigned, NotOneself
from pamong.pay.events import ItemHeld
from pamong.pay.models import PayItem
from pamong.pay.path import filling, moving, reach
from pamong.people.services.reading import near


@transaction.atomic
def hold(*, actor: Actor, at: datetime, uid: UUID, item: UUID, reason: str) -> bool:
    """Hold one person on a list that nobody has signed, and his differences with him; whether anything
    changed. The list has to be said complete again.

    NotAllowed, PayListNotFound, ReasonMissing, ItemNotFound, ListIsSigned, NotOneself; DifferenceNotAlone
    for a difference beside a base payment.
    """
    return _decide(actor, at, uid, item, ItemState.HELD, reason)


@transaction.atomic
def release(*, actor: Actor, at: datetime, uid: UUID, item: UUID, reason: str) -> bool:
    """Let a list pay somebody who was held, with what has been cleared up. The same refusals as ``hold``."""
    return _decide(actor, at, uid, item, ItemState.INCLUDED, reason)


def _decide(actor: Actor, at: datetime, uid: UUID, item: UUID, state: ItemState, why: str) -> bool:
    row = reach.locked(actor, uid)
    policies.require_over(actor, policies.PREPARE, reach.path_of(row, actor.on))
    reason = access.require_reason(why)
    if row.state != PathState.COMPUTED.value:
        raise ListIsSigned(PathState(row.state).label)
    found = (
        PayItem.objects.select_related("person").filter(list=row, uid=item, released_at__isnull=True).first()
    )
    if found is None:
        raise ItemNotFound
    if found.person_id in near(actor.person_id):
        raise NotOneself
    if found.sequence and row.kind != ListKind.ARREARS.value:
        raise DifferenceNotAlone
    if found.state == state.value:
        return False
    held = state is ItemState.HELD
    own = PayItem.objects.filter(list=row, person=found.person_id, released_at__isnull=True)
    if row.kind != ListKind.ARREARS.value:  # what differs goes where the base payment does
        own = own.filter(pk=found.pk)
    own.update(state=state.value, reason=reason if held else "")
    filling.add_up([row.pk])
    moving.let_go(actor=actor, at=at, lists=[row.pk], why=reason)
    kind = StepKind.HELD if held else StepKind.RELEASED
    step = reach.note(actor, row, kind, note=reason, item=found)
    event = ItemHeld(row.uid, found.uid, step.uid, held, found.name, reason, found.person.uid)
    ledger.record(actor=actor, event=event)
    return True
