"""Refusals of presence; each message tells what stands in the way and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pamong.kernel.clock import format_date, format_month
from pamong.kernel.errors import DomainError
from pamong.kernel.problem import Problem


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


class ShiftCodeUnfit(DomainError):
    """What was given names no shift."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"'{code[:20]}' tidak dapat menjadi kode dinas. Pakai 1 sampai 3 huruf atau angka yang diawali "
            "huruf, selain L (libur)."
        )


class ShiftTimesUnfit(DomainError):
    """The times of a shift can't be worked."""


class RosterUnfit(DomainError):
    """A roster can't be stored as it stands; ``problems`` tells each reason, and nothing of it is stored."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        first = str(self.problems[0])
        rest = len(self.problems) - 1
        more = f" Ada {rest} masalah lain." if rest else ""
        super().__init__(f"Jadwal belum disimpan: {first}.{more}")


class SwapNotFound(DomainError):
    """There is no such swap, or it is not the actor's matter."""

    def __init__(self) -> None:
        super().__init__("Tukar dinas ini tidak ada, atau bukan urusan Anda.")


class SwapUnfit(DomainError):
    """Two days that can't be traded."""


class SwapOver(DomainError):
    """A swap that has ended, or that waits for somebody else first."""

    def __init__(self, state: str) -> None:
        super().__init__(f"Tukar dinas ini {state.lower()}, jadi langkah itu tidak dapat dilakukan lagi.")


class MonthNotOver(DomainError):
    """Pay is worked out from days that are over."""

    def __init__(self, month: date) -> None:
        super().__init__(
            f"Presensi {format_month(month.year, month.month)} baru dapat dipakai sesudah bulannya selesai."
        )
