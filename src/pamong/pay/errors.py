"""What can go wrong with a run, each as a sentence that a clerk can act on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pamong.access.errors import NotAllowed
from pamong.kernel.clock import format_date
from pamong.kernel.errors import DomainError

_SHOWN = 3  # lists that a sentence names


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


class LawNotInForce(DomainError):
    """Files of the law differ from those that were put in force."""

    def __init__(self, names: Sequence[str]) -> None:
        shown = ", ".join(names[:3]) + (f" dan {len(names) - 3} lainnya" if len(names) > 3 else "")
        super().__init__(
            f"Berkas aturan hitung berubah sejak diberlakukan ({shown}), jadi belum boleh dipakai untuk "
            "membayar. Periksa perubahannya, lalu usulkan pemberlakuannya dengan 'pamong law adopt'."
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


class PayListNotFound(DomainError):
    """There is no such list of payment, or the actor may not see it."""

    def __init__(self) -> None:
        super().__init__(
            "Daftar pembayaran ini tidak ada atau bukan untuk Anda. Buka bulannya untuk memilih."
        )


class RunNotForPay(DomainError):
    """A comparison pays nobody, nor does an example where people are paid."""

    def __init__(self) -> None:
        super().__init__(
            "Hitungan pembanding atau peragaan tidak untuk dibayar. Pilih hitungan sungguhan yang terbit."
        )


class RunOfOtherKind(DomainError):
    """Lists of the month are signed that rest on runs of another government, or that were meant otherwise."""

    def __init__(self, references: Sequence[str]) -> None:
        shown = ", ".join(references[:_SHOWN]) + (", ..." if len(references) > _SHOWN else "")
        super().__init__(
            f"Daftar {shown} sudah ditandatangani dari hitungan dengan kegunaan atau wilayah lain. Pilih "
            "hitungan yang sama jenisnya, atau buka kembali dahulu daftar itu."
        )


class StepTooEarly(DomainError):
    """A step of the path is asked for before the one that comes first."""

    def __init__(self, state: str, needs: str) -> None:
        super().__init__(f"Belum bisa: daftar ini masih '{state}'. Langkah sebelumnya dulu: {needs}.")


class StepByAnother(DomainError):
    """Nobody plays two of the parts enter, sign and check, nor takes back what he did himself."""

    def __init__(self, did: str) -> None:
        super().__init__(f"Langkah ini untuk orang lain, karena Anda sendiri yang {did}.")


class AloneOnList(DomainError):
    """A list that pays only the one who decides on it."""

    def __init__(self) -> None:
        super().__init__(
            "Daftar ini hanya membayar Anda sendiri. Mintalah pejabat dari unit di atasnya yang melakukannya."
        )


class ListIsEmpty(DomainError):
    """A list on which nobody is paid."""

    def __init__(self) -> None:
        super().__init__("Tidak ada yang dibayar pada daftar ini, jadi tidak ada yang dapat diajukan.")


class ListIsSigned(DomainError):
    """A list takes no change once it is signed."""

    def __init__(self, state: str) -> None:
        super().__init__(
            f"Daftar ini sudah '{state}', jadi isinya tetap. Buka kembali dulu, atau bayar lewat susulan."
        )


class ListIsPaid(DomainError):
    """What is paid is not opened again."""

    def __init__(self, number: str) -> None:
        super().__init__(f"Daftar ini sudah cair dengan SP2D {number}, jadi tidak dapat diubah lagi.")


class AmountDiffers(DomainError):
    """An SPM or SP2D is not what the list adds up to, by however little."""

    def __init__(self, what: str, given: str, total: str, difference: str) -> None:
        super().__init__(
            f"Nilai {what} {given} berbeda {difference} dari jumlah daftar ini, {total}. "
            "Periksa lagi angkanya; belum ada yang tersimpan."
        )


class Sp2dTooEarly(DomainError):
    """An SP2D is dated before the payment order that it answers."""

    def __init__(self, on: date, spm_on: date) -> None:
        super().__init__(
            f"SP2D bertanggal {format_date(on)}, lebih awal dari SPM-nya, {format_date(spm_on)}. "
            "Periksa lagi tanggalnya; belum ada yang tersimpan."
        )


class NumberTaken(DomainError):
    """Another list has this number already."""

    def __init__(self, what: str, number: str) -> None:
        super().__init__(f"Nomor {what} {number} sudah dipakai daftar lain. Periksa lagi nomornya.")


class OverBudget(DomainError):
    """A list goes beyond what is left of the budget, and nobody has said why."""

    def __init__(self, over: str, year: int) -> None:
        super().__init__(
            f"Daftar ini melampaui pagu {year} sebesar {over}. Tulis alasannya untuk tetap mengajukan."
        )


class ItemNotFound(DomainError):
    """There is no such person on the list."""

    def __init__(self) -> None:
        super().__init__("Orang ini tidak ada lagi pada daftar ini. Muat ulang halamannya.")


class DifferenceNotAlone(DomainError):
    """A difference goes with the base payment beside it: held alone, a debt would be forgiven for a month."""

    def __init__(self) -> None:
        super().__init__(
            "Selisih tidak ditangguhkan sendiri. Tangguhkan TPP orangnya pada daftar ini; selisihnya ikut "
            "menunggu."
        )


class NotOneself(DomainError):
    """Nobody decides whether he himself or a relative is paid."""

    def __init__(self) -> None:
        super().__init__(
            "Anda tidak dapat menangguhkan atau membayarkan diri sendiri atau keluarga. "
            "Mintalah petugas lain."
        )


class NobodyChosen(DomainError):
    """A list for chosen people, without anybody."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"Pilih paling sedikit satu orang untuk daftar {kind}.")


