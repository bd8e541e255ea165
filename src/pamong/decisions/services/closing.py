"""The end of a decision without a seal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models.functions import Now

from pamong.decisions import events, models
from pamong.decisions.choices import Answer, State
from pamong.decisions.services import common
from pamong.decisions.types import kind_of
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger


def close(
    *,
    actor: Actor,
    at: datetime,
    row: models.Decision,
    state: State,
    reason: str = "",
    answer: Answer | None = None,
    said: str = "",
) -> None:
    """Let a locked decision end without effects; its kind lets go of what it reserved. ``reason``: why it was
    taken back; ``said``: the reason that stands in the answer by which it ends."""
    kind = kind_of(row.kind)
    row.state, row.closed_at, row.withdrawal = state.value, Now(), reason
    row.save(update_fields=["state", "closed_at", "withdrawal"])
    event = events.Closed(
        row.uid, row.kind, kind.title, common.person_uid(row.person_id), state=state.value, reason=reason
    )
    ledger.record(actor=actor, event=event)
    kind.drop(actor, replace(common.case_of(row, actor, at), why=reason or said), answer)
