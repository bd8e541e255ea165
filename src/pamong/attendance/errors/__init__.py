"""Refusals of presence; each message tells what stands in the way and what to do."""

from __future__ import annotations

from datetime import date, timedelta

from pamong.attendance.errors.rosters import (
    NothingChanges,
    OwnPast,
    RosterTooWide,
    RosterUnfit,
    ShiftClash,
    ShiftCodeUnfit,
    ShiftInUse,
    ShiftNotHeld,
    ShiftTaken,
    ShiftTimesUnfit,
    ShiftUnknown,
    SwapNotFound,
    SwapOver,
    SwapUnfit,
    UnitNotThere,
    WeekUnknown,
)
from pamong.kernel.clock import format_date, format_month
from pamong.kernel.errors import DomainError
from pamong.kernel.period import month_period

__all__ = [
    "AttachmentNotFound",
    "ClaimAhead",
    "ClaimBackwards",
    "ClaimMissing",
    "CorrectionNotFound",
    "CorrectionWaits",
    "DayTooOld",
    "DeviceNotFound",
    "DeviceNowhere",
    "EvidenceMissing",
    "GroupNotFound",
    "MonthNotOver",
    "NameMissing",
    "NoMachineThere",
    "NotRefused",
    "NothingChanges",
    "OutageAhead",
    "OutageClosed",
    "OutageNotFound",
    "OutageOverlaps",
    "OwnPast",
    "PaperAnswerMissing",
    "PaperClosed",
    "PaperHeld",
    "PaperNotFound",
    "PaperOverlaps",
    "PaperUnfit",
    "PersonUnknown",
    "PinTaken",
    "PinUnfit",
    "RosterTooWide",
    "RosterUnfit",
    "SerialTaken",
    "SheetClosed",
    "SheetEmpty",
    "SheetNotFound",
    "SheetWaits",
    "ShiftClash",
    "ShiftCodeUnfit",
    "ShiftInUse",
    "ShiftNotHeld",
    "ShiftTaken",
    "ShiftTimesUnfit",
    "ShiftUnknown",
    "SiteUnknown",
    "SwapNotFound",
    "SwapOver",
    "SwapUnfit",
    "UnitNotThere",
    "UnitUnknown",
    "WatermarkAhead",
    "WeekUnknown",
]


class DeviceNotFound(DomainError):
    """There is no such device."""

    def __init__(self) -> None:
        super().__init__("Mesin presensi ini belum dicatat. Catat dulu mesin dan lokasinya.")


class GroupNotFound(DomainError):
    """There is no such group of devices."""

    def __init__(self) -> None:
        super().__init__("Kelompok mesin ini tidak ada. Pilih dari daftar.")


class SerialTaken(DomainError):
    """A device with this serial number is there already."""

    def __init__(self, serial: str) -> None:
        super().__init__(f"Mesin dengan nomor seri {serial} sudah dicatat. Buka mesin itu dari daftar.")


class NameMissing(DomainError):
    """A device or a group without a name or number."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} belum diisi.")


class SiteUnknown(DomainError):
    """The site is not there on that date."""

    def __init__(self, on: date) -> None:
        super().__init__(f"Lokasi ini belum ada pada {format_date(on)}. Pilih lokasi atau tanggal lain.")


class DeviceNowhere(DomainError):
    """A device stands at no site on dates of its punches, so that nobody can say what its clock means."""

    def __init__(self, first: date, last: date) -> None:
        span = format_date(first) if first == last else f"{format_date(first)} sampai {format_date(last)}"
        super().__init__(
            f"Lokasi mesin ini pada {span} belum dicatat, jadi zona waktunya tidak diketahui. Catat dulu "
            "sejak kapan mesin berada di lokasinya, lalu impor lagi. Belum ada yang tersimpan."
        )


class PinTaken(DomainError):
    """Two people would have one number on the devices of a group at one time."""

    def __init__(self, pin: str, since: date) -> None:
        super().__init__(
            f"PIN {pin} sudah dipakai orang lain sejak {format_date(since)}. Akhiri dulu, atau pakai lain."
        )


class PinUnfit(DomainError):
    """What was given is no number of a device."""

    def __init__(self, pin: str) -> None:
        super().__init__(f"'{pin[:40]}' bukan PIN, harus angka atau huruf tanpa spasi, paling panjang 24.")


class PersonUnknown(DomainError):
    """There is no such person."""

    def __init__(self) -> None:
        super().__init__("Pegawai ini tidak ada. Pilih dari daftar.")


class WatermarkAhead(DomainError):
    """A file can't tell of what comes after it was handed in."""

    def __init__(self) -> None:
        super().__init__(
            "Waktu 'data lengkap sampai' ada di masa depan. Isi saat data ini diambil dari mesin."
        )


class UnitUnknown(DomainError):
    """There is no such unit on that date."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Unit '{code[:100]}' tidak ada pada tanggal ini. Pilih unit dari daftar.")


class MonthNotOver(DomainError):
    """Pay is worked out from days that are over. ``end``: the first day after those that are asked for."""

    def __init__(self, month: date, end: date) -> None:
        whole = end == month_period(month.year, month.month).end
        after = "bulannya selesai" if whole else format_date(end - timedelta(days=1))
        super().__init__(
            f"Presensi {format_month(month.year, month.month)} baru dapat dipakai sesudah {after}."
        )


class ClaimMissing(DomainError):
    """A request to correct a day that says neither a time nor a reason for being away."""

    def __init__(self) -> None:
        super().__init__("Isi jam datang, jam pulang, atau pilih sebab hari itu dikecualikan.")


class ClaimAhead(DomainError):
    """What is yet to come can't be corrected, nor written down as having happened (case A-14)."""

    def __init__(self, today: date) -> None:
        super().__init__(
            f"Hari atau jam ini belum lewat; hari ini {format_date(today)}. "
            "Yang dapat dicatat hanya yang sudah terjadi."
        )


