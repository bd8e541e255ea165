"""Words and tones for states and problems. A tone is never alone: the word stands beside it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pamong.kernel.actor import OPERATOR
from pamong.pay.choices import RunState, Severity, SlipState
from pamong.pay.errors import EvidenceTooWeak
from pamong.pay.queries import SlipRow
from pamong.web.formats import angka

RUN_TONES = {
    RunState.WAITING: "info",
    RunState.STAGING: "info",
    RunState.PUBLISHED: "good",
    RunState.FAILED: "problem",
    RunState.CANCELLED: "neutral",
}
SLIP_TONES = {
    SlipState.COMPUTED: "good",
    SlipState.DELAYED: "attention",
    SlipState.HELD: "attention",
    SlipState.ELSEWHERE: "neutral",
    SlipState.NONE: "neutral",
}
SEVERITIES = {Severity.BLOCK: "problem", Severity.WARN: "attention", Severity.INFO: "info"}
_ELSE = ("Hal lain pada berkas", "Baca kalimatnya, perbaiki di berkas, lalu hitung lagi.")
# What a kind of problem is, and what to do about it.
PROBLEMS = {
    "file": ("Berkas tidak dapat dibaca", "Simpan ulang berkasnya, lalu hitung lagi."),
    "broken_row": ("Baris tidak lengkap", "Perbaiki baris itu di berkas, lalu hitung lagi."),
    "row_too_wide": ("Baris kelebihan kolom", "Periksa tanda pemisah di baris itu, lalu hitung lagi."),
    "headings_absent": ("Kolom tidak ada", "Tambahkan kolomnya bila datanya diperlukan."),
    "headings_extra": ("Kolom tidak dipakai", "Tidak perlu tindakan."),
    "heading_twice": ("Judul kolom ganda", "Sisakan satu kolom, lalu hitung lagi."),
    "ambiguous_dates": ("Tanggal bermakna dua", "Tulis tanggal sebagai 31-12-2026, lalu hitung lagi."),
    "unreadable_line": ("Baris presensi tidak terbaca", "Ambil ulang data dari mesin bila barisnya penting."),
    "impossible_time": ("Waktu yang tidak ada", "Periksa jam mesin, lalu ambil ulang datanya."),
    "out_of_range": ("Waktu di luar jangkauan", "Periksa jam mesin. Presensi ini tidak dipakai."),
    "checksum_missing": ("Berkas tanpa tanda periksa", "Ambil ulang dari mesin bila ragu."),
    "epoch_times": ("Waktu ditulis sebagai angka", "Cocokkan satu baris dengan jam di mesin."),
    "repeated": ("Baris berulang", "Tidak perlu tindakan: dihitung sekali."),
    "no_punches": ("Berkas tanpa presensi", "Pastikan berkasnya benar."),
    "nobody": ("Presensi tanpa nama", "Isi PIN atau NIP, lalu hitung lagi."),
    "unknown_pin": ("PIN tidak dikenal", "Tulis PIN-nya di isian bulanan, lalu hitung lagi."),
    "pin_shared": ("PIN dipakai bersama", "Beri setiap orang PIN sendiri di isian bulanan."),
    "other_month": ("Presensi di bulan lain", "Pastikan bulan dan berkasnya cocok."),
    "silent_unit": ("Unit tanpa presensi", "Cari berkas mesin unit itu, lalu hitung lagi dengan berkasnya."),
    "absent_with_punch": ("Tanpa keterangan, tetapi ada presensi", "Perbaiki keterangan harinya."),
    "other_class": ("Kelas berbeda dari posisinya", "Perbaiki kelas di isian bulanan atau posisinya."),
    "income_below_table": ("Penghasilan di bawah tabel gaji", "Cocokkan dengan daftar gaji."),
    "no_person": ("Orang tidak ada di data pegawai", "Lengkapi data pegawai, lalu hitung lagi."),
    "twice": ("NIP ganda", "Sisakan satu baris untuk setiap NIP, lalu hitung lagi."),
    "no_such_day": ("Tanggal yang tidak ada", "Perbaiki keterangan harinya, lalu hitung lagi."),
    "next_day": ("Presensi lewat tengah malam", "Periksa tanggalnya bila orang ini tidak berjaga malam."),
    "nip": ("NIP tidak sesuai", "Perbaiki NIP di berkas, lalu hitung lagi."),
    "nip_twice": ("NIP ganda", "Sisakan satu baris untuk setiap NIP, lalu hitung lagi."),
    "nip_birth": ("Tanggal lahir berbeda dari NIP", "Cocokkan dengan SK, lalu perbaiki yang keliru."),
    "name": ("Nama kosong", "Isi namanya, lalu hitung lagi."),
    "kind_guessed": ("Status pegawai diperkirakan", "Isi kolom statusnya agar pasti."),
    "sex": ("Jenis kelamin tidak sesuai", "Isi L atau P bila datanya diperlukan."),
    "golongan": ("Golongan tidak sesuai", "Tulis golongan seperti III/b atau IX, lalu hitung lagi."),
    "pin": ("PIN tidak sesuai", "Tulis PIN seperti di mesin, lalu hitung lagi."),
    "pin_twice": ("PIN ganda", "Beri setiap orang PIN sendiri, lalu hitung lagi."),
    "pay_group": ("Kelompok tidak sesuai", "Pilih TPP, TPG, BLUD, INSENTIF, atau TIDAK, lalu hitung lagi."),
    "behaviour": ("Nilai perilaku tidak sesuai", "Isi angka 0 sampai 100, lalu hitung lagi."),
    "productivity": ("Nilai produktivitas tidak sesuai", "Isi angka 0 sampai 100, lalu hitung lagi."),
    "fixed_income": ("Penghasilan tetap tidak sesuai", "Isi rupiah bulat, lalu hitung lagi."),
    "yes_no": ("Isian ya atau tidak", "Isi ya atau tidak, lalu hitung lagi."),
    "musters": ("Jumlah apel tidak sesuai", "Isi angka bulat, lalu hitung lagi."),
    "hours_left": ("Jumlah jam tidak sesuai", "Isi angka bulat, lalu hitung lagi."),
    "ptkp": ("Status PTKP tidak sesuai", "Tulis seperti TK/0 atau K/2, lalu hitung lagi."),
    "excused": ("Keterangan hari tidak terbaca", "Tulis seperti 05=CT,06=DL, lalu hitung lagi."),
    "week": ("Hari kerja tidak sesuai", "Isi 5 atau 6, lalu hitung lagi."),
    "acting_level_unknown": (
        "Tingkat jabatan Plt. belum pasti",
        "Tetapkan kesetaraannya lewat peraturan daerah; TPP Plt. menyusul.",
    ),
    "ramadan_expected": ("Ramadan masih perkiraan", "Hitung lagi sesudah ditetapkan pemerintah."),
}


def severity(code: str) -> Severity:
    """A severity by its code, for its word."""
    return Severity(code)


def problem_title(code: str) -> str:
    """What a kind of problem is, in a few words."""
    return PROBLEMS.get(code, _ELSE)[0]


def problem_advice(code: str) -> str:
    """What to do about it."""
    return PROBLEMS.get(code, _ELSE)[1]


def starter(name: str) -> str:
    """Who started a run; the command line acts under the name of a user of the machine."""
    return _("operator sistem") if name.startswith(f"{OPERATOR}:") else name


def refusal(error: Exception) -> str:
    """Why a run was refused. The page of the law lists weak values by name, so here their number will do."""
    if not isinstance(error, EvidenceTooWeak):
        return str(error)
    return _(
        "Hitungan sungguhan ditolak: %(count)s nilai hukum belum pasti atau hanya contoh. Lihat mana saja "
        "di halaman Aturan. Sebelum daerah menetapkannya, pilih Pembanding."
    ) % {"count": angka(len(error.keys))}


# Why a month is not worked out, to the one whose pay it is: he can't mend the office's files.
_OWN_REASONS: dict[str, Any] = {
    "Belum ada di isian bulanan": gettext_lazy("Data bulanan Anda belum disampaikan kantor."),
    "Kelompok penghasilan": gettext_lazy("Kelompok penghasilan Anda belum ditetapkan."),
    "Tidak ada satu pun presensi": gettext_lazy("Rekaman presensi Anda bulan ini belum ada."),
}


def own_reason(slip: SlipRow) -> str:
    """Why there is no amount, as its owner understands it: what an officer is told to do is left out."""
    if slip.state is not SlipState.HELD:
        return slip.reason
    told = (text for begins, text in _OWN_REASONS.items() if slip.reason.startswith(begins))
    return str(next(told, _("Yang belum lengkap: %(what)s") % {"what": slip.reason}))


def own_advice(state: SlipState) -> str:
    """Whom the owner of a slip asks, and what he can expect."""
    told = {
        SlipState.HELD: _(
            "Anda tidak perlu mengisi apa pun. Tanyakan kepada petugas kepegawaian di unit kerja Anda; "
            "sesudah dilengkapi, tunjangan bulan ini dihitung lagi."
        ),
        SlipState.DELAYED: _("Jumlahnya tetap; pembayarannya menunggu bulan berikutnya."),
    }
    return told.get(state, "")


def advice(state: SlipState) -> str:
    """What an officer does about it."""
    if state is SlipState.HELD:
        return _(
            "Lengkapi datanya di isian bulanan atau data pegawai, lalu hitung lagi bulan ini. "
            "Orang lain tetap dihitung."
        )
    return own_advice(state)
