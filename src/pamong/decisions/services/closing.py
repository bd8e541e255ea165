"""The end of a decision without a seal."""

from __future__ import annotations

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
) -> None:
    """Let a locked decision end without effects; its kind lets go of what it reserved. ``reason``: why it was
    taken back; who refuses has said so in his answer."""
    kind = kind_of(row.kind)
    row.state, row.closed_at, row.withdrawal = state.value, Now(), reason
    row.save(update_fields=["state", "closed_at", "withdrawal"])
    event = events.Closed(
        row.uid, row.kind, kind.title, common.person_uid(row.person_id), state=state.value, reason=reason
    )
    ledger.record(actor=actor, event=event)
    kind.drop(actor, common.case_of(row, actor, at), answer)
