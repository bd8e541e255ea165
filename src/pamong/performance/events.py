"""What happens to somebody's month, as the ledger tells it. Who it is, and his values, are personal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pamong.kernel.clock import format_month
from pamong.ledger.events import Event


@dataclass(frozen=True, slots=True)
class MonthEntered(Event):
    """An employee said what he did in a month."""

    kind: ClassVar[str] = "performance.month_entered"
    month: date
    version: int
    is_late: bool
    person: UUID
    values: Mapping[str, Any] = field(default_factory=dict)

    def public(self) -> Mapping[str, Any]:
        return {"month": self.month, "version": self.version, "is_late": self.is_late}

    def personal(self) -> Mapping[str, Any]:
        return {"person": self.person, "values": dict(self.values)}

    def data_subject(self) -> UUID | None:
        return self.person

    def sentence(self) -> str:
        late = ", sesudah batas waktu" if self.is_late else ""
        return f"Kinerja {_named(self.month)} diisi pegawai{late}."

    def link(self) -> str:
        return "/kinerja/bulan-saya/"


@dataclass(frozen=True, slots=True)
class MonthVerified(Event):
    """A superior confirmed a month, as it was entered or with other values and his reason."""

    kind: ClassVar[str] = "performance.month_verified"
    month: date
    version: int
    changed: bool
    person: UUID
    values: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""

    def public(self) -> Mapping[str, Any]:
        return {"month": self.month, "version": self.version, "changed": self.changed}

    def personal(self) -> Mapping[str, Any]:
        return {"person": self.person, "values": dict(self.values), "reason": self.reason}

    def data_subject(self) -> UUID | None:
        return self.person

    def sentence(self) -> str:
        how = "diverifikasi dengan perubahan" if self.changed else "diverifikasi"
        return f"Kinerja {_named(self.month)} seorang pegawai {how}."

    def link(self) -> str:
        return "/kinerja/bulan-tim/"


@dataclass(frozen=True, slots=True)
class SheetMoved(Event):
    """A month's sheet was tried, handed to a second person, refused or laid aside."""

    kind: ClassVar[str] = "performance.sheet_moved"
    file: UUID
    month: date
    sha256: str
    state: str
    reason: str = ""

    def public(self) -> Mapping[str, Any]:
        return {"file": self.file, "month": self.month, "sha256": self.sha256, "state": self.state}

    def personal(self) -> Mapping[str, Any]:
        return {"reason": self.reason} if self.reason else {}

    def data_subject(self) -> UUID | None:
        return None

    def sentence(self) -> str:
        told = {
            "checked": "dicoba", "waiting": "menunggu petugas kedua", "refused": "tidak disetujui",
            "discarded": "tidak dipakai",
        }  # fmt: skip
        return f"Isian bulanan {_named(self.month)} {told[self.state]}."

    def link(self) -> str:
        return f"/kinerja/impor/{self.file}/"


@dataclass(frozen=True, slots=True)
class SheetStored(Event):
    """A month's sheet was stored: so many months of people, so many facts of their pay, the hash of all."""

    kind: ClassVar[str] = "performance.sheet_stored"
    file: UUID
    month: date
    sha256: str
    months: int
    facts: int
    rows_hash: str

    def public(self) -> Mapping[str, Any]:
        return {
            "file": self.file, "month": self.month, "sha256": self.sha256, "months": self.months,
            "facts": self.facts, "rows_hash": self.rows_hash,
        }  # fmt: skip

    def sentence(self) -> str:
        return f"Isian bulanan {_named(self.month)} untuk {self.months} pegawai disimpan."

    def link(self) -> str:
        return f"/kinerja/impor/{self.file}/"


def _named(month: date) -> str:
    return format_month(month.year, month.month)
