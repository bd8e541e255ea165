"""Files that show something, and who looked at them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pamong.access.errors import NotAllowed
from pamong.documents import store
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.people import events, policies
from pamong.people.choices import Verification
from pamong.people.errors import FileUnsuitable, HowMissing, ItemNotFound
from pamong.people.models import DATED, Check, Evidence
from pamong.people.queries import require_person
from pamong.people.services import reading

MOST_BYTES = 10 * 1024 * 1024
# By what they begin with, whatever their names end with.
_KINDS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


@transaction.atomic
def add_evidence(*, actor: Actor, at: datetime, person: UUID, title: str, name: str, data: bytes) -> UUID:
    """Keep a PDF, JPEG or PNG as evidence about somebody, and return its id.

    ``PersonNotFound``, ``NotAllowed``, ``FileUnsuitable``.
    """
    person_id = require_person(actor, policies.PROPOSE, person)
    kind = media_type(data)
    kept = store.keep(data)
    found = Evidence.objects.create(
        uid=uuid7(at),
        person_id=person_id,
        title=title.strip() or name,
        name=name[-200:],
        sha256=kept.sha256,
        size=kept.size,
        media_type=kind,
        added_by=actor.name,
    )
    event = events.EvidenceAdded(person, found.uid, found.title, kept.sha256)
    ledger.record(actor=actor, event=event)
    return found.uid


@transaction.atomic
def check_item(
    *, actor: Actor, at: datetime, person: UUID, subject: UUID, outcome: Verification, how: str
) -> None:
    """Note that one looked at the evidence of a row or an item of somebody, how, and with what outcome.

    Never one's own, a relative's, or what one entered oneself. ``PersonNotFound``, ``NotAllowed``,
    ``HowMissing``, ``ItemNotFound``.
    """
    user_id = policies.require_account(actor)
    person_id = require_person(actor, policies.VERIFY, person)
    if not how.strip():
        raise HowMissing
    row = _row(person_id, subject)
    if row is None:
        raise ItemNotFound
    hands = reading.hands_behind(row)
    relatives = reading.relatives_of(person_id)
    if policies.is_own(actor, person_id) or actor.person_id in relatives or user_id in hands:
        raise NotAllowed("Data sendiri, keluarga, atau yang Anda masukkan diperiksa orang lain.")
    Check.objects.create(
        person_id=person_id,
        subject=subject,
        outcome=outcome.value,
        how=how.strip(),
        by_id=user_id,
        by_name=actor.name,
    )
    event = events.ItemChecked(person, subject, outcome.value, how.strip())
    ledger.record(actor=actor, event=event)


def _row(person_id: int, uid: UUID) -> Any:
    """The standing row of this id, or of the item of this id."""
    for model in DATED:
        rows = model.objects.known().filter(person_id=person_id)
        names = ("uid", "item") if "item" in model.key else ("uid",)
        for name in names:
            found = rows.filter(**{name: uid}).order_by("-period").first()
            if found is not None:
                return found
    return None


def media_type(data: bytes) -> str:
    """Of a PDF, JPEG or PNG, by what it begins with. ``FileUnsuitable``."""
    if not data:
        raise FileUnsuitable("Berkas ini kosong. Pilih berkas lain.")
    if len(data) > MOST_BYTES:
        raise FileUnsuitable("Berkas ini lebih dari 10 MB. Perkecil, lalu unggah lagi.")
    for beginning, kind in _KINDS.items():
        if data.startswith(beginning):
            return kind
    raise FileUnsuitable("Bukti harus berupa PDF, JPEG, atau PNG. Ubah dulu, lalu unggah lagi.")
