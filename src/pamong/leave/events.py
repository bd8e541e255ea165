"""What happens to lists of leave, as the ledger tells it. Single leaves are told by their register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
