"""What happens to devices and punches, as the ledger tells it. A PIN's owner is personal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import UUID

from pamong.attendance.choices import (
    CorrectionStepKind,
    OutageStepKind,
    Register,
    SheetState,
    SwapStepKind,
)
from pamong.kernel.clock import format_date, format_month
from pamong.ledger.choices import PaperState
from pamong.ledger.events import Event


@dataclass(frozen=True, slots=True)
class DeviceRegistered(Event):
    """A device was entered, with the group whose numbers it knows."""

    kind: ClassVar[str] = "attendance.device_registered"
    device: UUID
    serial: str
    group: UUID

    def public(self) -> Mapping[str, Any]:
        return {"device": self.device, "serial": self.serial, "group": self.group}

    def sentence(self) -> str:
        return f"Mesin presensi {self.serial} dicatat."


@dataclass(frozen=True, slots=True)
class DevicePlaced(Event):
    """A device stands at a site from a day on."""

    kind: ClassVar[str] = "attendance.device_placed"
    device: UUID
    site: UUID
    on: date

    def public(self) -> Mapping[str, Any]:
        return {"device": self.device, "site": self.site, "on": self.on}

    def sentence(self) -> str:
        return f"Mesin presensi ditempatkan di lokasi lain mulai {format_date(self.on)}."


@dataclass(frozen=True, slots=True)
class DeviceEnded(Event):
    """A device records nothing any more from a day on."""

    kind: ClassVar[str] = "attendance.device_ended"
    device: UUID
    on: date

    def public(self) -> Mapping[str, Any]:
        return {"device": self.device, "on": self.on}

    def sentence(self) -> str:
        return f"Mesin presensi tidak dipakai lagi mulai {format_date(self.on)}."


@dataclass(frozen=True, slots=True)
class PinAssigned(Event):
    """Somebody has a number on the devices of a group from a day on, until the day before another."""

    kind: ClassVar[str] = "attendance.pin_assigned"
    group: UUID
    pin: str
    person: UUID
    on: date
    until: date | None = None

    def public(self) -> Mapping[str, Any]:
        return {"group": self.group, "on": self.on, "until": self.until}

    def personal(self) -> Mapping[str, Any]:
        return {"pin": self.pin, "person": self.person}

    def sentence(self) -> str:
        return f"PIN presensi dicatat untuk seorang pegawai mulai {format_date(self.on)}."


@dataclass(frozen=True, slots=True)
class PinEnded(Event):
    """A number on the devices of a group is nobody's from a day on."""

    kind: ClassVar[str] = "attendance.pin_ended"
    group: UUID
    pin: str
    on: date

    def public(self) -> Mapping[str, Any]:
        return {"group": self.group, "on": self.on}

    def personal(self) -> Mapping[str, Any]:
        return {"pin": self.pin}

    def sentence(self) -> str:
        return f"PIN presensi berakhir mulai {format_date(self.on)}."


@dataclass(frozen=True, slots=True)
class PunchesStored(Event):
    """The events of a device's file were stored: so many new, so many known already, so many set aside."""

    kind: ClassVar[str] = "attendance.punches_stored"
    file: UUID
    device: UUID
    sha256: str
    stored: int
    known: int
    quarantined: int
    through: datetime | None

    def public(self) -> Mapping[str, Any]:
        return {
            "file": self.file, "device": self.device, "sha256": self.sha256, "stored": self.stored,
            "known": self.known, "quarantined": self.quarantined, "through": self.through,
        }  # fmt: skip

    def sentence(self) -> str:
        return f"{self.stored} presensi baru dari berkas mesin disimpan."


@dataclass(frozen=True, slots=True)
class WeekSet(Event):
    """From a day on a unit, and what is below it, works on so many days a week."""

    kind: ClassVar[str] = "attendance.week_set"
    unit: UUID
    week: str
    on: date

    def public(self) -> Mapping[str, Any]:
        return {"unit": self.unit, "week": self.week, "on": self.on}

    def sentence(self) -> str:
        return f"Unit bekerja {self.week} hari seminggu mulai {format_date(self.on)}."


@dataclass(frozen=True, slots=True)
class ExcusesSet(Event):
    """A document of a register says who is not expected on which days; without any, it says so no more.

    Who and why are personal: a kind may tell of health.
    """

    kind: ClassVar[str] = "attendance.excuses_set"
    source: str
    source_uid: UUID
    excuses: Sequence[Mapping[str, Any]]

    def public(self) -> Mapping[str, Any]:
        return {"source": self.source, "source_uid": self.source_uid, "excuses": len(self.excuses)}

    def personal(self) -> Mapping[str, Any]:
        return {"excuses": list(self.excuses)}

    def sentence(self) -> str:
        if not self.excuses:
            return "Pengecualian hari kerja dari satu dokumen ditarik."
        return f"{len(self.excuses)} pengecualian hari kerja dicatat dari satu dokumen."


