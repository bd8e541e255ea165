"""Reading the ledger. Entries hold no personal data in the clear, so no read-log row is due.

What opens them does: who asks for that has seen to the right to read it, and logs the look.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection

from pamong.kernel.actor import Actor
from pamong.kernel.clock import local_date
from pamong.ledger import openings
from pamong.ledger.choices import ErasureGround
from pamong.ledger.errors import EntryNotFound, KeyMissing, OpeningsErased
from pamong.ledger.events import Opening
from pamong.ledger.keyring import find_keys_by_id
from pamong.ledger.models import Erasure, Intake, Personal
from pamong.ledger.reading.audits import AuditRow, last_audit, last_clean_at
from pamong.ledger.reading.entries import (
    Placed,
    PlacedPage,
    Wanted,
    find_placed,
    list_placed,
)
from pamong.ledger.reading.promises import Kept, Promised, check_receipt
from pamong.ledger.reading.seals import Mark, mark_of, marks_of, marks_of_bases
from pamong.ledger.reading.standing import LedgerState, LogState, WitnessState, ledger_state
from pamong.ledger.sequencer.places import POLICY

__all__ = [
    "POLICY",
    "AuditRow",
    "EntryRow",
    "Kept",
    "LedgerState",
    "LogState",
    "Mark",
    "Placed",
    "PlacedPage",
    "Promised",
    "Wanted",
    "WitnessState",
    "check_receipt",
    "count_entries",
    "find_erased",
    "find_newest",
    "find_placed",
    "get_entry",
    "get_key",
    "get_openings",
    "last_audit",
    "last_clean_at",
    "ledger_state",
    "list_placed",
    "mark_of",
    "marks_of",
    "marks_of_bases",
]  # fmt: skip


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


# Placed entries are found by kind; what is not placed yet lies behind the watermark of its log.
_NEWEST = """
    SELECT id, log, kind, body, at FROM (
        (SELECT i.id, i.log, i.kind, i.body, i.at, l.seq FROM ledger_leaf l
         JOIN ledger_intake i ON i.id = l.intake_id
         WHERE l.log_id = %(log)s AND l.kind = %(kind)s ORDER BY l.seq DESC LIMIT 1)
        UNION ALL
        (SELECT i.id, i.log, i.kind, i.body, i.at, NULL FROM ledger_intake i
         WHERE i.xid >= COALESCE((SELECT watermark FROM ledger_log WHERE name = %(log)s), 0)
           AND i.log = %(log)s AND i.kind = %(kind)s
           AND NOT EXISTS (SELECT 1 FROM ledger_leaf l WHERE l.intake_id = i.id)
         ORDER BY i.id DESC LIMIT 1)
    ) found ORDER BY seq DESC NULLS FIRST LIMIT 1"""


def find_newest(*, actor: Actor, log: str, kind: str) -> EntryRow | None:
    """The newest entry of a kind, whether it has its place already or not."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, {"log": log, "kind": kind})
        row = cursor.fetchone()
    return None if row is None else EntryRow(row[0], row[1], row[2], row[3].encode(), row[4])


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
            raise _why_gone(Erasure.objects.filter(key_id=row.sealed_with or 0).first())
        found.append(opening)
    return tuple(found)


def get_key(*, actor: Actor, key_id: int) -> bytes:
    """The key under an id, from which salts are derived. OpeningsErased, KeyMissing, Locked."""
    found = find_keys_by_id([key_id]).get(key_id)
    if found is None:
        raise _why_gone(Erasure.objects.filter(key_id=key_id).first())
    return found


def find_erased(*, actor: Actor, subjects: Collection[UUID]) -> dict[UUID, OpeningsErased]:
    """Of these people those whose data were erased from the log, with what is said of it."""
    rows = Erasure.objects.filter(subject__in=subjects).order_by("key_id")
    return {row.subject: _erased(row) for row in rows}


def _why_gone(row: Erasure | None) -> OpeningsErased | KeyMissing:
    return KeyMissing() if row is None else _erased(row)


def _erased(row: Erasure) -> OpeningsErased:
    on = local_date(row.at, settings.PAMONG_ZONE)
    return OpeningsErased(ErasureGround(row.ground), row.reference, on)
