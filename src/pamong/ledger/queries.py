"""Reading the ledger. Entries hold no personal data in the clear, so no read-log row is due.

What opens them does: who asks for that has seen to the right to read it, and logs the look.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from pamong.kernel.actor import Actor
from pamong.kernel.clock import local_date
from pamong.ledger import openings
from pamong.ledger.choices import ErasureGround
from pamong.ledger.errors import EntryNotFound, KeyMissing, OpeningsErased
from pamong.ledger.events import Opening
from pamong.ledger.keyring import find_keys, find_keys_by_id
from pamong.ledger.models import Erasure, Intake, Personal


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry as it is stored; ``body`` are the exact bytes."""

    id: int
    log: str
    kind: str
    body: bytes
    at: datetime


def count_entries(*, actor: Actor) -> int:
    """The size of the log, all entries of all kinds."""
    return Intake.objects.count()


def get_entry(*, actor: Actor, entry_id: int) -> EntryRow:
    """One entry. ``EntryNotFound`` if there is none."""
    row = Intake.objects.filter(pk=entry_id).first()
    if row is None:
        raise EntryNotFound(entry_id)
    return EntryRow(row.pk, row.log, row.kind, row.body.encode(), row.at)


def get_openings(*, actor: Actor, entry_id: int) -> tuple[Opening, ...]:
    """What opens the personal part of an entry, by field.

    EntryNotFound; OpeningsErased with ground and date; KeyMissing; Locked for another installation's secret.
    """
    entry = get_entry(actor=actor, entry_id=entry_id)
    rows = Personal.objects.filter(intake_id=entry_id).order_by("field")
    kept = [
        openings.SealedOpening(row.field, row.sealed_with, bytes(row.salt), bytes(row.value)) for row in rows
    ]
    keys = find_keys_by_id({row.sealed_with for row in kept if row.sealed_with is not None})
    found = []
    for row in kept:
        opening = openings.opened(row, entry.body, keys)
        if opening is None:
            raise _why_gone(Erasure.objects.filter(key_id=row.sealed_with).first())
        found.append(opening)
    return tuple(found)


def get_person_key(*, actor: Actor, subject: UUID) -> bytes:
    """A person's key, from which salts are derived. OpeningsErased, KeyMissing, Locked."""
    found = find_keys([subject]).get(subject)
    if found is None:
        raise _why_gone(Erasure.objects.filter(subject=subject).order_by("-key_id").first())
    return found.key


def find_erased(*, actor: Actor, subjects: Collection[UUID]) -> dict[UUID, OpeningsErased]:
    """Of these people those whose data were erased from the log, with what is said of it."""
    rows = Erasure.objects.filter(subject__in=subjects).order_by("key_id")
    return {row.subject: _erased(row) for row in rows}


def _why_gone(row: Erasure | None) -> OpeningsErased | KeyMissing:
    return KeyMissing() if row is None else _erased(row)


def _erased(row: Erasure) -> OpeningsErased:
    on = local_date(row.at, settings.PAMONG_ZONE)
    return OpeningsErased(ErasureGround(row.ground), row.reference, on)
