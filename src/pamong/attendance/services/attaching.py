"""Files that show something: kept under their hash, opened by those concerned alone."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pamong.access import policies as access_policies
from pamong.attendance import events
from pamong.attendance.errors import AttachmentNotFound
from pamong.attendance.models import Attachment
from pamong.documents import store
from pamong.documents.media import media_type
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger

_NAME = 200


@transaction.atomic
def attach(*, actor: Actor, at: datetime, name: str, data: bytes) -> UUID:
    """Keep a PDF, JPEG or PNG for what its owner says next. ``NotAllowed``, ``FileUnsuitable``."""
    user_id = access_policies.require_account(actor)
    kind = media_type(data)
    kept = store.keep(data)
    found = Attachment.objects.create(
        uid=uuid7(at), name=name[-_NAME:] or "bukti", sha256=kept.sha256, size=kept.size, media_type=kind,
        by_id=user_id, by_name=actor.name,
    )  # fmt: skip
    ledger.record(actor=actor, event=events.AttachmentKept(found.uid, kept.sha256))
    return UUID(str(found.uid))


def own_attachment(user_id: int, uid: UUID | None) -> int | None:
    """The id of a file that this account brought. ``AttachmentNotFound``."""
    if uid is None:
        return None
    found = Attachment.objects.filter(uid=uid, by_id=user_id).values_list("pk", flat=True).first()
    if found is None:
        raise AttachmentNotFound
    return int(found)
