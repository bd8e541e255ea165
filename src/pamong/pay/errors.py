"""What can go wrong with a run, each as a sentence that a clerk can act on."""

from __future__ import annotations

from pamong.kernel.errors import DomainError


class RunNotFound(DomainError):
    """There is no such run, or the actor may not see it."""

    def __init__(self) -> None:
        super().__init__("Hitungan ini tidak ada. Buka daftar hitungan untuk memilih yang lain.")


class SlipNotFound(DomainError):
    """There is no such slip, or the actor may not see it."""

    def __init__(self) -> None:
        super().__init__("Rincian ini tidak ada atau bukan untuk Anda.")


class RunBusy(DomainError):
    """Another process is computing this run."""

    def __init__(self) -> None:
        super().__init__("Hitungan ini sedang dikerjakan proses lain. Tunggu sampai selesai.")


class RunEnded(DomainError):
    """The run is published or cancelled; nothing more happens to it."""

    def __init__(self, state: str) -> None:
        super().__init__(f"Hitungan ini sudah berakhir ({state}), jadi tidak bisa diubah lagi.")


class RunCancelled(DomainError):
    """Somebody cancelled the run while it was being computed."""

    def __init__(self) -> None:
        super().__init__("Hitungan ini dibatalkan. Tidak ada rincian yang terbit.")


class InputsRefused(DomainError):
    """A file can't be used at all; the problems say why."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))


class EvidenceTooWeak(DomainError):
    """A real run would rest on values that are only examples or not confirmed."""

    def __init__(self, keys: list[str]) -> None:
        self.keys = tuple(keys)
        super().__init__(
            f"Hitungan sungguhan ditolak: {len(keys)} nilai hukum belum pasti atau hanya contoh: "
            f"{', '.join(keys)}. "
            "Ganti nilainya, atau tetapkan lewat adoptions.yaml (siapa, tanggal, dokumen)."
        )


class RamadanOpen(DomainError):
    """A real run would rest on a Ramadan whose dates are only expected."""

    def __init__(self) -> None:
        super().__init__(
            "Hitungan sungguhan ditolak: awal atau akhir Ramadan bulan ini masih perkiraan. Tetapkan dulu "
            "tanggalnya di calendar/ramadan.yaml sesuai keputusan sidang isbat."
        )


class TotalsDiffer(DomainError):
    """The staged rows do not add up to what was computed; nothing is published."""

    def __init__(self, what: str, staged: object, computed: object) -> None:
        super().__init__(
            f"Jumlah kontrol {what} berbeda: tersimpan {staged}, dihitung {computed}. "
            "Hitungan tidak diterbitkan; jalankan lagi."
        )


class LawMoved(DomainError):
    """The law that this run used is not the one that is loaded now."""

    def __init__(self) -> None:
        super().__init__(
            "Aturan yang dimuat sekarang berbeda dari aturan pada hitungan ini, jadi penjelasannya tidak "
            "ditampilkan. Angkanya tetap seperti saat terbit."
        )


class ListNotFound(DomainError):
    """There is no such comparison, or the actor may not see it."""

    def __init__(self) -> None:
        super().__init__("Perbandingan ini tidak ada. Buka hitungan bulannya untuk memilih yang lain.")


class RunNotPublished(DomainError):
    """Only the slips of a published run are handed out or compared."""

    def __init__(self) -> None:
        super().__init__("Hitungan ini tidak terbit, jadi rinciannya tidak dapat diunduh atau dibandingkan.")


class TooMuchUnknown(DomainError):
    """A real run waits while the last shadow month leaves more unexplained than agreed."""

    def __init__(self, month: str, unknown: str, limit: str) -> None:
        super().__init__(
            f"Hitungan sungguhan ditolak: perbandingan {month} menyisakan {unknown} yang belum diketahui "
            f"sebabnya, lebih dari batas {limit}. Telusuri dulu selisihnya."
        )
