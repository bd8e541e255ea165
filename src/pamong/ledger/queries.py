"""Reading the ledger. Entries hold no personal data in the clear, so no read-log row is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from pamong.kernel.actor import Actor
from pamong.ledger.errors import EntryNotFound
from pamong.ledger.models import Intake


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