@dataclass(frozen=True, slots=True)
class ShiftDefined(Event):
    """A shift has these times from a day on."""

    kind: ClassVar[str] = "attendance.shift_defined"
    shift: UUID
    unit: UUID
    code: str
    starts: time
    ends: time
    on: date

    def public(self) -> Mapping[str, Any]:
        return {
            "shift": self.shift, "unit": self.unit, "code": self.code,
            "starts": f"{self.starts:%H:%M}", "ends": f"{self.ends:%H:%M}", "on": self.on,
        }  # fmt: skip

    def sentence(self) -> str:
        times = f"pukul {self.starts:%H.%M} sampai {self.ends:%H.%M}"
        return f"Dinas {self.code} {times} mulai {format_date(self.on)}."


@dataclass(frozen=True, slots=True)
class RosterEntered(Event):
    """A unit's roster of a month was stored: so many days of people, so many of them after their day."""

    kind: ClassVar[str] = "attendance.roster_entered"
    sheet: UUID
    unit: UUID
    month: date
    sha256: str
    days: int
    late: int

    def public(self) -> Mapping[str, Any]:
        return {
            "sheet": self.sheet, "unit": self.unit, "month": self.month, "sha256": self.sha256,
            "days": self.days, "late": self.late,
        }  # fmt: skip

    def sentence(self) -> str:
        late = f", {self.late} di antaranya sesudah harinya" if self.late else ""
        month = format_month(self.month.year, self.month.month)
        return f"Jadwal dinas {month} disimpan: {self.days} hari berubah{late}."


@dataclass(frozen=True, slots=True)
class SwapAsked(Event):
    """Somebody asks a colleague to trade a day each."""

    kind: ClassVar[str] = "attendance.swap_asked"
    swap: UUID
    asker: UUID
    other: UUID
    asker_on: date
    other_on: date

    def public(self) -> Mapping[str, Any]:
        return {"swap": self.swap, "asker_on": self.asker_on, "other_on": self.other_on}

    def personal(self) -> Mapping[str, Any]:
        return {"asker": self.asker, "other": self.other}

    def sentence(self) -> str:
        return f"Tukar dinas {format_date(self.asker_on)} dengan {format_date(self.other_on)} diusulkan."


@dataclass(frozen=True, slots=True)
class SwapStepped(Event):
    """The other consented, the superior agreed, or the swap ended without; ``late``: days that had begun."""

    kind: ClassVar[str] = "attendance.swap_stepped"
    swap: UUID
    step: SwapStepKind
    late: int = 0

    def public(self) -> Mapping[str, Any]:
        return {"swap": self.swap, "step": self.step, "late": self.late}

    def sentence(self) -> str:
        late = f", {self.late} hari jadwal sesudah harinya" if self.late else ""
        return f"Tukar dinas {self.step.label.lower()}{late}."


@dataclass(frozen=True, slots=True)
class CorrectionStepped(Event):
    """Something happened to a request to correct a day; whose day it is and what was said is personal."""

    kind: ClassVar[str] = "attendance.correction_stepped"
    correction: UUID
    number: int
    step: CorrectionStepKind
    person: UUID
    on: date
    note: str = ""
    claim: Mapping[str, Any] | None = None
    due_on: date | None = None

    def public(self) -> Mapping[str, Any]:
        return {
            "correction": self.correction, "number": self.number, "step": self.step, "due_on": self.due_on,
        }  # fmt: skip

    def personal(self) -> Mapping[str, Any]:
        told = {"person": self.person, "on": self.on, "note": self.note}
        return told if self.claim is None else {**told, "claim": self.claim}

    def sentence(self) -> str:
        return f"Koreksi presensi satu hari: {self.step.label.lower()}."


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

    def public(self) -> Mapping[str, Any]:
        return {
            "register": self.name, "paper": self.paper, "document": self.document, "act": self.act,
            "state": self.state,
        }  # fmt: skip

    def personal(self) -> Mapping[str, Any]:
        return {"answer": self.answer}

    def sentence(self) -> str:
        named, state = Register(self.name).label.lower(), PaperState(self.state).label.lower()
        return f"Dokumen {named} {state}."
