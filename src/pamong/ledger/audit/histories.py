"""What was told of a row, one telling after the other: a change that no telling made shows in the next one.

Triggers tell a row as it stands after each act. Who changes it while they sleep has his change told by the
next lawful act on the row, and the last telling agrees with the table again; only the one before does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg import Connection

from pamong.ledger.audit.findings import Report
from pamong.ledger.audit.records import by_column, differences
from pamong.ledger.audit.rows import Wrong, changed
from pamong.ledger.audit.sessions import stream
from pamong.ledger.binding import Shape

# What an act may change of a dated row: that another took its place, once (``config.grants.dated``).
LATER = ("superseded_at", "superseded_basis_id")
_DATED = {"period", "recorded_at", *LATER}

# One pass over what is no insertion, each with what was told before it.
_STEPS = """
    SELECT r.relation, r.shape, r.row_id, r.act, was.content, r.content, l.log_id, l.seq, l.placed_at
    FROM ledger_row r CROSS JOIN LATERAL (
        SELECT p.act, p.content FROM ledger_row p
        WHERE p.relation = r.relation AND p.row_id = r.row_id AND p.shape = r.shape AND p.id < r.id
        ORDER BY p.id DESC LIMIT 1
    ) was LEFT JOIN ledger_rowgroup g ON g.xid = r.xid LEFT JOIN ledger_leaf l ON l.intake_id = g.intake_id
    WHERE r.act IN ('update', 'delete') AND was.act <> 'delete' AND was.content <> r.content"""


def look_at_histories(
    session: Connection[Any], shapes: Mapping[tuple[str, int], Shape], report: Report
) -> None:
    """Every row: what is removed is what was told last, and of a dated row nothing else changes but that
    another took its place."""
    for relation, number, *row in stream(session, _STEPS):
        shape = shapes.get((relation, number))
        if shape is not None:
            _step(shape, Wrong(*row), report)


def _step(shape: Shape, row: Wrong, report: Report) -> None:
    dated = set(shape.names) >= _DATED
    if row.act == "update" and not dated:
        return  # what an act may change of it no rule of the whole table says
    before, now = differences(by_column(shape.columns, row.before), by_column(shape.columns, row.now))
    for name in LATER if row.act == "update" else ():
        if before.get(name, "") is None:
            del before[name], now[name]
    if before:
        report.add(changed(shape, row, before, now, "di belakang aplikasi, sebelum kejadian berikutnya"))
