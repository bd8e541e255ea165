"""What happens to devices, punches, excuses and rosters, as the ledger tells it. Who it is, is personal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import UUID

from pamong.attendance.choices import (
    SwapStepKind,
)
from pamong.kernel.clock import format_date, format_month
from pamong.kernel.money import grouped
from pamong.ledger.events import Event, only


@dataclass(frozen=True, slots=True)
class GroupRegistered(Event):
    """A group of machines that know the same numbers was entered."""

    kind: ClassVar[str] = "attendance.group_registered"
    group: UUID
    name: str

    def public(self) -> Mapping[str, Any]:
        return {"group": self.group, "name": self.name}

    def sentence(self) -> str:
        return f"Kelompok mesin presensi {self.name} dicatat."


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

    def data_subject(self) -> UUID | None:
        return self.person

    def sentence(self) -> str:
        return f"PIN presensi dicatat untuk seorang pegawai mulai {format_date(self.on)}."


@dataclass(frozen=True, slots=True)
class PinEnded(Event):
    """A number on the devices of a group is nobody's from a day on."""

    kind: ClassVar[str] = "attendance.pin_ended"
    group: UUID
    pin: str
    on: date
    person: UUID | None = None

    def public(self) -> Mapping[str, Any]:
        return {"group": self.group, "on": self.on}

    def personal(self) -> Mapping[str, Any]:
        return {"pin": self.pin}

    def data_subject(self) -> UUID | None:
        return self.person

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

    def data_subject(self) -> UUID | None:
        return only(each["person"] for each in self.excuses)

    def sentence(self) -> str:
        if not self.excuses:
            return "Pengecualian hari kerja dari satu dokumen ditarik."
        return f"{len(self.excuses)} pengecualian hari kerja dicatat dari satu dokumen."


@dataclass(frozen=True, slots=True)
class ShiftDefined(Event):
    """A shift has these times from a day on; ``late``: days of rosters with it that had begun."""

    kind: ClassVar[str] = "attendance.shift_defined"
    shift: UUID
    unit: UUID
    code: str
    starts: time
    ends: time
    on: date
    late: int = 0

    def public(self) -> Mapping[str, Any]:
        return {
            "shift": self.shift, "unit": self.unit, "code": self.code,
            "starts": f"{self.starts:%H:%M}", "ends": f"{self.ends:%H:%M}", "on": self.on,
            "late": self.late,
        }  # fmt: skip

    def sentence(self) -> str:
        times = f"pukul {self.starts:%H.%M} sampai {self.ends:%H.%M}"
        late = f", {self.late} hari jadwal sesudah harinya" if self.late else ""
        return f"Dinas {self.code} {times} mulai {format_date(self.on)}{late}."


@dataclass(frozen=True, slots=True)
class ShiftEnded(Event):
    """A letter of a unit means nothing any more from a day on."""

    kind: ClassVar[str] = "attendance.shift_ended"
    shift: UUID
    unit: UUID
    code: str
    on: date

    def public(self) -> Mapping[str, Any]:
        return {"shift": self.shift, "unit": self.unit, "code": self.code, "on": self.on}

    def sentence(self) -> str:
        return f"Kode dinas {self.code} tidak berlaku lagi mulai {format_date(self.on)}."


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
        late = f", {grouped(self.late)} hari di antaranya sudah lewat" if self.late else ""
        month = format_month(self.month.year, self.month.month)
        return f"Jadwal dinas {month} disimpan: {grouped(self.days)} hari berubah{late}."


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

    def data_subject(self) -> UUID | None:
        return None

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