class AccountsMissing(DomainError):
    """The bank can't pay who has no account."""

    def __init__(self, names: str, *, heirs: bool = False) -> None:
        whose = f"ahli waris {names}" if heirs else names
        todo = (
            "Buka kembali daftarnya dan tangguhkan orangnya."
            if heirs
            else "Catat rekeningnya di data pegawai, atau tangguhkan orangnya."
        )
        super().__init__(f"Berkas bank belum dapat dibuat karena belum ada rekening untuk {whose}. {todo}")


class TreasuryFileRefused(DomainError):
    """A list of SP2D can't be taken as a whole; the sentence says why."""


class BudgetNotFound(DomainError):
    """There is no such budget waiting, or the actor may not see it."""

    def __init__(self) -> None:
        super().__init__("Usulan pagu ini tidak ada atau sudah diputuskan. Buka daftar pagu lagi.")


class BudgetWaiting(DomainError):
    """One proposal at a time."""

    def __init__(self) -> None:
        super().__init__(
            "Masih ada usulan pagu untuk perangkat daerah dan tahun ini. Putuskan dulu yang itu."
        )


class MonthNotPaid(DomainError):
    """Differences are of months that are paid."""

    def __init__(self, month: str) -> None:
        super().__init__(
            f"TPP {month} belum ada yang cair, jadi belum ada selisihnya. Perubahan data masih ikut hitungan."
        )


class DifferenceNotFound(DomainError):
    """There is no such difference, or the actor may not see it."""

    def __init__(self) -> None:
        super().__init__("Selisih ini tidak ada atau bukan untuk Anda. Buka daftar selisih lagi.")


class OverpaymentNotFound(DomainError):
    """There is no such overpayment, or the actor may not see it."""

    def __init__(self) -> None:
        super().__init__("Kelebihan bayar ini tidak ada atau bukan untuk Anda. Buka daftarnya lagi.")


class NothingToReturn(DomainError):
    """A difference that owes nothing any more, or never did, is no overpayment."""

    def __init__(self) -> None:
        super().__init__("Selisih ini tidak menyisakan kelebihan bayar, jadi tidak ada yang perlu disetor.")


class AllowanceTakesIt(DomainError):
    """The next allowance takes all of it back."""

    def __init__(self, amount: str) -> None:
        super().__init__(
            f"Sisa {amount} masih dapat dipotong dari TPP bulan berikutnya, jadi belum perlu disetor sendiri."
        )


class NotForOneself(NotAllowed):
    """Nobody decides what he himself or a relative gives back."""

    def __init__(self) -> None:
        super().__init__(
            "Kelebihan bayar ini milik Anda atau keluarga Anda. Mintalah petugas lain memprosesnya."
        )


class PlanRefused(DomainError):
    """A plan of instalments that can't hold; the sentence says why."""


class PlanByAnother(DomainError):
    """Two people set a plan."""

    def __init__(self) -> None:
        super().__init__("Rencana ini Anda sendiri yang mengusulkan. Mintalah petugas lain memutuskannya.")


class PlanNotWaiting(DomainError):
    """There is no such plan, or it is decided."""

    def __init__(self) -> None:
        super().__init__("Rencana angsuran ini sudah diputuskan. Muat ulang halamannya.")


class DepositTooLarge(DomainError):
    """More than is owed."""

    def __init__(self, amount: str, left: str) -> None:
        super().__init__(f"Setoran {amount} melebihi sisa kelebihan bayar, {left}. Periksa lagi angkanya.")


class DepositRefused(DomainError):
    """A deposit without a number or amount; the sentence says what is missing."""


class DepositKnown(DomainError):
    """This STS is recorded already."""

    def __init__(self, number: str) -> None:
        super().__init__(f"STS {number} sudah tercatat. Periksa lagi nomornya.")


class DepositReversed(DomainError):
    """A deposit is reversed once, and a reversal never."""

    def __init__(self) -> None:
        super().__init__("Setoran ini sudah dibatalkan atau bukan setoran.")
