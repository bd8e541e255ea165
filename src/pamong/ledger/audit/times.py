"""When entries were received and placed: no hash covers it, but numbers only grow, and so do times.

The database's clock may be set; what differs by less than a day is not told. Who shifts all that came before
an entry as well is seen by countersignatures alone: they say how old an entry is at least.
"""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from pamong.ledger.audit.findings import Finding, FindingKind, Place, Report
from pamong.ledger.audit.sessions import stream

_MOVED = """
    SELECT log_id, seq, placed_at, at::text, known::text FROM (
        SELECT l.log_id, l.seq, l.placed_at, i.at,
               max(LEAST(i.at, l.placed_at)) OVER (
                   ORDER BY i.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS known
        FROM ledger_intake i JOIN ledger_leaf l ON l.intake_id = i.id
    ) t WHERE at < known - interval '1 day' OR at > placed_at + interval '1 day'
    ORDER BY log_id, seq"""


def look_at_times(session: Connection[Any], report: Report) -> None:
    """Entries that say they came long before an earlier one, or long after they were placed."""
    for log, seq, placed_at, at, known in stream(session, _MOVED):
        sentence = (
            f"Waktu catatan nomor {seq} di buku '{log}' diubah: tertulis diterima {at[:19]} UTC, padahal "
            f"catatan sebelumnya diterima {(known or '')[:19]} UTC."
        )
        place = Place(log, seq, placed_at)
        report.add(Finding(FindingKind.ROW_REDATED, log, str(seq), sentence, now={"at": at}, since=place))
