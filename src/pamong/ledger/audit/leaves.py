"""Every leaf of a log: its number, its bytes, its hash, its mark; and that rows have an event beside them.

Leaves stand in the order in which transactions were placed: the events of one, then one leaf for the rows
that it wrote. So an event vouches only for rows right behind it, whatever a column says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from psycopg import Connection

from pamong.ledger import marks
from pamong.ledger.audit.findings import MOST_KEPT, Finding, FindingKind, Place, Report
from pamong.ledger.audit.looking import (
    APPLICATION,
    OWNER,
    ROWS_KIND,
    LogRow,
    Means,
    Progress,
    Told,
)
from pamong.ledger.audit.published import Published
from pamong.ledger.audit.sessions import stream
from pamong.ledger.audit.trees import Peaks
from pamong.ledger.binding import shape_of
from pamong.ledger.tree.merkle import leaf_hash

STEP = 1 << 14  # leaves after which progress is told

_LEAVES = """
    SELECT l.seq, l.hash, l.placed_at, i.id, i.log, i.kind, i.body, i.mark, i.xid, g.xid
    FROM ledger_leaf l LEFT JOIN ledger_intake i ON i.id = l.intake_id
    LEFT JOIN ledger_rowgroup g ON g.intake_id = l.intake_id
    WHERE l.log_id = %s ORDER BY l.seq"""
_TWIN = "SELECT seq FROM ledger_leaf WHERE log_id = %s AND hash = %s"


class _Leaf(NamedTuple):
    seq: int
    hash: bytes
    at: Any
    id: int | None
    log: str | None
    kind: str | None
    body: str | None
    mark: bytes | None
    xid: int | None
    group: int | None


class Leaves:
    """One pass over the leaves of a log. ``roots``: the root at each size that was asked for."""

    def __init__(
        self,
        log: LogRow,
        means: Means,
        told: Told,
        report: Report,
        published: Published,
        sizes: Sequence[int],
    ) -> None:
        """Nothing is read yet."""
        self.log = log
        self.roots: dict[int, bytes] = {}
        self.unvouched: list[tuple[int, Place]] = []
        self._keys = means.keys
        self._told = told
        self._report = report
        self._published = published
        self._sizes = [size for size in sorted(set(sizes), reverse=True) if size]
        self._tree = Peaks()
        self._changed: list[tuple[int, bytes]] = []
        self._differing: list[tuple[_Leaf, bytes]] = []
        self._xid: int | None = None  # the transaction of the events met last
        self._marked = self._bound = False
        self._since = 0  # the number of the first of them
        self._signed = self._beat = (
            0  # the last size that was signed: what is placed together is signed together
        )

    def run(self, session: Connection[Any], progress: Progress) -> None:
        """Look at all leaves, then say what swapped places."""
        for leaf in self._leaves(session):
            self._look(leaf)
            if leaf.seq % STEP == 0:
                progress(f"Memeriksa catatan buku '{self.log.name}'", leaf.seq, self.log.size)
        self._swapped(session)
        self._whole()
        self._unlike_published()
        self._report.counts[f"entries_{self.log.name}"] = self._tree.size

    def _leaves(self, session: Connection[Any]) -> Iterator[_Leaf]:
        return (_Leaf(*row) for row in stream(session, _LEAVES, [self.log.name]))

    # --- One leaf ---

    def _look(self, leaf: _Leaf) -> None:
        while self._tree.size < leaf.seq:
            self._missing(self._tree.size)
        if self._tree.size > leaf.seq:  # a number that is there twice
            self._add(FindingKind.ENTRY_ADDED, leaf, f"Catatan nomor {leaf.seq} ada lebih dari sekali.")
            return
        self._beat = self._signed
        self._push(leaf.hash)
        if self._is_whole(leaf):
            self._origin(leaf)

    def _push(self, hashed: bytes) -> None:
        self._tree.push(hashed)
        while self._sizes and self._sizes[-1] <= self._tree.size:
            self.roots[self._sizes.pop()] = self._tree.root
            self._signed = self._tree.size

    def _missing(self, seq: int) -> None:
        """A number without a leaf: the tree goes on with what was published of it."""
        hashed = self._published.hash_of(seq)
        before = {"isi": self._published.entry_of(seq, hashed)} if hashed else {}
        self._report.add(
            Finding(
                FindingKind.ENTRY_REMOVED, self.log.name, str(seq),
                f"Catatan nomor {seq} di buku '{self.log.name}' dihapus.", before,
                since=Place(self.log.name, seq),
            )
        )  # fmt: skip
        self._push(hashed or b"\x00" * 32)

    def _is_whole(self, leaf: _Leaf) -> bool:
        """Whether the bytes are those that were sealed, in this log, of this kind."""
        published = self._published.hash_of(leaf.seq)
        if leaf.body is None:
            self._gone(leaf)
            return False
        hashed = leaf_hash(leaf.body.encode())
        if hashed != leaf.hash:
            self._altered(leaf, hashed, published)
            return False
        if published and published != hashed and len(self._differing) < MOST_KEPT:
            self._differing.append((leaf, published))
        if leaf.log != self.log.name or not _is_of_kind(leaf.body, leaf.kind):
            self._add(
                FindingKind.ENTRY_CHANGED, leaf,
                f"Jenis atau buku catatan nomor {leaf.seq} diubah, padahal isinya mengatakan lain.",
            )  # fmt: skip
            return False
        return True

    def _gone(self, leaf: _Leaf) -> None:
        before = self._published.entry_of(leaf.seq, leaf.hash)
        self._add(
            FindingKind.ENTRY_REMOVED, leaf,
            f"Isi catatan nomor {leaf.seq} di buku '{self.log.name}' dihapus.", before,
        )  # fmt: skip

    def _altered(self, leaf: _Leaf, hashed: bytes, published: bytes | None) -> None:
        self._changed.append((leaf.seq, hashed))
        self._told.altered.add(leaf.id or 0)
        before = self._published.entry_of(leaf.seq, published or leaf.hash)
        self._add(
            FindingKind.ENTRY_CHANGED, leaf,
            f"Isi catatan nomor {leaf.seq} di buku '{self.log.name}' tidak sama dengan saat disegel.", before,
        )  # fmt: skip

    # --- Where it comes from ---

    def _origin(self, leaf: _Leaf) -> None:
        if leaf.kind == ROWS_KIND and leaf.mark is None:
            self._rows(leaf)
            return
        marked = self._is_marked(leaf)
        if leaf.xid != self._xid:
            self._xid, self._marked, self._bound, self._since = leaf.xid, False, False, leaf.seq
        self._marked |= marked
        if marked:
            self._take(leaf)
        else:
            self._add(
                FindingKind.UNMARKED, leaf,
                f"Catatan nomor {leaf.seq} tidak ditulis oleh aplikasi: tandanya tidak ada atau palsu.",
            )  # fmt: skip

    def _is_marked(self, leaf: _Leaf) -> bool:
        """Without the application's secret the mark's presence is all that can be seen."""
        if not self._keys:
            return leaf.mark is not None
        return marks.is_marked(self._keys, (leaf.body or "").encode(), leaf.mark)

    def _rows(self, leaf: _Leaf) -> None:
        """A leaf for the rows of a transaction, which an event of the same one must stand before."""
        place = Place(self.log.name, leaf.seq, leaf.at)
        if leaf.group is None:
            self._add(
                FindingKind.ENTRY_ADDED, leaf,
                f"Catatan nomor {leaf.seq} menyebut baris, tetapi barisnya tidak ada.",
            )  # fmt: skip
            return
        beside = leaf.group == self._xid and self._marked and self._since >= self._beat
        if not beside:
            self.unvouched.append((leaf.group, place))
        self._roles(leaf, leaf.group, beside and self._bound)

    def _roles(self, leaf: _Leaf, group: int, migrated: bool) -> None:
        public = json.loads(leaf.body or "")["public"]
        others = {str(role) for role in public.get("by", ())} - {APPLICATION}
        if migrated and others <= {OWNER}:
            self._report.counts["rows_by_migrations"] += int(public.get("rows", 0))
        elif others:
            who = ", ".join(sorted(others))
            self._add(
                FindingKind.ROLE, leaf,
                f"Pengguna basis data '{who}' menulis {public.get('rows')} baris langsung, bukan aplikasi.",
            )  # fmt: skip

    def _take(self, leaf: _Leaf) -> None:
        """Keep what a marked entry says that other checks need."""
        xid = leaf.xid or 0
        read(self._told, leaf.kind or "", xid, leaf.body or "")
        self._bound |= leaf.kind == "ledger.bound"

    # --- All together ---

    def _swapped(self, session: Connection[Any]) -> None:
        """Say of altered leaves whose bytes are those of another leaf that they were exchanged."""
        for seq, hashed in self._changed[:1000]:
            twin = session.execute(_TWIN, [self.log.name, hashed]).fetchone()
            if twin and twin[0] != seq:
                self._report.add(
                    Finding(
                        FindingKind.ENTRY_CHANGED, self.log.name, str(seq),
                        f"Isi catatan nomor {seq} kini isi catatan nomor {twin[0]}: keduanya ditukar.",
                        since=Place(self.log.name, seq),
                    )
                )  # fmt: skip

    def _unlike_published(self) -> None:
        """Leaves that differ from their published hash: where the database gives the published root, it is
        the files that were changed."""
        if self._differing and self.roots.get(self._published.size) == self._published.root:
            sentence = f"{len(self._differing)} hash di berkas ubin buku '{self.log.name}' diubah."
            numbers = ", ".join(str(leaf.seq) for leaf, _ in self._differing[:20])
            self._report.add(Finding(FindingKind.PUBLISHED, self.log.name, numbers, sentence))
            return
        for leaf, published in self._differing:
            self._altered(leaf, leaf.hash, published)

    def _whole(self) -> None:
        while self._tree.size < self.log.size:
            self._missing(self._tree.size)
        for fault in self._published.faults:
            self._report.add(Finding(FindingKind.PUBLISHED, self.log.name, "", fault))
        if (self._tree.size, self._tree.root) != (self.log.size, self.log.root):
            self._report.add(
                Finding(
                    FindingKind.TREE, self.log.name, "",
                    f"Buku '{self.log.name}' menurut basis data memuat {self.log.size} catatan dengan akar "
                    f"{self.log.root.hex()[:16]}, hasil hitung ulang {self._tree.size} catatan dengan akar "
                    f"{self._tree.root.hex()[:16]}.",
                )
            )  # fmt: skip

    def _add(self, kind: FindingKind, leaf: _Leaf, sentence: str, before: str | None = None) -> None:
        now = {} if leaf.body is None else {"isi": leaf.body}
        told = {} if before is None else {"isi": before}
        place = Place(self.log.name, leaf.seq, leaf.at)
        self._report.add(Finding(kind, self.log.name, str(leaf.seq), sentence, told, now, place))


def read(told: Told, kind: str, xid: int, body: str) -> None:
    """Keep what a marked entry says, if other checks need it."""
    if kind in _READ:
        _READ[kind](told, xid, json.loads(body)["public"])


def _is_of_kind(body: str, kind: str | None) -> bool:
    return f',"format":1,"kind":"{kind}",' in body


def _bound(told: Told, xid: int, public: Any) -> None:
    shape = shape_of(public["relation"], public["shape"], public["columns"], public["key"], public["which"])
    told.shapes[shape.relation, shape.number] = shape
    told.bound_in[shape.relation, shape.number] = xid


def _rows_erased(told: Told, xid: int, public: Any) -> None:
    told.erased_rows[xid, public["relation"]] = public


def _erased(told: Told, xid: int, public: Any) -> None:
    told.erased_keys.update(public.get("keys", ()))


def _law(told: Told, xid: int, public: Any) -> None:
    told.law = public


def _policy(told: Told, xid: int, public: Any) -> None:
    told.policy = public["policy"]


def _key(told: Told, xid: int, public: Any) -> None:
    """A new key comes first in the file; an old one stays there."""
    if told.policy is not None and public["begins"]:
        told.policy = f"log {public['vkey']}\n{told.policy}"


_READ = {
    "ledger.bound": _bound,
    "ledger.unbound": _bound,
    "ledger.rows_erased": _rows_erased,
    "ledger.erased": _erased,
    "law.in_force": _law,
    "ledger.policy_set": _policy,
    "ledger.key_changed": _key,
}
