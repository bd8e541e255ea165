"""The slips of every published month against what the log vouches for, both ways. Without Django.

A slip that was changed, taken away or put in is named with what is known of the difference: an item's hash
tells that it differs, the sums within the slip and the copy on its payment list often tell where.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

import polars as pl

from pamong.kernel.clock import format_month
from pamong.ledger.audit.findings import Finding, FindingKind, Place
from pamong.ledger.audit.looking import Means
from pamong.ledger.personkeys import Installation, Locked
from pamong.ledger.tree.merkle import HASH_BYTES
from pamong.ledger.tree.tiles import Frontier
from pamong.pay import slip_columns
from pamong.pay.items import ROOT_FIELD, OfRun
from pamong.pay.slip_hints import Hints, hints

# Entries by their place in the log, those not placed yet, and whatever a tree claims to belong to. Runs of
# before slips were sealed say nothing of their content.
_RUNS = """
SELECT i.id, i.body, t.run_id, t.size, t.template, t.tiles, t.keys, r.id
FROM ledger_intake i LEFT JOIN pay_sliptree t ON t.entry_id = i.id
LEFT JOIN pay_run r ON r.uid = (i.body::jsonb -> 'public' ->> 'uid')::uuid
WHERE i.id IN (SELECT intake_id FROM ledger_leaf WHERE kind = 'pay.run_published'
               UNION ALL SELECT entry_id FROM pay_sliptree
               UNION ALL SELECT id FROM ledger_intake WHERE kind = 'pay.run_published' AND xid >=
                 COALESCE((SELECT watermark FROM ledger_log WHERE name = 'decisions'), 0))
  AND i.kind = 'pay.run_published' AND i.body::jsonb -> 'public' ? 'content' ORDER BY i.id
"""
_KEYS = "SELECT id, subject, wrapped FROM ledger_personkey WHERE id = ANY(%s)"
_ERASED = "SELECT key_id, subject FROM ledger_erasure WHERE key_id = ANY(%s)"
_PLACE = "SELECT log_id, seq, placed_at FROM ledger_leaf WHERE intake_id = %s"
_NOTHING = Hints((), {}, {})


class Fault(StrEnum):
    """What is wrong with a slip, with the key that opens it, or with what is kept of a whole run."""

    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    KEY = "key"
    TREE = "tree"
    CONTENT = "content"


_RELATIONS = {Fault.TREE: "pay_sliptree", Fault.CONTENT: "pay_run"}


@dataclass(frozen=True, slots=True)
class ChangedSlip:
    """One thing that is not as it was sealed. ``row``: the uid of a slip, its number, or the uid of a run;
    ``before``: what is known of what stood; ``entry``: the id of the entry that vouches for it."""

    fault: Fault
    relation: str
    row: str
    sentence: str
    entry: int
    before: Mapping[str, str | None] = field(default_factory=dict)
    now: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(slots=True)
class SlipCheck:
    """What a check of slips found: how many were looked at, and of how many what opens them is erased."""

    findings: list[ChangedSlip] = field(default_factory=list)
    runs: int = 0
    slips: int = 0
    erased: int = 0


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A run as its entry and what is kept beside it tell of it; ``stands``: the id of its row, if any."""

    entry: int
    public: Mapping[str, Any]
    kept_for: int | None
    size: int
    template: str
    tiles: bytes
    keys: Sequence[int]
    stands: int | None

    def hash_at(self, number: int) -> bytes:
        """The hash that is kept of slip number so and so, counted from 1."""
        return self.tiles[(number - 1) * HASH_BYTES : number * HASH_BYTES]

    def has(self, number: int | None) -> bool:
        """Whether a slip of this number was sealed."""
        return number is not None and 1 <= number <= self.size

    def found(self, fault: Fault, row: str, sentence: str, **known: Any) -> ChangedSlip:
        """A finding in this run's month."""
        year, month, _ = map(int, self.public["month"].split("-"))
        told = f"TPP {format_month(year, month)}: {sentence}"
        return ChangedSlip(fault, _RELATIONS.get(fault, "pay_slip"), row, told, self.entry, **known)


def changed_slips(conn: Any, secrets: Sequence[str]) -> SlipCheck:
    """Compare the slips of every run whose publication tells its content. One month at a time is in memory.

    ``conn``: a psycopg session that may read; ``secrets``: those of the installation. ValueError without any:
    then nothing can be compared.
    """
    installation, check = Installation(secrets), SlipCheck()
    for sealed in _sealed_runs(conn):
        check.runs += 1
        fault = _tree_fault(sealed)
        if fault:
            check.findings.append(sealed.found(Fault.TREE, sealed.public["uid"], fault))
        if sealed.stands is not None and sealed.kept_for is not None:
            _look(conn, installation, sealed, check)
    return check


def slip_findings(conn: Any, means: Means) -> Iterator[Finding]:
    """The same as findings of an audit, which registers it. Without secrets nothing is compared, and the
    audit says so of itself."""
    for one in changed_slips(conn, means.secrets).findings if means.secrets else ():
        row = conn.execute(_PLACE, [one.entry]).fetchone()
        place = None if row is None else Place(*row)
        yield Finding(FindingKind.SLIP, one.relation, one.row, one.sentence, one.before, one.now, place)


def _sealed_runs(conn: Any) -> Iterator[_Sealed]:
    with conn.cursor() as cursor:
        cursor.execute(_RUNS)
        for entry, body, kept_for, size, template, tiles, keys, stands in cursor.fetchall():
            kept = (size or 0, template or "", bytes(tiles or b""), keys or ())
            yield _Sealed(entry, json.loads(body)["public"], kept_for, *kept, stands)


