"""What an audit found: values, each with its sentence; and what it could not look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

MOST_KEPT = 10_000  # findings of one kind in one place; the rest are counted


class FindingKind(StrEnum):
    """What is wrong; the label is a heading."""

    ENTRY_CHANGED = "entry_changed"
    ENTRY_REMOVED = "entry_removed"
    ENTRY_ADDED = "entry_added"
    TREE = "tree"
    CHECKPOINT = "checkpoint"
    SIGNATURE = "signature"
    ROLLED_BACK = "rolled_back"
    PUBLISHED = "published"
    UNMARKED = "unmarked"
    COPIED = "copied"
    UNVOUCHED = "unvouched"
    ROLE = "role"
    GROUP = "group"
    ROW_CHANGED = "row_changed"
    ROW_REDATED = "row_redated"
    ROW_REMOVED = "row_removed"
    ROW_ADDED = "row_added"
    SHAPE = "shape"
    GUARD = "guard"
    PERSONAL = "personal"
    ERASED = "erased"
    LAW = "law"
    SLIP = "slip"

    @property
    def label(self) -> str:
        """The kind as users read it."""
        return _LABELS[self]


_LABELS = {
    FindingKind.ENTRY_CHANGED: "Catatan diubah",
    FindingKind.ENTRY_REMOVED: "Catatan dihapus",
    FindingKind.ENTRY_ADDED: "Catatan disisipkan",
    FindingKind.TREE: "Buku segel tidak cocok dengan akarnya",
    FindingKind.CHECKPOINT: "Titik segel tidak cocok dengan buku",
    FindingKind.SIGNATURE: "Tanda tangan tidak sah",
    FindingKind.ROLLED_BACK: "Buku segel mundur",
    FindingKind.PUBLISHED: "Berkas terbitan berbeda",
    FindingKind.UNMARKED: "Catatan bukan dari aplikasi",
    FindingKind.COPIED: "Catatan disalin",
    FindingKind.UNVOUCHED: "Baris ditulis tanpa kejadian",
    FindingKind.ROLE: "Baris ditulis pengguna lain",
    FindingKind.GROUP: "Isi baris di buku segel diubah",
    FindingKind.ROW_CHANGED: "Baris diubah",
    FindingKind.ROW_REDATED: "Tanggal diubah",
    FindingKind.ROW_REMOVED: "Baris dihapus",
    FindingKind.ROW_ADDED: "Baris disisipkan",
    FindingKind.SHAPE: "Susunan tabel diubah",
    FindingKind.GUARD: "Kunci dilepas",
    FindingKind.PERSONAL: "Isi pribadi tidak cocok",
    FindingKind.ERASED: "Isi dihapus tanpa catatan",
    FindingKind.LAW: "Aturan yang berlaku diubah",
    FindingKind.SLIP: "Rincian pembayaran diubah",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A leaf: its log, its number from 0, and when it was placed."""

    log: str
    seq: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    ``relation`` is a table or the name of a log, ``row`` what tells one row (or leaf) from others there.
    ``before`` is what the log says, ``now`` what stands: by column, as text; ``since`` the leaf that says it.
    """

    kind: FindingKind
    relation: str
    row: str
    sentence: str
    before: Mapping[str, str | None] = field(default_factory=dict)
    now: Mapping[str, str | None] = field(default_factory=dict)
    since: Place | None = None

    def told(self) -> dict[str, Any]:
        """The finding for JSON."""
        since = self.since and {
            "log": self.since.log,
            "seq": self.since.seq,
            "at": self.since.at and self.since.at.isoformat(),
        }
        return {
            "kind": self.kind.value,
            "label": self.kind.label,
            "relation": self.relation,
            "row": self.row,
            "before": dict(self.before),
            "now": dict(self.now),
            "since": since,
            "sentence": self.sentence,
        }


@dataclass
class Report:
    """All findings, how much was looked at, and sentences on what could not be looked at."""

    findings: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    unseen: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _met: Counter[tuple[FindingKind, str]] = field(default_factory=Counter)

    def add(self, finding: Finding) -> None:
        """Take a finding; beyond many of one kind in one place, only its number."""
        met = (finding.kind, finding.relation)
        self._met[met] += 1
        if self._met[met] <= MOST_KEPT:
            self.findings.append(finding)

    def take(self, other: Report, but: Collection[str] = ()) -> None:
        """Take what another report has, but not its findings in these places."""
        self.counts.update(other.counts)
        for finding in other.findings:
            if finding.relation not in but:
                self.add(finding)
        for (kind, relation), count in other._met.items():
            if relation not in but and count > MOST_KEPT:
                self._met[kind, relation] += count - MOST_KEPT

    @property
    def total(self) -> int:
        """The number of all findings, those not kept too."""
        return sum(self._met.values())

    @property
    def left_out(self) -> dict[str, int]:
        """How many findings of a kind and place were only counted."""
        return {
            f"{kind.value} {relation}": count - MOST_KEPT
            for (kind, relation), count in self._met.items()
            if count > MOST_KEPT
        }

    @property
    def ok(self) -> bool:
        """Whether all was looked at and nothing was found."""
        return not self.total and not self.unseen

    def summary(self) -> dict[str, Any]:
        """The counts for JSON, with what was not seen."""
        return {
            **dict(sorted(self.counts.items())),
            "findings": self.total,
            "left_out": self.left_out,
            "unseen": list(self.unseen),
            "notes": list(self.notes),
        }
