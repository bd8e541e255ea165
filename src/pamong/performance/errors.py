"""Refusals of performance; each message tells what stands in the way and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from pamong.kernel.clock import format_date, format_month
from pamong.kernel.errors import DomainError
from pamong.kernel.money import grouped


class NoPerson(DomainError):
    """Nobody's data stand behind the account."""

    def __init__(self) -> None:
        super().__init__("Akun Anda belum terhubung dengan data pegawai. Hubungi operator sistem.")


class NothingToFill(DomainError):
    """The region's method reads no minutes, so that an employee has nothing to enter."""

    def __init__(self) -> None:
        super().__init__("Aturan daerah tidak menghitung menit kerja, jadi tidak ada yang perlu diisi.")


class MonthNotOpen(DomainError):
    """A month to come, or one too long ago."""

    def __init__(self, month: date) -> None:
        named = format_month(month.year, month.month)
        super().__init__(f"{named} tidak dapat diisi di sini. Pilih bulan ini atau setahun ke belakang.")


class NotInService(DomainError):
    """He was not in service in that month."""

    def __init__(self, month: date) -> None:
        super().__init__(f"Anda tidak bertugas pada {format_month(month.year, month.month)}.")


class TooManyMinutes(DomainError):
    """More minutes than the month has, or fewer than none."""

    def __init__(self, most: int) -> None:
        super().__init__(f"Menit kerja harus antara 0 dan {grouped(most)}, seluruh menit bulan itu.")


class MonthVerified(DomainError):
    """What a superior has verified, he changes, not the employee."""

    def __init__(self, by: str) -> None:
        super().__init__(f"{by} sudah memverifikasi isian ini. Bila keliru, minta atasan Anda mengubahnya.")


class MonthGoesOn(DomainError):
    """Nobody knows yet what was done in a month that still runs."""

    def __init__(self, month: date, opens: date) -> None:
        named = format_month(month.year, month.month)
        super().__init__(f"{named} masih berjalan. Isiannya dapat diverifikasi mulai {format_date(opens)}.")


class NotOfTeam(DomainError):
    """Somebody who does not report to the actor."""

    def __init__(self) -> None:
        super().__init__("Pegawai ini tidak melapor langsung kepada Anda. Muat ulang daftarnya.")


class RowsRefused(DomainError):
    """Some of what a superior sent can't stand; nothing of it was stored. ``by_person`` says why."""

    def __init__(self, by_person: Mapping[UUID, str]) -> None:
        self.by_person = dict(by_person)
        super().__init__("Ada yang perlu dibetulkan. Belum ada yang diverifikasi.")


class FileNotFound(DomainError):
    """There is no such sheet, or the actor may not see it."""

    def __init__(self) -> None:
        super().__init__("Isian bulanan ini tidak ada. Buka daftarnya untuk memilih yang lain.")


class FileUnfit(DomainError):
    """The sheet can't be used at all."""


class WrongFileState(DomainError):
    """The sheet does not stand as it would have to."""

    def __init__(self, state: str) -> None:
        super().__init__(f"Isian bulanan ini sudah {state.lower()}. Muat ulang halamannya.")


class SecondNeeded(DomainError):
    """What changes a verified month takes somebody else than who brought the sheet."""

    def __init__(self) -> None:
        super().__init__(
            "Berkas ini mengubah isian atau penghasilan yang sudah berlaku. Petugas lain yang menyetujuinya."
        )


class NothingToStore(DomainError):
    """Nothing in the sheet is new or different."""

    def __init__(self) -> None:
        super().__init__("Tidak ada yang baru atau berubah di berkas ini, jadi tidak ada yang disimpan.")