def _tree_fault(sealed: _Sealed) -> str:
    """What is wrong with the hashes that are kept of a run, in a sentence; '' for nothing."""
    if sealed.stands is None or sealed.kept_for is None:
        return "hitungan yang terbit menurut buku segel, atau hash rinciannya, tidak ada lagi."
    hashes = [sealed.hash_at(number) for number in range(1, sealed.size + 1)]
    if any(len(each) != HASH_BYTES for each in hashes):
        return "hash rincian yang disimpan terpotong."
    edge, tiles = Frontier().extend(hashes)
    same = sealed.tiles == b"".join(tile.data for tile in tiles) and sealed.kept_for == sealed.stands
    if same and edge.root.hex() == sealed.public[ROOT_FIELD] and edge.size == sealed.public["people"]:
        return ""
    return "hash rincian yang disimpan tidak memberi akar yang tercatat di buku segel."


def _look(conn: Any, installation: Installation, sealed: _Sealed, check: SlipCheck) -> None:
    month = slip_columns.read_month(conn, sealed.stands or 0)
    check.slips += month.height
    keys = _keys(conn, installation, sealed.keys)
    usable: dict[UUID, bytes] = {}
    without: set[str] = set()
    for number, uid, subject in month.select("number", "uid", "subject").iter_rows():
        key = keys.get(sealed.keys[number - 1]) if sealed.has(number) else None
        if key is not None and key.subject == UUID(subject) and key.key is not None:
            usable[key.subject] = key.key
        elif sealed.has(number):
            without.add(uid)
            _without_key(sealed, uid, subject, key, check)
    common = OfRun(UUID(sealed.public["uid"]), sealed.public["month"], sealed.template)
    hashes = pl.Series("now", list(slip_columns.hashes(common, month, usable)), dtype=pl.Binary)
    _compare(conn, sealed, month.with_columns(hashes), without, check)
    if without and not any(one.entry == sealed.entry for one in check.findings):
        _compare_content(conn, sealed, month, check)


def _compare_content(conn: Any, sealed: _Sealed, month: pl.DataFrame, check: SlipCheck) -> None:
    """A slip whose key was erased is told by no hash of its own, only by the one over all slips."""
    if slip_columns.content_hash(conn, sealed.stands or 0, month) != sealed.public["content"]:
        sentence = (
            "rincian seseorang yang isi pribadinya sudah dihapus dari buku segel diubah sesudah terbit; "
            "rincian orang lain sama dengan saat disegel."
        )
        check.findings.append(sealed.found(Fault.CONTENT, sealed.public["uid"], sentence))


@dataclass(frozen=True, slots=True)
class _Key:
    """Whose a key is, and the key, None where it was erased or does not open; ``erased``: as written down."""

    subject: UUID
    key: bytes | None
    erased: bool = False


def _keys(conn: Any, installation: Installation, ids: Sequence[int]) -> dict[int, _Key]:
    with conn.cursor() as cursor:
        cursor.execute(_ERASED, [list(ids)])
        found = {number: _Key(subject, None, erased=True) for number, subject in cursor.fetchall()}
        cursor.execute(_KEYS, [list(ids)])
        for number, subject, wrapped in cursor.fetchall():
            try:
                found[number] = _Key(subject, installation.unwrap(subject, bytes(wrapped)))
            except Locked:
                found[number] = _Key(subject, None)
    return found


def _without_key(sealed: _Sealed, uid: str, subject: str, key: _Key | None, check: SlipCheck) -> None:
    if key is not None and key.erased and key.subject == UUID(subject):
        check.erased += 1
        return
    sentence = (
        f"rincian {uid} tidak dapat dibandingkan: kunci orangnya diganti, diubah, atau hilang tanpa catatan "
        "penghapusan."
    )
    check.findings.append(sealed.found(Fault.KEY, uid, sentence))


def _compare(conn: Any, sealed: _Sealed, month: pl.DataFrame, without: set[str], check: SlipCheck) -> None:
    there: set[int] = set()
    odd: list[int] = []
    for number, uid, now in month.select("number", "uid", "now").iter_rows():
        if not sealed.has(number):
            sentence = f"rincian {uid} disisipkan; ia tidak ada saat terbit."
            check.findings.append(sealed.found(Fault.ADDED, uid, sentence))
            continue
        there.add(number)
        if uid not in without and now != sealed.hash_at(number):
            odd.append(number)
    for number in sorted(set(range(1, sealed.size + 1)) - there):
        sentence = f"rincian nomor {number} dihapus."
        check.findings.append(sealed.found(Fault.REMOVED, str(number), sentence))
    changed = month.filter(pl.col("number").is_in(odd))
    known = hints(conn, changed["slip_id"].to_list()) if odd else {}
    for row in changed.iter_rows(named=True):
        check.findings.append(_changed(sealed, row, known.get(row["slip_id"], _NOTHING)))


def _changed(sealed: _Sealed, row: Mapping[str, Any], known: Hints) -> ChangedSlip:
    told = "; ".join(known.sentences)
    sentence = (
        f"rincian {row['uid']} nomor {row['number']} ({row['nip']}) tidak sama lagi dengan yang disegel."
        + (f" {told}." if told else "")
    )
    return sealed.found(Fault.CHANGED, row["uid"], sentence, before=known.before, now=known.now)
