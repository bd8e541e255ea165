"""What opens the personal fields of entries, against the commitments in them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from psycopg import Connection

from pamong.ledger.audit.findings import Finding, FindingKind, Report
from pamong.ledger.audit.looking import Means, Progress, Told
from pamong.ledger.audit.sessions import stream

STEP = 1 << 13

_OPENINGS = """
    SELECT i.id, i.body, p.field, p.salt, p.value, i.log, l.seq
    FROM ledger_intake i LEFT JOIN ledger_personal p ON p.intake_id = i.id
    LEFT JOIN ledger_leaf l ON l.intake_id = i.id
    WHERE position('"personal":{}' IN i.body) = 0 OR p.field IS NOT NULL ORDER BY i.id"""
_TYPES = ("int8", "text", "text", "bytea", "bytea", "text", "int8")


def look_at_personal(
    session: Connection[Any], means: Means, told: Told, report: Report, progress: Progress
) -> None:
    """Every commitment of every entry: what opens it is there and fits, or an entry says it was erased."""
    for place, (id_, rows) in enumerate(groupby(_rows(session), key=lambda row: row[0])):
        kept = list(rows)
        _entry(id_, kept, report)
        if place % STEP == 0:
            progress("Memeriksa isi pribadi catatan", place, 0)


def _rows(session: Connection[Any]) -> Iterator[tuple[Any, ...]]:
    return stream(session, _OPENINGS, _TYPES)


def _entry(id_: int, rows: list[tuple[Any, ...]], report: Report) -> None:
    try:
        told = dict(json.loads(rows[0][1])["personal"])
    except (ValueError, KeyError, TypeError):
        return  # the leaf itself is found to be altered
    where = f"Catatan {rows[0][6]}" if rows[0][6] is not None else f"Catatan dengan id {id_}"
    for _, _, name, salt, value, log, _ in rows:
        if name is None:
            continue
        commitment = told.pop(name, None)
        report.counts["openings"] += 1
        if commitment is None or hashlib.sha256(salt + value).hexdigest() != commitment:
            _add(
                report, log, f"{id_} {name}", f"{where}: isi pribadi '{name}' tidak sama dengan saat disegel."
            )
    for name in told:
        _add(report, rows[0][5], f"{id_} {name}", f"{where}: isi pribadi '{name}' hilang tanpa penghapusan.")


def _add(report: Report, log: str, row: str, sentence: str) -> None:
    report.add(Finding(FindingKind.PERSONAL, log, row, sentence))
