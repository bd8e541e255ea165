"""Refusals of people; each message tells what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pamong.kernel.errors import DomainError
from pamong.kernel.problem import Problem


class ReasonMissing(DomainError):
    """Numbers of others are shown in full only with a reason, in words."""

    def __init__(self) -> None:
        super().__init__(
            "Tulis alasan Anda dengan kata-kata, paling sedikit 10 karakter, misalnya: mencocokkan dengan "
            "KTP. Alasan itu dicatat dan dapat dibaca pemilik nomornya."
        )


class PersonNotFound(DomainError):
    """There is no such person, or none whom the actor may see: the answer is the same."""

    def __init__(self) -> None:
        super().__init__("Pegawai ini tidak ada, atau di luar wewenang Anda.")


class EntryRefused(DomainError):
    """An act can't be stored: ``problems`` holds all that is wrong with it, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        blocking = [str(problem) for problem in problems if problem.severity == "block"]
        head = f"{len(blocking)} hal perlu dibetulkan. " if len(blocking) > 1 else ""
        super().__init__(head + " ".join(f"{_capital(sentence)}" for sentence in blocking))


class EntryNotFound(DomainError):
    """There is no such entry, or it is about somebody outside the actor's scope."""

    def __init__(self) -> None:
        super().__init__("Usulan ini tidak ada, atau di luar wewenang Anda. Buka daftar usulan.")


class EntryClosed(DomainError):
    """The entry waits no more."""

    def __init__(self, state: str) -> None:
        super().__init__(f"Usulan ini sudah selesai ({state.lower()}). Muat ulang daftar usulan.")


class AnswerMissing(DomainError):
    """Who refuses says why."""

    def __init__(self) -> None:
        super().__init__("Tulis alasan penolakan dalam satu kalimat, supaya pengusul tahu apa yang kurang.")


class HowMissing(DomainError):
    """Who checks evidence says how."""

    def __init__(self) -> None:
        super().__init__("Tulis bagaimana Anda memeriksanya, misalnya: dicocokkan dengan ijazah asli.")


class ItemNotFound(DomainError):
    """The row or item to be checked is not there."""

    def __init__(self) -> None:
        super().__init__("Data yang diperiksa tidak ada atau sudah diganti. Muat ulang halamannya.")


class AlreadyLinked(DomainError):
    """The person or the account is connected already."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} sudah terhubung. Satu pegawai mempunyai satu akun.")


class NotLinked(DomainError):
    """The account is nobody's, or another's by now."""

    def __init__(self) -> None:
        super().__init__("Akun ini tidak terhubung dengan pegawai itu. Muat ulang halaman akunnya.")


class BatchNotFound(DomainError):
    """There is no such import."""

    def __init__(self) -> None:
        super().__init__("Impor ini tidak ada. Buka daftar impor.")


class BatchRowNotFound(DomainError):
    """The file has no such row, or the row is no possible twin (any more)."""

    def __init__(self) -> None:
        super().__init__("Baris ini tidak menunggu keputusan. Muat ulang halamannya.")


class WrongBatchState(DomainError):
    """The import does not stand as the act needs it."""

    def __init__(self, state: str, act: str) -> None:
        super().__init__(f"Impor ini berstatus '{state}', jadi tidak dapat {act}. Muat ulang halamannya.")


class ImportBusy(DomainError):
    """Another import is being stored."""

    def __init__(self) -> None:
        super().__init__("Impor lain sedang disimpan. Tunggu sampai selesai, lalu coba lagi.")


class SecondNeeded(DomainError):
    """An import changes what stands already, and one of those who brought its file would decide about it."""

    def __init__(self) -> None:
        super().__init__(
            "Berkas ini mengubah data yang sudah tercatat. Petugas lain, bukan yang pernah mencobanya, "
            "memeriksa dan menyimpannya di halaman impor."
        )


class UndoSecondNeeded(DomainError):
    """What two officers stored is taken back by two."""

    def __init__(self) -> None:
        super().__init__(
            "Impor ini mengubah data yang sudah tercatat, jadi dibatalkan oleh dua petugas: satu "
            "meminta di halaman impor, petugas lain menyetujui."
        )


class UndoReasonMissing(DomainError):
    """Who takes back an import says why."""

    def __init__(self) -> None:
        super().__init__("Tulis alasan pembatalan dalam satu kalimat, supaya orang lain tahu sebabnya.")


class KeepReasonMissing(DomainError):
    """Who does not agree that an import is taken back says why."""

    def __init__(self) -> None:
        super().__init__(
            "Tulis alasannya dalam satu kalimat, supaya yang meminta pembatalan tahu mengapa impor ini tetap "
            "tersimpan."
        )


class RefusalReasonMissing(DomainError):
    """Who refuses an import says why."""

    def __init__(self) -> None:
        super().__init__(
            "Tulis alasannya dalam satu kalimat, supaya yang mencoba berkas ini tahu apa yang perlu "
            "diperbaiki."
        )


class NotTheirs(DomainError):
    """Somebody would discard what another officer has tried."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Hanya {name}, yang mencoba berkas ini, dapat menandainya tidak dipakai; "
            "petugas kedua dapat tidak menyetujuinya."
        )


class WrongTwin(DomainError):
    """The person chosen is none of those whom the row may be about."""

    def __init__(self) -> None:
        super().__init__("Pilih salah satu pegawai yang ditawarkan untuk baris ini.")


