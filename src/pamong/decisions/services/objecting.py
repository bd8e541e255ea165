"""Objections: who stands outside holds a decision until he is content."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from pamong.access import policies as access
from pamong.decisions import events, models, policies
from pamong.decisions.errors import ObjectionNotFound, ReasonsMissing
from pamong.decisions.services import common
from pamong.decisions.types import kind_of
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger


@transaction.atomic
def object_to(*, actor: Actor, at: datetime, decision: UUID, by: str, text: str) -> UUID:
    """File an objection: nothing is signed until it is lifted. ``by`` is the body that objects.

    ``NotAllowed``, ``DecisionNotFound``, ``DecisionClosed``, ``ReasonsMissing``.
    """
    user = access.require_account(actor)
    access.require(actor, policies.OBJECT)
    if not by.strip() or not policies.says_why(text):
        raise ReasonsMissing(("by", "text"), ("siapa yang keberatan dan mengapa",))
    row = common.waiting(decision)
    found = models.Objection.objects.create(
        uid=uuid7(at), decision=row, by=by.strip(), text=text.strip(), filed_by_id=user, filed_name=actor.name
    )
    row.held = True
    row.save(update_fields=["held"])
    event = events.ObjectionFiled(
        row.uid, row.kind, kind_of(row.kind).title, common.person_uid(row.person_id), objection=found.uid,
        by=found.by, text=found.text,
    )  # fmt: skip
    ledger.record(actor=actor, event=event)
    return found.uid


@transaction.atomic
def lift_objection(*, actor: Actor, at: datetime, objection: UUID, answer: str) -> None:
    """Say what satisfied it, so that the decision goes on: by who filed it. ``ObjectionNotFound``,
    ``ReasonsMissing``."""
    user = access.require_account(actor)
    access.require(actor, policies.OBJECT)
    found = models.Objection.objects.filter(uid=objection, filed_by_id=user, lifted_at__isnull=True).first()
    if found is None:
        raise ObjectionNotFound
    if not policies.says_why(answer):
        raise ReasonsMissing(("answer",), ("pencabutan keberatan",))
    row = common.waiting(found.decision.uid)
    found.lifted_by_id, found.lifted_name, found.lifted_at = user, actor.name, Now()
    found.answer = answer.strip()
    found.save(update_fields=["lifted_by", "lifted_name", "lifted_at", "answer"])
    row.held = row.objections.filter(lifted_at__isnull=True).exists()
    row.save(update_fields=["held"])
    event = events.ObjectionLifted(
        row.uid, row.kind, kind_of(row.kind).title, common.person_uid(row.person_id), objection=found.uid,
        answer=found.answer,
    )  # fmt: skip
    ledger.record(actor=actor, event=event)
