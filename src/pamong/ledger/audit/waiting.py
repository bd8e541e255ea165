"""Entries and rows without a place in a log: those of the last moments, and those slipped in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg import Connection

from pamong.ledger import marks
from pamong.ledger.audit.findings import Finding, FindingKind, Report
from pamong.ledger.audit.leaves import read
from pamong.ledger.audit.looking import APPLICATION, OWNER, ROWS_LOG, LogRow, Means, Told
from pamong.ledger.audit.sessions import stream

PATIENCE_SECONDS = 60  # within which the sequencer gives every entry its place

_COPIED = """
    SELECT array_agg(id ORDER BY id)::text FROM ledger_intake WHERE mark IS NOT NULL
    GROUP BY substring(mark FROM 1 FOR 16) HAVING count(*) > 1"""
_WAITING = """
    SELECT i.id, i.log, i.kind, i.body, i.mark, i.xid,
           i.at < clock_timestamp() - make_interval(secs => %s)
    FROM ledger_intake i WHERE NOT EXISTS (SELECT 1 FROM ledger_leaf l WHERE l.intake_id = i.id)"""
_ROWS = """
    SELECT r.xid, count(*), array_to_string(array_agg(DISTINCT r.by_role), ', '),
           array_to_string((array_agg(DISTINCT r.relation))[1:5], ', ')
    FROM ledger_row r WHERE NOT EXISTS (SELECT 1 FROM ledger_rowgroup g WHERE g.xid = r.xid) GROUP BY r.xid"""
_LOOSE = """
    SELECT g.xid FROM ledger_rowgroup g LEFT JOIN ledger_leaf l ON l.intake_id = g.intake_id
    WHERE l.seq IS NULL"""
_HORIZON = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"


def look_at_waiting(
    session: Connection[Any], logs: Mapping[str, LogRow], means: Means, told: Told, report: Report
) -> None:
    """What has no place yet; after the leaves, whose entries tell what vouches for rows."""
    Waiting(session, logs, means, told, report).run()


class Waiting:
    """One look at what is not placed."""

    def __init__(
        self,
        session: Connection[Any],
        logs: Mapping[str, LogRow],
        means: Means,
        told: Told,
        report: Report,
    ) -> None:
        """Nothing is read yet."""
        self._session, self._logs, self._means = session, logs, means
        self._told, self._report = told, report
        self._late = 0
        self._bound: set[int] = set()
        row = session.execute(_HORIZON).fetchone()
        self._horizon = int(row[0]) if row else 0
        rows = logs.get(ROWS_LOG)
        self._watermark = rows.watermark if rows else 0

    def run(self) -> None:
        """Copies, entries, rows."""
        for (ids,) in stream(self._session, _COPIED):
            self._copied(ids)
        marked = {row[5] for row in self._entries() if row[1] == ROWS_LOG}
        for xid, count, roles, tables in stream(self._session, _ROWS):
            self._rows(xid, count, roles, tables, marked)
        for (xid,) in stream(self._session, _LOOSE):
            self._group(xid, f"Kelompok baris dari transaksi {xid} tidak mempunyai catatan bernomor.")
        if self._late:
            self._report.unseen.append(
                f"{self._late} catatan belum bernomor sesudah {PATIENCE_SECONDS} detik. "
                "Jalankan penyegel (pamong sequencer), lalu ulangi."
            )

    def _copied(self, ids: str) -> None:
        self._report.add(
            Finding(
                FindingKind.COPIED, "ledger_intake", ids.strip("{}"),
                f"Catatan dengan id {ids.strip('{}')} memakai tanda yang sama: salah satunya salinan.",
            )
        )  # fmt: skip

    def _entries(self) -> list[tuple[Any, ...]]:
        """The waiting entries that the application wrote."""
        marked = []
        for row in stream(self._session, _WAITING, [PATIENCE_SECONDS]):
            id_, name, kind, body, mark, xid, late = row
            self._report.counts["entries_waiting"] += 1
            if not self._is_marked(body, mark):
                sentence = f"Catatan dengan id {id_} tidak ditulis oleh aplikasi, dan belum bernomor."
                self._entry(FindingKind.UNMARKED, id_, body, sentence)
                continue
            log = self._logs.get(name)
            if (log and xid < log.watermark) or xid >= self._horizon:
                sentence = (
                    f"Catatan dengan id {id_} disisipkan dengan nomor transaksi {xid} yang tidak mungkin."
                )
                self._entry(FindingKind.ENTRY_ADDED, id_, body, sentence)
                continue
            self._late += late
            marked.append(row)
            read(self._told, kind, xid, body)
            if kind == "ledger.bound":
                self._bound.add(xid)
        return marked

    def _is_marked(self, body: str, mark: bytes | None) -> bool:
        keys = self._means.keys
        return marks.is_marked(keys, body.encode(), mark) if keys else mark is not None

    def _rows(self, xid: int, count: int, roles: str, tables: str, marked: set[int]) -> None:
        self._report.counts["rows_waiting"] += count
        if xid < self._watermark or xid >= self._horizon:
            self._group(
                xid, f"{count} baris ({tables}) disisipkan dengan nomor transaksi {xid} yang tidak mungkin."
            )
        elif xid not in marked:
            self._report.add(
                Finding(
                    FindingKind.UNVOUCHED, tables, f"transaksi {xid}",
                    f"{count} baris ditulis tanpa kejadian dari aplikasi oleh '{roles}', dan belum bernomor.",
                )
            )  # fmt: skip
        allowed = {APPLICATION, OWNER} if xid in self._bound else {APPLICATION}
        if set(roles.split(", ")) - allowed:
            self._report.add(
                Finding(
                    FindingKind.ROLE, tables, f"transaksi {xid}",
                    f"Pengguna basis data '{roles}' menulis {count} baris langsung, bukan aplikasi.",
                )
            )  # fmt: skip

    def _entry(self, kind: FindingKind, id_: int, body: str, sentence: str) -> None:
        self._report.add(Finding(kind, "ledger_intake", str(id_), sentence, now={"isi": body}))

    def _group(self, xid: int, sentence: str) -> None:
        self._report.add(Finding(FindingKind.GROUP, "ledger_row", f"transaksi {xid}", sentence))
