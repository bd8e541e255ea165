"""What people say of days and others decide, as the ledger tells it. Whom it is about is personal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from pamong.attendance.choices import OutageStepKind, Register, SheetState
from pamong.kernel.clock import format_date
from pamong.ledger.choices import PaperState
from pamong.ledger.events import Event, only


@dataclass(frozen=True, slots=True)
class AttachmentKept(Event):
    """A file that shows something was kept."""

    kind: ClassVar[str] = "attendance.attachment_kept"
    attachment: UUID
    sha256: str

    def public(self) -> Mapping[str, Any]:
        return {"attachment": self.attachment, "sha256": self.sha256}

    def sentence(self) -> str:
        return "Berkas bukti presensi disimpan."


@dataclass(frozen=True, slots=True)
class PunchesVouched(Event):
    """Events that people vouch for were stored; whose they are is personal."""

    kind: ClassVar[str] = "attendance.punches_vouched"
    source_uid: UUID
    stored: int
    known: int
    punches: Sequence[Mapping[str, Any]]

    def public(self) -> Mapping[str, Any]:
        return {"source_uid": self.source_uid, "stored": self.stored, "known": self.known}

    def personal(self) -> Mapping[str, Any]:
        return {"punches": list(self.punches)}

    def data_subject(self) -> UUID | None:
        return only(each["person"] for each in self.punches)

    def sentence(self) -> str:
        return f"{self.stored} presensi dicatat dengan persetujuan orang kedua."


@dataclass(frozen=True, slots=True)
class OutageStepped(Event):
    """Something happened to an outage of a site; nothing of it is personal."""

    kind: ClassVar[str] = "attendance.outage_stepped"
    outage: UUID
    step: OutageStepKind
    starts: datetime
    ends: datetime | None
    excused: int | None = None
    note: str = ""

    def public(self) -> Mapping[str, Any]:
        return {
            "outage": self.outage, "step": self.step, "starts": self.starts, "ends": self.ends,
            "excused": self.excused, "note": self.note,
        }  # fmt: skip

    def sentence(self) -> str:
        return f"Gangguan presensi di satu lokasi: {self.step.label.lower()}."


@dataclass(frozen=True, slots=True)
class SheetStepped(Event):
    """A list of who was present, written instead of a machine, was entered, stored, refused or withdrawn.

    Who stands on it is personal.
    """

    kind: ClassVar[str] = "attendance.sheet_stepped"
    sheet: UUID
    state: SheetState
    on: date
    rows: int
    people: Sequence[UUID] = ()
    note: str = ""

    def public(self) -> Mapping[str, Any]:
        return {"sheet": self.sheet, "state": self.state, "on": self.on, "rows": self.rows}

    def personal(self) -> Mapping[str, Any]:
        return {"people": list(self.people), "note": self.note}

    def data_subject(self) -> UUID | None:
        return only(self.people)

    def sentence(self) -> str:
        return f"Daftar hadir {format_date(self.on)}, {self.rows} orang: {self.state.label.lower()}."


@dataclass(frozen=True, slots=True)
class PaperEntered(Event):
    """An act on a document of a register was entered. What it says, and of whom, is personal."""

    kind: ClassVar[str] = "attendance.paper_entered"
    name: str  # of the register
    paper: UUID
    document: UUID
    act: str
    people: Sequence[UUID]
    content: Mapping[str, Any]

    def public(self) -> Mapping[str, Any]:
        return {"register": self.name, "paper": self.paper, "document": self.document, "act": self.act}

    def personal(self) -> Mapping[str, Any]:
        return {"people": list(self.people), "content": dict(self.content)}

    def data_subject(self) -> UUID | None:
        return only(self.people)

    def sentence(self) -> str:
        named = Register(self.name).label.lower()
        return f"Dokumen {named} dimasukkan dan menunggu persetujuan orang lain."


@dataclass(frozen=True, slots=True)
class PaperDecided(Event):
    """An act on a document was agreed, refused, or taken back by who entered it."""

    kind: ClassVar[str] = "attendance.paper_decided"
    name: str  # of the register
    paper: UUID
    document: UUID
    act: str
    state: str
    answer: str = ""
    people: Sequence[UUID] = ()

    def public(self) -> Mapping[str, Any]:
        return {
            "register": self.name, "paper": self.paper, "document": self.document, "act": self.act,
            "state": self.state,
        }  # fmt: skip

    def personal(self) -> Mapping[str, Any]:
        return {"answer": self.answer}

    def data_subject(self) -> UUID | None:
        return only(self.people)

    def sentence(self) -> str:
        named, state = Register(self.name).label.lower(), PaperState(self.state).label.lower()
        return f"Dokumen {named} {state}."
