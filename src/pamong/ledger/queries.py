"""Reading the ledger. Entries hold no personal data in the clear, so no read-log row is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pamong.kernel.actor import Actor
from pamong.ledger.errors import EntryNotFound
from pamong.ledger.models import Intake
from pamong.ledger.reading.audits import AuditRow, last_audit, last_clean_at
from pamong.ledger.reading.entries import (
    Placed,
    PlacedPage,
    Wanted,
    find_placed,
    list_placed,
    openings_of,
)
from pamong.ledger.reading.policy import POLICY
from pamong.ledger.reading.promises import Kept, Promised, check_receipt
from pamong.ledger.reading.proving import entry_proof
from pamong.ledger.reading.seals import Mark, mark_of, marks_of, marks_of_bases
from pamong.ledger.reading.standing import LedgerState, LogState, WitnessState, ledger_state

__all__ = [
    "POLICY", "AuditRow", "EntryRow", "Kept", "LedgerState", "LogState", "Mark", "Placed", "PlacedPage",
    "Promised", "Wanted", "WitnessState", "check_receipt", "count_entries", "entry_proof", "find_placed",
    "get_entry", "last_audit", "last_clean_at", "ledger_state", "list_placed", "mark_of", "marks_of",
    "marks_of_bases", "openings_of",
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