class ClaimBackwards(DomainError):
    """Somebody would have left before he came."""

    def __init__(self) -> None:
        super().__init__("Jam pulang lebih awal daripada jam datang. Periksa jamnya.")


class DayTooOld(DomainError):
    """No records begin that early."""

    def __init__(self, oldest: date) -> None:
        super().__init__(f"Presensi dicatat sejak {format_date(oldest)}. Periksa tanggalnya.")


class CorrectionWaits(DomainError):
    """A request about the same day is open."""

    def __init__(self, on: date) -> None:
        super().__init__(
            f"Permintaan koreksi untuk {format_date(on)} masih menunggu jawaban. "
            "Buka permintaan itu; tarik dulu bila isinya keliru."
        )


class CorrectionNotFound(DomainError):
    """There is no such request, or none that the actor may see."""

    def __init__(self) -> None:
        super().__init__("Permintaan koreksi ini tidak ada. Buka dari daftarnya.")


class NotRefused(DomainError):
    """Only a refusal is appealed, once."""

    def __init__(self) -> None:
        super().__init__(
            "Banding hanya sekali, sesudah permintaan tidak disetujui. "
            "Permintaan ini tidak dapat dibanding lagi."
        )


class AttachmentNotFound(DomainError):
    """There is no such file, or none that the actor may open."""

    def __init__(self) -> None:
        super().__init__("Berkas bukti ini tidak ada. Unggah lagi berkasnya.")


class OutageNotFound(DomainError):
    """There is no such outage, or none within the actor's reach."""

    def __init__(self) -> None:
        super().__init__("Gangguan ini tidak ada. Buka dari daftarnya.")


class OutageClosed(DomainError):
    """Somebody has decided about it, or it was withdrawn, or its end is told already."""

    def __init__(self, state: str) -> None:
        super().__init__(f"Gangguan ini sudah {state.lower()}. Muat ulang halamannya.")


class OutageOverlaps(DomainError):
    """The same site, or machine, has an outage at that time."""

    def __init__(self) -> None:
        super().__init__("Gangguan di lokasi ini pada waktu itu sudah dicatat. Buka yang sudah ada.")


class OutageAhead(DomainError):
    """What is yet to come can't be told, nor an end before the beginning."""

    def __init__(self) -> None:
        super().__init__(
            "Periksa jamnya: gangguan mulai dan selesai paling lambat sekarang, dan selesai sesudah mulai."
        )


class NoMachineThere(DomainError):
    """The machine does not stand at the site then."""

    def __init__(self) -> None:
        super().__init__("Mesin ini tidak berada di lokasi itu pada hari itu. Pilih mesin yang lain.")


class SheetEmpty(DomainError):
    """A list of nobody."""

    def __init__(self) -> None:
        super().__init__("Daftar ini kosong. Tulis NIP atau nama, satu orang setiap baris, dengan jamnya.")


class SheetWaits(DomainError):
    """The same list waits already."""

    def __init__(self) -> None:
        super().__init__("Daftar yang sama sudah menunggu orang kedua, jadi tidak dikirim dua kali.")


class SheetNotFound(DomainError):
    """There is no such list, or none within the actor's reach."""

    def __init__(self) -> None:
        super().__init__("Daftar hadir ini tidak ada. Buka dari halaman catatan petugas.")


class SheetClosed(DomainError):
    """Somebody has decided about it, or it was withdrawn."""

    def __init__(self, state: str) -> None:
        super().__init__(f"Daftar hadir ini sudah selesai: {state.lower()}. Muat ulang halamannya.")


class EvidenceMissing(DomainError):
    """What stands in place of a machine needs something that shows it."""

    def __init__(self) -> None:
        super().__init__("Bukti belum ada. Unggah foto atau pindaian daftar hadir yang ditandatangani.")


class PaperNotFound(DomainError):
    """There is no such document, or it is not for this actor."""

    def __init__(self) -> None:
        super().__init__("Dokumen ini tidak ada, atau bukan untuk Anda. Buka dari daftarnya.")


class PaperClosed(DomainError):
    """A document is decided already, or was taken back."""

    def __init__(self, state: str) -> None:
        super().__init__(f"Dokumen ini sudah {state.lower()}, jadi tidak diputuskan lagi.")


class PaperHeld(DomainError):
    """A document can't be changed: it does not hold, or another act on it waits."""

    def __init__(self) -> None:
        super().__init__(
            "Hanya dokumen yang disetujui dapat diubah atau dibatalkan, dan satu perubahan setiap kali. "
            "Tarik atau putuskan dulu yang masih menunggu."
        )


class PaperUnfit(DomainError):
    """A document as it was entered can't be; the sentence says why, ``field`` what it is about."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class PaperOverlaps(PaperUnfit):
    """Another document of the same register says something of the same days or hours."""


class PaperAnswerMissing(DomainError):
    """A refusal without a reason."""

    def __init__(self) -> None:
        super().__init__("Isi jawaban: mengapa dokumen ini ditolak. Pemasuknya membaca kalimat itu.")
