"""What a punch says, where it came from, and what may be wrong with one."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

WEEKS = ("5", "6")  # weekly patterns: so many days of work
OLDEST = date(2015, 1, 1)  # no log in use begins before; a clock that lost its power says 2000
PIN = "[0-9A-Za-z]{1,24}"  # by which a machine knows somebody, as a regular expression

SHIFT_CODE = "[A-Z][A-Z0-9]{0,2}"  # by which a sheet names a shift, as a regular expression
FREE = "L"  # libur: on a sheet of any unit, and of no unit's own making
WIDEST = 240  # minutes before or after a shift in which a punch can count: less than half of a rest


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


class SwapStepKind(StrEnum):
    """What happens to a swap; all but the first end it."""

    CONSENTED = "consented"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The step as users read it."""
        return _SWAP_STEPS[self]


_SWAP_STEPS = {
    SwapStepKind.CONSENTED: "Bersedia",
    SwapStepKind.AGREED: "Disetujui",
    SwapStepKind.REFUSED: "Ditolak",
    SwapStepKind.WITHDRAWN: "Ditarik",
}


class DayState(StrEnum):
    """What became of a day or of a working period of it, as it is stored."""

    FREE = "free"
    PLANNED = "planned"
    OPEN = "open"
    PRESENT = "present"
    MISSING_IN = "missing_in"
    MISSING_OUT = "missing_out"
    ABSENT = "absent"
    EXCUSED = "excused"

    @property
    def label(self) -> str:
        """The state as users read it."""
        return _DAY_STATES[self]


_DAY_STATES = {
    DayState.FREE: "Bukan hari kerja",
    DayState.PLANNED: "Akan datang",
    DayState.OPEN: "Belum diputuskan",
    DayState.PRESENT: "Hadir",
    DayState.MISSING_IN: "Masuk tidak tercatat",
    DayState.MISSING_OUT: "Pulang tidak tercatat",
    DayState.ABSENT: "Tidak ada presensi",
    DayState.EXCUSED: "Tidak diharapkan hadir",
}
