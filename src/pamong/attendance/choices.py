"""What a punch says, where it came from, what may be wrong with one, and what excuses a day."""

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
    OWN = "own"
    CLASH = "clash"

    @property
    def label(self) -> str:
        """The fault as users read it."""
        return _FAULTS[self]


class FileForm(StrEnum):
    """What a file was read as: a form that a machine writes, or a sheet whose columns somebody chose."""

    ATTLOG = "attlog"
    GLG = "glg"
    SCANLOG = "fingerspot_scanlog"
    JSON = "fingerspot_json"
    SHEET = "sheet"

    @property
    def label(self) -> str:
        """The form as users read it."""
        return _FORMS[self]


# For these a machine vouches; a table is as quickly typed as exported, whatever its headings are.
VOUCHED = (FileForm.ATTLOG, FileForm.GLG, FileForm.JSON)
_FORMS = {
    FileForm.ATTLOG: "attlog.dat dari mesin",
    FileForm.GLG: "GLG dari mesin lama",
    FileForm.SCANLOG: "scanlog Fingerspot",
    FileForm.JSON: "balasan JSON Fingerspot",
    FileForm.SHEET: "lembar, kolomnya dipilih petugas",
}
_FAULTS = {
    Fault.NO_TIME: "Waktunya tidak ada di kalender",
    Fault.TOO_OLD: "Jam mesin tertinggal jauh",
    Fault.FUTURE: "Jam mesin mendahului",
    Fault.NOBODY: "Orangnya tidak dikenal",
    Fault.UNREADABLE: "Baris tidak terbaca",
    Fault.OTHER_CONTENT: "Nomor kejadian sudah dipakai untuk isi lain",
    Fault.OWN: "Baris pengunggahnya sendiri atau keluarganya",
    Fault.CLASH: "PIN dan NIP menunjuk orang yang berbeda",
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


class SwapStepKind(StrEnum):
    """What happens to a swap; all but the first end it."""

    CONSENTED = "consented"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The step as users read it."""
        return {
            "consented": "Bersedia", "agreed": "Disetujui", "refused": "Ditolak", "withdrawn": "Ditarik",
        }[self.value]  # fmt: skip


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


# What somebody may say excused him; leave has a register of its own.
CLAIMABLE = (ExcuseKind.DUTY, ExcuseKind.PERMIT, ExcuseKind.OUTAGE)


CORRECTION = "presence.correction"  # the kind of decision that a request to correct a day is


class CorrectionState(StrEnum):
    """How a request to correct a day stands."""

    OPEN = "open"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state as users read it."""
        return _CORRECTIONS[self]


_CORRECTIONS = {
    CorrectionState.OPEN: "Menunggu jawaban",
    CorrectionState.AGREED: "Disetujui",
    CorrectionState.REFUSED: "Tidak disetujui",
    CorrectionState.WITHDRAWN: "Ditarik",
}


class CorrectionStepKind(StrEnum):
    """What happened to a request to correct a day, as its owner's page tells it."""

    ASKED = "asked"
    ESCALATED = "escalated"
    AGREED = "agreed"
    REFUSED = "refused"
    APPEALED = "appealed"
    WITHDRAWN = "withdrawn"


class OutageOrigin(StrEnum):
    """Who said first that nothing could be recorded."""

    DECLARED = "declared"
    NOTICED = "noticed"

    @property
    def label(self) -> str:
        """The origin as users read it."""
        return {"declared": "Dilaporkan", "noticed": "Diusulkan sistem"}[self.value]


class OutageState(StrEnum):
    """How an outage stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state as users read it."""
        return _OUTAGES[self]


_OUTAGES = {
    OutageState.PROPOSED: "Menunggu pengesahan",
    OutageState.CONFIRMED: "Disahkan",
    OutageState.REFUSED: "Tidak disahkan",
    OutageState.WITHDRAWN: "Ditarik",
}


class OutageStepKind(StrEnum):
    """What happened to an outage."""

    DECLARED = "declared"
    NOTICED = "noticed"
    ENDED = "ended"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The step as users read it."""
        return _OUTAGE_STEPS[self]


_OUTAGE_STEPS = {
    OutageStepKind.DECLARED: "Dilaporkan",
    OutageStepKind.NOTICED: "Diusulkan sistem",
    OutageStepKind.ENDED: "Selesai",
    OutageStepKind.CONFIRMED: "Disahkan",
    OutageStepKind.REFUSED: "Tidak disahkan",
    OutageStepKind.WITHDRAWN: "Ditarik",
}


class SheetState(StrEnum):
    """How a list that an officer wrote instead of a machine stands."""

    WAITING = "waiting"
    STORED = "stored"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state as users read it."""
        return _SHEETS[self]


_SHEETS = {
    SheetState.WAITING: "Menunggu orang kedua",
    SheetState.STORED: "Tersimpan",
    SheetState.REFUSED: "Tidak disetujui",
    SheetState.WITHDRAWN: "Ditarik",
}


class Register(StrEnum):
    """The registers whose documents two people make."""

    LEAVE = "leave"
    DUTY = "duty"
    PERMIT = "permit"
    MUSTER = "muster"
    PREDICATE = "predicate"

    @property
    def label(self) -> str:
        """The register as users read it."""
        return dict(zip(Register, ("Cuti", "Surat tugas", "Izin", "Apel", "Predikat"), strict=True))[self]


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
