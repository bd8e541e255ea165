"""What was told of protected rows, transaction by transaction, against the digest in the log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from psycopg import Connection

from pamong.ledger.audit.findings import Finding, FindingKind, Place, Report
from pamong.ledger.audit.looking import Progress, Told
from pamong.ledger.audit.records import by_column
from pamong.ledger.audit.sessions import stream
from pamong.ledger.binding import shape_of

STEP = 1 << 15
LARGEST = 2**63 - 1

_ROWS = """
    SELECT xid, salt, convert_to(concat_ws(E'\\n', relation, shape, act, row_id, content), 'UTF8'), digest
    FROM ledger_row ORDER BY xid, id"""
_GROUPS = """
    SELECT g.xid, i.body, l.log_id, l.seq, l.placed_at FROM ledger_rowgroup g
    LEFT JOIN ledger_intake i ON i.id = g.intake_id LEFT JOIN ledger_leaf l ON l.intake_id = g.intake_id
    ORDER BY g.xid"""
_OF_GROUP = """
    SELECT r.relation, r.row_id, r.act, r.content, r.by_role, s.columns, s.key, r.shape,
           (SELECT p.content FROM ledger_row p WHERE p.relation = r.relation AND p.row_id = r.row_id
            AND p.id < r.id AND p.shape = r.shape ORDER BY p.id DESC LIMIT 1)
    FROM ledger_row r LEFT JOIN ledger_shape s ON s.relation = r.relation AND s.shape = r.shape
    WHERE r.xid = %s ORDER BY r.id LIMIT %s"""
_ERASED = """
    SELECT erased, relation, digest, row_id FROM ledger_row WHERE erased IS NOT NULL
    ORDER BY erased, relation, id"""

_ERASURES = "SELECT key_id, subject::text FROM ledger_erasure ORDER BY key_id"

_sha256 = hashlib.sha256


def look_at_groups(
    session: Connection[Any], second: Connection[Any], report: Report, progress: Progress
) -> None:
    """Every group's rows, in their order, against its leaf; rows without a group are looked at elsewhere."""
    groups = stream(second, _GROUPS)
    xid, body, *where = next(groups, (LARGEST, None, None, None, None))
    for of, count, digest in _digests(session, report, progress):
        while xid < of:
            _emptied(report, xid, where)
            xid, body, *where = next(groups, (LARGEST, None, None, None, None))
        if xid == of:
            _compare(report, xid, body, where, count, digest)
            xid, body, *where = next(groups, (LARGEST, None, None, None, None))
    while xid != LARGEST:
        _emptied(report, xid, where)
        xid, body, *where = next(groups, (LARGEST, None, None, None, None))


def tell_unvouched(session: Connection[Any], groups: Sequence[tuple[int, Place]], report: Report) -> None:
    """The rows of transactions in which the application recorded no event: each with what stood before."""
    for xid, place in groups:
        for row in session.execute(_OF_GROUP, [xid, 1000]).fetchall():
            relation, row_id, act, content, role, columns, key, number, earlier = row
            shape = shape_of(relation, number, columns or (), key or ())
            report.add(
                Finding(
                    FindingKind.UNVOUCHED, relation, row_id,
                    f"Baris {row_id} di tabel {relation} {_ACTS[act]} oleh '{role}' tanpa kejadian dari "
                    "aplikasi.",
                    by_column(shape.columns, earlier), by_column(shape.columns, content), place,
                )
            )  # fmt: skip


def look_at_erased(session: Connection[Any], told: Told, report: Report) -> None:
    """What was erased of told rows against the entries that say so."""
    found: dict[tuple[int, str], list[tuple[bytes, str]]] = {}
    for xid, relation, digest, row_id in session.execute(_ERASED):
        found.setdefault((xid, relation), []).append((bytes(digest or b""), row_id))
    for (xid, relation), rows in found.items():
        public = told.erased_rows.get((xid, relation), {})
        digest = _sha256(b"".join(digest for digest, _ in rows)).hexdigest()
        if (public.get("rows"), public.get("digest")) == (len(rows), digest):
            report.counts["rows_erased"] += len(rows)
            continue
        for _, row_id in rows:
            sentence = (
                f"Isi baris {row_id} di tabel {relation} dihapus dari buku segel tanpa catatan penghapusan."
            )
            report.add(Finding(FindingKind.ERASED, relation, row_id, sentence))


def look_at_erasures(session: Connection[Any], told: Told, report: Report) -> None:
    """Keys that are said to be erased against the entries that say so."""
    for key, subject in session.execute(_ERASURES):
        if key not in told.erased_keys:
            sentence = f"Kunci {key} dinyatakan dihapus, padahal tidak ada catatan penghapusannya."
            report.add(
                Finding(FindingKind.ERASED, "ledger_erasure", str(key), sentence, now={"subject": subject})
            )


_ACTS = {"insert": "ditambahkan", "update": "diubah", "delete": "dihapus"}


def _digests(session: Connection[Any], report: Report, progress: Progress) -> Iterator[tuple[int, int, str]]:
    """Of each transaction the number of its rows and the digest over theirs."""
    at, count, running, seen = -1, 0, _sha256(), 0
    for xid, salt, told, digest in stream(session, _ROWS):
        if xid != at:
            if count:
                yield at, count, running.hexdigest()
            at, count, running = xid, 0, _sha256()
        running.update(_sha256(salt + told).digest() if digest is None else digest)
        count += 1
        seen += 1
        if seen % STEP == 0:
            progress("Memeriksa isi baris di buku segel", seen, 0)
    if count:
        yield at, count, running.hexdigest()
    report.counts["rows"] = seen


def _compare(report: Report, xid: int, body: str | None, where: list[Any], count: int, digest: str) -> None:
    try:
        public = json.loads(body or "")["public"]
        right = (public["rows"], public["digest"]) == (count, digest)
    except (ValueError, KeyError, TypeError):
        return  # the leaf itself is found to be altered or gone
    if not right:
        told = f"{count} baris" if count == public["rows"] else f"{count} baris, seharusnya {public['rows']}"
        _tell(
            report, xid, where, f"Salinan baris dari transaksi {xid} ({told}) tidak sama dengan saat disegel."
        )


def _emptied(report: Report, xid: int, where: list[Any]) -> None:
    _tell(report, xid, where, f"Semua salinan baris dari transaksi {xid} dihapus dari buku segel.")


def _tell(report: Report, xid: int, where: list[Any], sentence: str) -> None:
    log, seq, at = where
    place = None if seq is None else Place(log, seq, at)
    report.add(Finding(FindingKind.GROUP, "ledger_row", f"transaksi {xid}", sentence, since=place))
