"""What can go wrong when an entry is read, or what opens it is erased."""

from __future__ import annotations

from datetime import date

from pamong.kernel.clock import format_date, format_month
from pamong.kernel.errors import DomainError
from pamong.ledger.choices import ErasureGround


class EntryNotFound(DomainError):
    """No entry has this number."""

    def __init__(self, entry_id: int) -> None:
        super().__init__(f"Catatan nomor {entry_id} tidak ada di buku segel.")


class FirstDaySet(DomainError):
    """The first day is set once."""

    def __init__(self, on: date) -> None:
        super().__init__(f"Hari pertama situs ini sudah ditetapkan: {format_date(on)}. Tidak dapat diubah.")


class OpeningOver(DomainError):
    """A file or opening data come after the first day."""

    def __init__(self, on: date) -> None:
        super().__init__(
            f"Sejak {format_date(on)} data karier tidak lagi dimuat dari berkas. Masukkan sebagai usulan "
            "yang diputuskan petugas kedua, atau melalui keputusan."
        )


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


class OpeningsErased(DomainError):
    """What opened the personal part was destroyed: on which ground and when. What was committed to stands."""

    def __init__(self, ground: ErasureGround, reference: str, on: date) -> None:
        super().__init__(
            f"Isi pribadi catatan ini sudah dihapus {ground.label} ({ground.article}; {reference}) pada "
            f"{format_date(on)}. Catatannya sendiri tetap sah."
        )
        self.ground, self.reference, self.on = ground, reference, on


class KeyMissing(DomainError):
    """A key is gone, and nobody wrote down that it was destroyed."""

    def __init__(self) -> None:
        super().__init__(
            "Kunci isi pribadi catatan ini tidak ada, dan tidak ada catatan bahwa isinya dihapus. Ini tidak "
            "dilakukan lewat aplikasi: laporkan kepada inspektorat."
        )


class NothingToErase(DomainError):
    """There is no key of this subject, or somebody has just destroyed it."""

    def __init__(self) -> None:
        super().__init__(
            "Tidak ada isi pribadi orang ini di buku segel yang masih dapat dibuka, atau baru saja dihapus."
        )


class ReferenceMissing(DomainError):
    """Nothing is erased without the document that asks for it."""

    def __init__(self) -> None:
        super().__init__(
            "Tulis nomor jadwal retensi atau dokumen yang menjadi dasarnya, tanpa nama orang: dasar ini "
            "terbuka untuk umum."
        )


class NotSealed(DomainError):
    """There is nothing that proves this: a run of before slips were sealed, or a list that is not signed."""

    def __init__(self) -> None:
        super().__init__(
            "Dokumen ini belum bersegel: rinciannya terbit sebelum rincian disegel, atau daftarnya belum "
            "ditandatangani."
        )


class ContentChanged(DomainError):
    """What is stored is not what was sealed."""

    def __init__(self) -> None:
        super().__init__(
            "Isi yang tersimpan tidak sama lagi dengan yang disegel, jadi dokumen ini tidak dapat "
            "dibuktikan. Laporkan kepada inspektorat: ada yang diubah di luar aplikasi."
        )


class NotSealedYet(DomainError):
    """A proof is asked for before a checkpoint holds the entry."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Catatan nomor {number} belum masuk titik segel, jadi buktinya belum dapat dibuat. "
            "Coba lagi sebentar lagi."
        )


class PlacedNotFound(DomainError):
    """No entry has this number in this log."""

    def __init__(self) -> None:
        super().__init__("Catatan ini tidak ada di buku segel. Cari dari daftar catatan.")
