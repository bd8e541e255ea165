"""The states of runs and slips, the kinds of lines, and what differs: between two runs, from a paid list."""

from __future__ import annotations

from enum import StrEnum


class _Labelled(StrEnum):
    """An enum whose members carry the Indonesian word that people see."""

    label: str

    def __new__(cls, value: str, label: str = "") -> _Labelled:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Mode(_Labelled):
    """What a run is for."""

    DEMO = "demo", "Peragaan"
    SHADOW = "shadow", "Pembanding"
    REAL = "real", "Sungguhan"


class RunState(_Labelled):
    """Where a run stands. Only a published run is seen by those whom it concerns."""

    WAITING = "waiting", "Menunggu"
    STAGING = "staging", "Sedang dihitung"
    PUBLISHED = "published", "Selesai"
    FAILED = "failed", "Gagal"
    CANCELLED = "cancelled", "Dibatalkan"


class SlipState(_Labelled):
    """What became of a person in a run."""

    COMPUTED = "computed", "Dihitung"
    DELAYED = "delayed", "Ditunda sebulan"
    HELD = "held", "Belum dapat dihitung"
    ELSEWHERE = "elsewhere", "Dibayar melalui jalur lain"
    NONE = "none", "Tidak menerima TPP"


class Lack(StrEnum):
    """Why a running month can't be told yet, or not as an allowance."""

    SERVICE = "service"  # not in service in the month
    PART_TIME = "part_time"  # PPPK paruh waktu
    GROUP = "group"  # nobody has said how he is paid
    STANDING = "standing"  # his standing by law receives nothing
    NOTHING = "nothing"  # in service too late for this month's amount
    POST = "post"  # no seat
    WEEK = "week"  # no unit above says on which days it works
    NUMBER = "number"  # no machine knows him
    DATA = "data"  # no machine has told anything
    NO_PUNCH = "no_punch"  # days are over, and nothing at all stands under his name
    FACTS = "facts"


class Severity(_Labelled):
    """How much a problem matters, the most first; the values are those of ``kernel.problem``."""

    BLOCK = "block", "Tidak ikut dihitung"
    WARN = "warn", "Perlu diperiksa"
    INFO = "info", "Untuk diketahui"


class LineKind(_Labelled):
    """Which part of a slip a line belongs to, in the order of the slip."""

    CEILING = "ceiling", "TPP maksimal"
    EARNED = "earned", "Yang diperoleh"
    CUT = "cut", "Potongan"
    TAX = "tax", "Pajak"
    CONTRIBUTION = "contribution", "Iuran"


class FileKind(_Labelled):
    """The three kinds of files that a month is worked out from."""

    PEOPLE = "people", "Data pegawai"
    PUNCHES = "punches", "Rekaman presensi"
    MONTHLY = "monthly", "Isian bulanan"


class Change(_Labelled):
    """What a person's slip in a newer run is, beside that in an older one."""

    MORE = "more", "Menerima lebih banyak"
    LESS = "less", "Menerima lebih sedikit"
    STATE = "state", "Keadaannya berubah"
    JOINED = "joined", "Hanya ada di hitungan baru"
    LEFT = "left", "Hanya ada di hitungan lama"
    LINES = "lines", "Jumlah sama, rincian berbeda"
    SAME = "same", "Tidak berubah"


class Cause(_Labelled):
    """Why a list that was paid differs from what Pamong computes."""

    CLASS = "class", "Kelas jabatan"
    PRORATION = "proration", "Bagian bulan"
    ATTENDANCE = "attendance", "Kehadiran dan kinerja"
    BASE_SALARY = "base_salary", "Gaji pokok atau penghasilan tetap"
    MISSING = "missing", "Hanya ada di satu daftar"
    ROUNDING = "rounding", "Pembulatan"
    UNKNOWN = "unknown", "Belum diketahui"


class ListState(_Labelled):
    """How the comparison with a paid list stands."""

    WAITING = "waiting", "Sedang dibandingkan"
    DONE = "done", "Selesai"
    FAILED = "failed", "Gagal"


class SearchState(_Labelled):
    """How a search for the differences of a paid month stands."""

    WAITING = "waiting", "Sedang dicari"
    DONE = "done", "Selesai"
    FAILED = "failed", "Gagal"


class DifferenceCause(_Labelled):
    """Why a month that is paid comes out differently now, in the order in which the causes are taken."""

    LAW = "law", "Peraturan"
    POST = "post", "Jabatan dan kedudukan"
    PERSON = "person", "Data pegawai"
    WORK = "work", "Isian bulanan"
    PRESENCE = "presence", "Presensi"


class ListKind(_Labelled):
    """Which list of a month it is, in the words of the treasury."""

    MAIN = "main", "Induk"
    SUPPLEMENTARY = "supplementary", "Susulan"
    ARREARS = "arrears", "Rapel"


class PathState(_Labelled):
    """Where a list stands on its way to the treasury and back."""

    COMPUTED = "computed", "Dihitung"
    VERIFIED = "verified", "Diverifikasi OPD"
    CHECKED = "checked", "Diperiksa BKPSDM"
    SUBMITTED = "submitted", "Diajukan"
    PAID = "paid", "Cair"


class Component(_Labelled):
    """What is paid on a list."""

    TPP = "tpp", "TPP"


class ItemState(_Labelled):
    """Whether a person on a list is paid by it."""

    INCLUDED = "included", "Dibayarkan"
    HELD = "held", "Ditangguhkan"


class Payee(_Labelled):
    """To whom an amount goes."""

    OWN = "own", "Yang bersangkutan"
    HEIR = "heir", "Ahli waris"


class StepKind(_Labelled):
    """What was done with a list or with one item of it."""

    OPENED = "opened", "Daftar dibuat"
    REPLACED = "replaced", "Diganti dengan hitungan yang lebih baru"
    ENTERED = "entered", "Dinyatakan lengkap"
    SIGNED = "signed", "Rekapitulasi dan SPTJM ditandatangani"
    CHECKED = "checked", "Diperiksa BKPSDM"
    SUBMITTED = "submitted", "SPM diajukan"
    PAID = "paid", "Cair dengan SP2D"
    REOPENED = "reopened", "Dibuka kembali"
    HELD = "held", "Ditangguhkan"
    RELEASED = "released", "Penangguhan dicabut"


class OutFile(_Labelled):
    """For whom a file of a list is made."""

    TREASURY = "treasury", "Perbendaharaan (SIPD)"
    BANK = "bank", "Bank"


class BudgetState(_Labelled):
    """How a budget stands."""

    WAITING = "waiting", "Menunggu persetujuan"
    AGREED = "agreed", "Berlaku"
    REFUSED = "refused", "Ditolak"
    REPLACED = "replaced", "Diganti"


class OverpaymentReason(_Labelled):
    """Why what was paid too much does not come back by the next allowances."""

    LEFT = "left", "Tidak lagi menerima TPP"
    LARGER = "larger", "Lebih besar daripada TPP bulan berikutnya"


class DifferenceState(_Labelled):
    """What became of a difference."""

    WAITING = "waiting", "Menunggu daftar berikutnya"
    PLACED = "placed", "Ada di daftar pembayaran"
    OWED = "owed", "Kelebihan bayar"
    SETTLED = "settled", "Selesai"


class Validity(_Labelled):
    """Whether a document that was genuine when it was issued still holds."""

    HOLDS = "holds", "Berlaku"
    WITHDRAWN = "withdrawn", "Dicabut"
    REPLACED = "replaced", "Diganti"
