"""What happens to lists of leave and to days of leave. Single leaves are told by their register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pamong.ledger.events import Event


@dataclass(frozen=True, slots=True)
class ListBrought(Event):
    """A list of leave was handed in: so many rows can be stored, so many problems were found."""

    kind: ClassVar[str] = "leave.list_brought"
    paper: UUID
    name: str
    sha256: str
    rows: int
    problems: int

    def public(self) -> Mapping[str, Any]:
        return {"paper": self.paper, "sha256": self.sha256, "rows": self.rows, "problems": self.problems}

    def personal(self) -> Mapping[str, Any]:
        return {"name": self.name}

    def data_subject(self) -> UUID | None:
        return None

    def sentence(self) -> str:
        return f"Daftar cuti dengan {self.rows} baris dimasukkan dan menunggu persetujuan orang lain."


@dataclass(frozen=True, slots=True)
class LeaveKept(Event):
    """Somebody punched on a day of leave, and a person let it stay leave: for what reason."""

    kind: ClassVar[str] = "leave.kept"
    person: UUID
    on: date
    punches: int
    reason: str

    def public(self) -> Mapping[str, Any]:
        return {"person": self.person, "punches": self.punches}

    def personal(self) -> Mapping[str, Any]:
        return {"on": self.on, "reason": self.reason}

    def data_subject(self) -> UUID | None:
        return self.person

    def sentence(self) -> str:
        return "Presensi pada hari cuti diperiksa; harinya tetap cuti."
