"""Instructions by word of mouth: who received one may file it, so that it is not his word alone later."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pamong.access import policies as access
from pamong.decisions import events, models, policies
from pamong.decisions.errors import ContentUnfit, ReasonsMissing
from pamong.decisions.queries.story import find_visible
from pamong.decisions.services import common
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger


@transaction.atomic
def file_memo(
    *,
    actor: Actor,
    at: datetime,
    source: str,
    text: str,
    said_at: datetime,
    decision: UUID | None = None,
) -> UUID:
    """File who instructed what, and when; it can't be changed or removed, and only the filer and the
    inspectorate read it. ``NotAllowed``, ``ReasonsMissing``, ``ContentUnfit``, ``DecisionNotFound``."""
    user = access.require_account(actor)
    access.require(actor, policies.MEMO)
    if not source.strip():
        raise ContentUnfit("Tulis siapa yang memberi arahan.", "source")
    if not policies.says_why(text):
        raise ReasonsMissing(("text",), ("isi arahan",))
    if said_at > at:
        raise ContentUnfit(
            "Waktu arahan tidak boleh sesudah sekarang. Periksa tanggal dan jamnya.", "said_at"
        )
    about = find_visible(actor, decision, at) if decision else None
    memo = models.Memo.objects.create(
        uid=uuid7(at), decision=about, source=source.strip(), text=text.strip(), said_at=said_at,
        filed_by_id=user, filed_name=actor.name,
    )  # fmt: skip
    filer = common.person_uid(actor.person_id)
    event = events.MemoFiled(memo.uid, about.uid if about else None, memo.source, memo.text, filer)
    ledger.record(actor=actor, event=event)
    return memo.uid
