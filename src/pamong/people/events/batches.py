"""What happens to files of people's data, for the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from pamong.ledger.events import Event


@dataclass(frozen=True, slots=True)
class _OfBatch(Event):
    kind: ClassVar[str] = "people.batch"
    batch: UUID

    def public(self) -> Mapping[str, Any]:
        return {"batch": self.batch}

    def sentence(self) -> str:
        return "Impor berkas."

    def link(self) -> str:
        return f"/impor/{self.batch}"


@dataclass(frozen=True, slots=True)
class BatchApplied(_OfBatch):
    """A file was stored: ``sha256`` of the file, what became of its rows, how many rows of which table.

    ``rows_sha256`` is over all rows that were stored, in their order: whoever alters one is found out.
    """

    kind: ClassVar[str] = "people.imported"
    what: str = ""
    sha256: str = ""
    outcomes: Mapping[str, int] = field(default_factory=dict)
    written: Mapping[str, int] = field(default_factory=dict)
    rows_sha256: str = ""
    name: str = ""

    def public(self) -> Mapping[str, Any]:
        return {
            "batch": self.batch, "what": self.what, "sha256": self.sha256, "outcomes": dict(self.outcomes),
            "written": dict(self.written), "rows_sha256": self.rows_sha256,
        }  # fmt: skip

    def personal(self) -> Mapping[str, Any]:
        return {"name": self.name}  # people put names into the names of files

    def data_subject(self) -> UUID | None:
        return None

    def sentence(self) -> str:
        new, changed = self.outcomes.get("new", 0), self.outcomes.get("changed", 0)
        return f"Berkas disimpan: {new} baris baru, {changed} berubah."


@dataclass(frozen=True, slots=True)
class BatchUndone(_OfBatch):
    """A file's rows were taken back, all of them."""

    kind: ClassVar[str] = "people.import_undone"
    rows: int = 0
    reason: str = ""

    def public(self) -> Mapping[str, Any]:
        return {"batch": self.batch, "rows": self.rows}

    def personal(self) -> Mapping[str, Any]:
        return {"reason": self.reason}

    def data_subject(self) -> UUID | None:
        return None

    def sentence(self) -> str:
        return f"Impor dibatalkan: {self.rows} baris ditarik kembali."


@dataclass(frozen=True, slots=True)
class RecallDropped(_OfBatch):
    """A file that somebody wanted taken back stays stored."""

    kind: ClassVar[str] = "people.import_recall_dropped"
    asked_by: str = ""
    reason: str = ""
    why: str = ""  # why it stays; '' where who asked thought better of it

    def public(self) -> Mapping[str, Any]:
        return {"batch": self.batch}

    def personal(self) -> Mapping[str, Any]:
        return {"asked_by": self.asked_by, "reason": self.reason, "why": self.why}

    def data_subject(self) -> UUID | None:
        return None

    def sentence(self) -> str:
        return "Pembatalan impor tidak jadi."


@dataclass(frozen=True, slots=True)
class BatchRefused(_OfBatch):
    """The second officer did not agree that a file is stored: ``tried_by`` is who tried it."""

    kind: ClassVar[str] = "people.import_refused"
    tried_by: str = ""
    reason: str = ""

    def public(self) -> Mapping[str, Any]:
        return {"batch": self.batch}

    def personal(self) -> Mapping[str, Any]:
        return {"tried_by": self.tried_by, "reason": self.reason}

    def data_subject(self) -> UUID | None:
        return None

    def sentence(self) -> str:
        return "Impor tidak disetujui."


@dataclass(frozen=True, slots=True)
class BatchDiscarded(_OfBatch):
    """Who tried a file does not want it stored."""

    kind: ClassVar[str] = "people.import_discarded"

    def sentence(self) -> str:
        return "Impor tidak dipakai."


@dataclass(frozen=True, slots=True)
class TwinDecided(_OfBatch):
    """Somebody decided whether a row of a file is about a person who is known already."""

    kind: ClassVar[str] = "people.twin_decided"
    line: int = 0
    decision: str = ""
    person: UUID | None = None

    def public(self) -> Mapping[str, Any]:
        return {"batch": self.batch, "line": self.line, "decision": self.decision, "person": self.person}

    def sentence(self) -> str:
        return "Kemungkinan orang yang sama diputuskan."
