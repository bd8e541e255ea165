"""Refusals of presence; each message tells what stands in the way and what to do."""

from __future__ import annotations

from datetime import date

from pamong.kernel.clock import format_date
from pamong.kernel.errors import DomainError


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


class WeekUnknown(DomainError):
    """There is no such weekly pattern."""

    def __init__(self, week: str) -> None:
        super().__init__(f"Pola hari kerja '{week[:20]}' tidak dikenal; pakai 5 atau 6.")


class UnitUnknown(DomainError):
    """There is no such unit on that date."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Unit '{code[:100]}' tidak ada pada tanggal ini. Pilih unit dari daftar.")


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
