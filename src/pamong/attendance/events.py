"""What happens to devices and punches, as the ledger tells it. A PIN's owner is personal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from pamong.attendance.choices import Register
from pamong.kernel.clock import format_date
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
