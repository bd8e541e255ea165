"""What can go wrong when an entry is read."""

from __future__ import annotations

from datetime import date

from pamong.kernel.clock import format_month
from pamong.kernel.errors import DomainError


class EntryNotFound(DomainError):
    """No entry has this number."""

    def __init__(self, entry_id: int) -> None:
        super().__init__(f"Catatan nomor {entry_id} tidak ada di buku segel.")


class MonthClosing(DomainError):
    """A fact comes while its month is being closed."""

    def __init__(self, month: date) -> None:
        super().__init__(
            f"Bulan {format_month(month.year, month.month)} sedang ditutup, jadi isian ini belum tersimpan. "
            "Simpan lagi sebentar lagi; yang tersimpan sesudah penutupan menjadi selisih bulan berikutnya."
        )


class MonthWritten(DomainError):
    """A month is to be closed while a fact of it is being saved."""

    def __init__(self, month: date) -> None:
        super().__init__(
            f"Ada data bulan {format_month(month.year, month.month)} yang sedang disimpan orang lain, jadi "
            "bulan ini belum dapat ditutup. Ulangi sebentar lagi."
        )


class RowsNotSealed(DomainError):
    """What a row said is to be erased before the log has sealed it."""

    def __init__(self) -> None:
        super().__init__(
            "Baris ini belum bersegel, jadi isinya di buku segel belum dapat dihapus. Ulangi semenit lagi."
        )
