"""What a punch says, where it came from, what may be wrong with one, and what excuses a day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

WEEKS = ("5", "6")  # weekly patterns: so many days of work
OLDEST = date(2015, 1, 1)  # no log in use begins before; a clock that lost its power says 2000
PIN = "[0-9A-Za-z]{1,24}"  # by which a machine knows somebody, as a regular expression


def bare_pin(pin: str) -> str:
    """A number without its padding: ``000001001`` and ``1001`` are one."""
    return pin.lstrip("0") or pin[:1]


class Direction(StrEnum):
    """What the device says of a punch: a hint, never more, as machines and people press the wrong key."""

    IN = "in"
    OUT = "out"
    UNKNOWN = ""

    @property
    def label(self) -> str:
        """The direction as users read it."""
        return {"in": "Masuk", "out": "Pulang", "": "Tidak disebut"}[self.value]


class Source(StrEnum):
    """Where a punch came from."""

    FILE = "file"
    MANUAL = "manual"
    TERMINAL = "terminal"
    PHONE = "phone"

    @property
    def label(self) -> str:
        """The source as users read it."""
        return _SOURCES[self]


_SOURCES = {
    Source.FILE: "Berkas mesin",
    Source.MANUAL: "Dicatat petugas",
    Source.TERMINAL: "Mesin yang terhubung",
    Source.PHONE: "Telepon",
}


class Fault(StrEnum):
    """Why an event of a device lies in quarantine: kept with its text, not counted."""

    NO_TIME = "no_time"
    TOO_OLD = "too_old"
    FUTURE = "future"
    NOBODY = "nobody"
    UNREADABLE = "unreadable"
    OTHER_CONTENT = "other_content"

    @property
    def label(self) -> str:
        """The fault as users read it."""
        return _FAULTS[self]


_FAULTS = {
    Fault.NO_TIME: "Waktunya tidak ada di kalender",
    Fault.TOO_OLD: "Jam mesin tertinggal jauh",
    Fault.FUTURE: "Jam mesin mendahului",
    Fault.NOBODY: "PIN dan NIP kosong",
    Fault.UNREADABLE: "Baris tidak terbaca",
    Fault.OTHER_CONTENT: "Nomor kejadian sudah dipakai untuk isi lain",
}


class ExcuseKind(StrEnum):
    """Why somebody is not expected. The value is the code of the monthly sheet and of the slip's day.

    In the order in which a day is named after one of several: leave before duty, duty before an outage.
    """

    LEAVE_ANNUAL = "CT"
    LEAVE_LONG = "CB"
    LEAVE_SICK = "S"
    LEAVE_MATERNITY = "CM"
    LEAVE_IMPORTANT = "CAP"
    LEAVE_UNPAID = "CLTN"
    STUDY = "TB"
    DUTY = "DL"
    DISPENSATION = "DIS"
    PERMIT = "I"
    CORRECTION = "KO"
    OUTAGE = "GG"

    @property
    def label(self) -> str:
        """The kind as its owner and his superiors read it."""
        return _EXCUSES[self]


_EXCUSES = {
    ExcuseKind.LEAVE_ANNUAL: "Cuti tahunan",
    ExcuseKind.LEAVE_LONG: "Cuti besar",
    ExcuseKind.LEAVE_SICK: "Cuti sakit",
    ExcuseKind.LEAVE_MATERNITY: "Cuti melahirkan",
    ExcuseKind.LEAVE_IMPORTANT: "Cuti karena alasan penting",
    ExcuseKind.LEAVE_UNPAID: "Cuti di luar tanggungan negara",
    ExcuseKind.STUDY: "Tugas belajar",
    ExcuseKind.DUTY: "Dinas luar",
    ExcuseKind.DISPENSATION: "Dispensasi",
    ExcuseKind.PERMIT: "Izin",
    ExcuseKind.CORRECTION: "Koreksi disetujui",
    ExcuseKind.OUTAGE: "Gangguan presensi",
}


class ExcuseSource(StrEnum):
    """Which register an excuse comes from."""

    LEAVE = "leave"
    DUTY = "duty"
    PERMIT = "permit"
    OUTAGE = "outage"
    CORRECTION = "correction"
    OFFICE = "office"


class ExcusePart(StrEnum):
    """Which part of the working periods of its days an excuse covers; a span is told by two instants."""

    WHOLE = "whole"
    FIRST_HALF = "first_half"
    SECOND_HALF = "second_half"
    SPAN = "span"

    @property
    def label(self) -> str:
        """The part as users read it."""
        return _PARTS[self]


_PARTS = {
    ExcusePart.WHOLE: "Sehari penuh",
    ExcusePart.FIRST_HALF: "Paruh pertama hari kerja",
    ExcusePart.SECOND_HALF: "Paruh kedua hari kerja",
    ExcusePart.SPAN: "Sebagian jam",
}


class Register(StrEnum):
    """The registers whose documents two people make."""

    LEAVE = "leave"
    DUTY = "duty"
    PERMIT = "permit"
    MUSTER = "muster"

    @property
    def label(self) -> str:
        """The register as users read it."""
        return {"leave": "Cuti", "duty": "Surat tugas", "permit": "Izin", "muster": "Apel"}[self.value]


DUTIES = (ExcuseKind.DUTY, ExcuseKind.STUDY, ExcuseKind.DISPENSATION)


class PermitKind(StrEnum):
    """For which hours somebody asks. The first two mean leaving the office."""

    OUT = "out"
    EARLY = "early"
    LATE = "late"

    @property
    def label(self) -> str:
        """The kind as users read it."""
        return {"out": "Keluar kantor", "early": "Pulang lebih awal", "late": "Datang terlambat"}[self.value]


LEAVING = (PermitKind.OUT, PermitKind.EARLY)
