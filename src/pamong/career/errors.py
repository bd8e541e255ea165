"""Refusals of careers; each message tells what stands in the way and what to do."""

from __future__ import annotations

from datetime import date

from pamong.kernel.clock import format_date
from pamong.kernel.errors import DomainError


class DueNotFound(DomainError):
    """There is no such due raise, or the actor may not see it."""

    def __init__(self) -> None:
        super().__init__("Kenaikan gaji berkala ini tidak ada di daftar. Muat ulang daftarnya.")


class NoMonth(DomainError):
    """A day that is not the first of a month."""

    def __init__(self) -> None:
        super().__init__("Pilih bulan berlakunya kenaikan, misalnya Januari 2027.")


class DelayUnfit(DomainError):
    """A delay that has no days, or no order."""


class DelayTooLong(DomainError):
    """A delay longer than may be decided at once."""

    def __init__(self, last: date) -> None:
        super().__init__(
            f"Penundaan paling lama sampai {format_date(last)}. Sesudah itu nilai lagi, lalu putuskan."
        )


class DelayOverlaps(DomainError):
    """Another delay of the same kind has some of these days."""

    def __init__(self) -> None:
        super().__init__("Sudah ada penundaan lain pada bulan-bulan itu. Periksa tanggalnya.")


class RaiseWaits(DomainError):
    """Another raise or delay is being decided about the same person."""

    def __init__(self) -> None:
        super().__init__(
            "Kenaikan gaji berkala pegawai ini sudah disiapkan dan masih menunggu. Buka yang menunggu itu."
        )
