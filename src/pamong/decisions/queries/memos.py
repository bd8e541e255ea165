"""Memos of instructions by word of mouth: one's own, and all of them for who inspects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pamong.access import policies as access
from pamong.decisions import models, policies
from pamong.kernel.actor import Actor

MOST = 200


@dataclass(frozen=True, slots=True)
class MemoRow:
    """One memo; ``decision`` is what it is about, if it was said."""

    uid: UUID
    source: str
    text: str
    said_at: datetime
    filed_name: str
    filed_at: datetime
    decision: UUID | None
    decision_title: str


def list_memos(*, actor: Actor) -> Sequence[MemoRow]:
    """Memos that the actor filed; all of them for who may see the exceptions. Newest first."""
    rows = models.Memo.objects.select_related("decision").order_by("-id")
    if not access.may_over(actor, policies.EXCEPTIONS, ""):
        access.require(actor, policies.MEMO)
        rows = rows.filter(filed_by_id=actor.user_id)
    return tuple(
        MemoRow(
            row.uid, row.source, row.text, row.said_at, row.filed_name, row.filed_at,
            row.decision.uid if row.decision else None, row.decision.title if row.decision else "",
        )
        for row in rows[:MOST]
    )  # fmt: skip