class TwinTaken(DomainError):
    """Another row of the same file is about the person chosen."""

    def __init__(self, line: int, label: str) -> None:
        super().__init__(
            f"Baris {line} ({label}) di berkas ini sudah tentang pegawai itu. Kalau memang orang yang sama, "
            "sisakan satu baris di berkas, lalu impor lagi; kalau bukan, pilih 'orang lain'."
        )


class BatchBuiltUpon(DomainError):
    """Rows of an import have been changed or used since. ``counts`` says how many, by kind of data;
    ``sentences`` tell whom it is about, and what to do."""

    def __init__(self, counts: Mapping[str, int], sentences: Sequence[str] = ()) -> None:
        self.counts = dict(counts)
        told = ", ".join(f"{count} {what}" for what, count in counts.items())
        super().__init__(
            f"Impor ini tidak dapat dibatalkan, karena sudah ada perubahan sesudahnya: {told}. "
            + " ".join(("Batalkan perubahan itu dulu.", *sentences))
        )


class RuleNotFound(DomainError):
    """The data-quality list has no such rule."""

    def __init__(self) -> None:
        super().__init__("Aturan mutu data ini tidak ada. Buka halaman mutu data dan pilih salah satunya.")


class FindingGone(DomainError):
    """The rule finds nothing about this person or unit (any more), or he lies outside the actor's scope."""

    def __init__(self) -> None:
        super().__init__("Temuan ini sudah tidak ada, atau di luar wewenang Anda. Muat ulang daftarnya.")


class AcceptReasonMissing(DomainError):
    """Who accepts a finding, or opens it again, says why."""

    def __init__(self) -> None:
        super().__init__("Tulis alasannya dalam satu kalimat, supaya orang lain tahu sebabnya.")


class AcceptUntilPast(DomainError):
    """A finding is accepted until a day to come."""

    def __init__(self) -> None:
        super().__init__("Tanggal diperiksa lagi harus sesudah hari ini. Kosongkan bila tidak perlu.")


# What the database says last, in words. A service finds most of it before; two at the same moment meet here.
CONSTRAINTS = {
    "appointment_one_holder": (
        "Posisi ini baru saja diisi orang lain pada masa yang sama. Pilih posisi lain, "
        "atau jenis serah terima dengan tanggal akhir."
    ),
    "appointment_one_seat": (
        "Pegawai ini sudah mempunyai jabatan definitif pada masa yang sama. Akhiri dulu yang lama."
    ),
    "appointment_one_acting": "Posisi ini sudah dijabat Plt atau Plh lain pada masa yang sama.",
    "appointment_acting_ends": "Plt, Plh, dan serah terima harus mempunyai tanggal akhir. Isi tanggalnya.",
    "appointment_selected": (
        "Posisi ini sedang diisi lewat seleksi, jadi pemangkunya hanya dari nama yang dikunci. Tunggu "
        "keputusannya atau batalkan lowongannya; Plt. dan Plh. tetap dapat ditunjuk."
    ),
    "appointment_within_service": (
        "Jabatan dimulai di luar masa kerja, atau berlanjut sesudahnya. "
        "Periksa tanggal jabatan dan masa kerja pegawai ini."
    ),
    "employment_nip_once": "NIP ini sudah dipakai pegawai lain. Periksa nomornya.",
    "employment_nip": "NIP harus 18 digit. Periksa nomornya.",
    "employment_ended": "Alasan berhenti hanya ada pada masa kerja yang berakhir. Isi tanggal akhirnya.",
    "identity_nik_once": "NIK ini sudah dipakai pegawai lain. Periksa nomornya.",
    "identity_nik": "NIK harus 16 digit. Periksa nomornya.",
    "identity_born": "Tanggal lahir belum terjadi. Periksa tahunnya.",
    "bankaccount_number": "Nomor rekening berisi 5 sampai 20 angka, tanpa tanda lain.",
    "rank_golongan": "Golongan ditulis seperti III/c untuk PNS atau IX untuk PPPK.",
    "salarystep_mkg": "Masa kerja golongan ditulis 0 sampai 60 tahun dan 0 sampai 11 bulan.",
    "relative_not_oneself": "Pegawai tidak dapat menjadi keluarganya sendiri. Pilih orang lain.",
}
_OVERLAPS = "Masa ini bertabrakan dengan baris lain. Muat ulang halamannya, lalu coba lagi."


def sentence_of(constraint: str) -> str:
    """The sentence for a named constraint of the tables of people; '' for one that nobody foresaw."""
    if constraint.endswith("_no_overlap"):
        return _OVERLAPS
    return CONSTRAINTS.get(constraint, "")


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:] + ("" if sentence.endswith(".") else ".")


class ErasureNotFound(DomainError):
    """No proposal of this kind waits."""

    def __init__(self) -> None:
        super().__init__("Usulan penghapusan ini tidak ada atau sudah diputuskan. Muat ulang halamannya.")


class ErasureWaiting(DomainError):
    """One proposal about a person waits already."""

    def __init__(self) -> None:
        super().__init__("Usulan penghapusan untuk orang ini sudah ada dan menunggu keputusan.")


class StillServing(DomainError):
    """The retention schedule begins to run when service ends."""

    def __init__(self) -> None:
        super().__init__(
            "Orang ini masih bertugas, jadi masa retensinya belum berjalan. Periksa NIP dan dasarnya."
        )


class ProposerDecides(DomainError):
    """Who proposed it may not decide it."""

    def __init__(self) -> None:
        super().__init__("Anda yang mengusulkan penghapusan ini. Orang lain yang memutuskannya.")
