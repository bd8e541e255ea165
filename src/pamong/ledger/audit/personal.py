"""What opens the personal fields of entries, against the commitments in them.

It is kept encrypted under keys of persons. A key that was destroyed is told in an entry: what it sealed opens
no more, and that is no finding. A key that is gone without an entry is one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from psycopg import Connection

from pamong.ledger.audit.findings import Finding, FindingKind, Report
from pamong.ledger.audit.looking import Means, Progress, Told
from pamong.ledger.audit.sessions import stream
from pamong.ledger.openings import SealedOpening, fits, opened
from pamong.ledger.personkeys import Installation, Locked

STEP = 1 << 13

_OPENINGS = """
    SELECT i.id, i.body, p.field, p.salt, p.value, p.sealed_with, k.subject, k.wrapped, i.log, l.seq
    FROM ledger_intake i LEFT JOIN ledger_personal p ON p.intake_id = i.id
    LEFT JOIN ledger_personkey k ON k.id = p.sealed_with
    LEFT JOIN ledger_leaf l ON l.intake_id = i.id
    WHERE position('"personal":{}' IN i.body) = 0 OR p.field IS NOT NULL ORDER BY i.id"""


def look_at_personal(
    session: Connection[Any], means: Means, told: Told, report: Report, progress: Progress
) -> None:
    """Every commitment of every entry: what opens it is there and fits, or an entry says it was erased."""
    if not means.secrets:
        return  # the audit says of itself that it could not look
    _Personal(means, told, report).run(session, progress)


@dataclass(frozen=True, slots=True)
class _Row:
    """One opening of an entry, as it is kept."""

    id: int
    body: str
    field: str | None
    salt: bytes
    value: bytes
    sealed_with: int | None
    subject: Any
    wrapped: bytes | None
    log: str
    seq: int | None


class _Personal:
    def __init__(self, means: Means, told: Told, report: Report) -> None:
        self._installation = Installation(means.secrets)
        self._told, self._report = told, report
        self._last: tuple[bytes, bytes] = (b"", b"")  # entries of one person often follow each other

    def run(self, session: Connection[Any], progress: Progress) -> None:
        """Entry by entry."""
        for place, (id_, rows) in enumerate(groupby(_rows(session), key=lambda row: row.id)):
            if id_ not in self._told.altered:  # what it is committed to nobody knows any more
                self._entry(list(rows))
            if place % STEP == 0:
                progress("Memeriksa isi pribadi catatan", place, 0)

    def _entry(self, rows: list[_Row]) -> None:
        body = rows[0].body.encode()
        try:
            commitments = dict(json.loads(body)["personal"])
        except (ValueError, KeyError, TypeError):
            return  # the leaf itself is found to be altered
        missing = set(commitments)
        for row in rows:
            if row.field is None:
                continue
            missing.discard(row.field)
            self._opening(row, body, commitments)
        for name in sorted(missing):
            self._add(rows[0], name, "hilang tanpa catatan penghapusan")

    def _opening(self, row: _Row, body: bytes, commitments: Mapping[str, str]) -> None:
        sealed = SealedOpening(row.field or "", row.sealed_with, row.salt, row.value)
        self._report.counts["openings"] += 1
        try:
            opening = opened(sealed, body, self._keys(row))
        except Locked:
            self._add(row, sealed.field, "diubah, atau kuncinya diganti")
            return
        if opening is None:
            self._without_key(row, sealed.field)
        elif not fits(opening, commitments):
            self._add(row, sealed.field, "tidak sama dengan saat disegel")

    def _keys(self, row: _Row) -> dict[int, bytes]:
        """The key of an opening, if it is there. Locked where it does not open."""
        if row.sealed_with is None or row.wrapped is None:
            return {}
        if self._last[0] != row.wrapped:
            self._last = (row.wrapped, self._installation.unwrap(row.subject, row.wrapped))
        return {row.sealed_with: self._last[1]}

    def _without_key(self, row: _Row, name: str) -> None:
        if row.sealed_with in self._told.erased_keys:
            self._report.counts["openings_erased"] += 1
        else:
            self._add(row, name, "tidak dapat dibuka: kuncinya hilang tanpa catatan penghapusan")

    def _add(self, row: _Row, name: str, how: str) -> None:
        where = f"Catatan nomor {row.seq}" if row.seq is not None else f"Catatan dengan id {row.id}"
        sentence = f"{where}: isi pribadi '{name}' {how}."
        self._report.add(Finding(FindingKind.PERSONAL, row.log, f"{row.id} {name}", sentence))


def _rows(session: Connection[Any]) -> Iterator[_Row]:
    return (_Row(*row) for row in stream(session, _OPENINGS))
