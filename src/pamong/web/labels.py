"""Words of the domains at show time: domains speak Indonesian alone, pages the reader's language."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pamong.access.errors import NotAllowed
from pamong.access.policies import listed, plainly


class Labelled(Protocol):
    """A member of an enum that carries an Indonesian word."""

    @property
    def label(self) -> str:
        """The word."""


# What `label` and `refusal` are asked for, so that the catalogue has it; a test compares with the domains.
LABELS = (
    gettext_lazy("koreksi"),
    gettext_lazy("catatan petugas"),
    gettext_lazy("Peragaan"),
    gettext_lazy("Pembanding"),
    gettext_lazy("Sungguhan"),
    gettext_lazy("Menunggu"),
    gettext_lazy("Sedang dihitung"),
    gettext_lazy("Selesai"),
    gettext_lazy("Gagal"),
    gettext_lazy("Dibatalkan"),
    gettext_lazy("Dihitung"),
    gettext_lazy("Ditunda sebulan"),
    gettext_lazy("Belum dapat dihitung"),
    gettext_lazy("Dibayar melalui jalur lain"),
    gettext_lazy("Tidak menerima TPP"),
    gettext_lazy("Tidak ikut dihitung"),
    gettext_lazy("Perlu diperiksa"),
    gettext_lazy("Untuk diketahui"),
    gettext_lazy("Data pegawai"),
    gettext_lazy("Rekaman presensi"),
    gettext_lazy("Isian bulanan"),
    gettext_lazy("Cuti tahunan"),
    gettext_lazy("Cuti besar"),
    gettext_lazy("Cuti sakit"),
    gettext_lazy("Cuti melahirkan"),
    gettext_lazy("Cuti karena alasan penting"),
    gettext_lazy("Cuti di luar tanggungan negara"),
    gettext_lazy("Tugas belajar"),
    gettext_lazy("Dinas luar"),
    gettext_lazy("Dispensasi"),
    gettext_lazy("Izin"),
    gettext_lazy("Koreksi disetujui"),
    gettext_lazy("Gangguan presensi"),
    # Predicates of performance.
    gettext_lazy("Sangat baik"),
    gettext_lazy("Baik"),
    gettext_lazy("Butuh perbaikan"),
    gettext_lazy("Kurang"),
    gettext_lazy("Sangat kurang"),
    # Differences of paid months.
    gettext_lazy("Peraturan"),
    gettext_lazy("Jabatan dan kedudukan"),
    gettext_lazy("Presensi"),
    gettext_lazy("Menunggu daftar berikutnya"),
    gettext_lazy("Ada di daftar pembayaran"),
    gettext_lazy("Kelebihan bayar"),
    gettext_lazy("Tidak lagi menerima TPP"),
    gettext_lazy("Lebih besar daripada TPP bulan berikutnya"),
    # The path of a month.
    gettext_lazy("Induk"),
    gettext_lazy("Susulan"),
    gettext_lazy("Rapel"),
    gettext_lazy("Diverifikasi OPD"),
    gettext_lazy("Diperiksa BKPSDM"),
    gettext_lazy("Diajukan"),
    gettext_lazy("Cair"),
    gettext_lazy("Daftar dibuat"),
    gettext_lazy("Diganti dengan hitungan yang lebih baru"),
    gettext_lazy("Dinyatakan lengkap"),
    gettext_lazy("Rekapitulasi dan SPTJM ditandatangani"),
    gettext_lazy("SPM diajukan"),
    gettext_lazy("Cair dengan SP2D"),
    gettext_lazy("Dibuka kembali"),
    gettext_lazy("Ditangguhkan"),
    gettext_lazy("Penangguhan dicabut"),
    gettext_lazy("Perbendaharaan (SIPD)"),
    gettext_lazy("Bank"),
    gettext_lazy("Sehari penuh"),
    gettext_lazy("Paruh pertama hari kerja"),
    gettext_lazy("Paruh kedua hari kerja"),
    gettext_lazy("Sebagian jam"),
    gettext_lazy("Menunggu jawaban"),
    gettext_lazy("Disetujui"),
    gettext_lazy("Tidak disetujui"),
    gettext_lazy("Ditarik"),
    gettext_lazy("Dilaporkan"),
    gettext_lazy("Diusulkan sistem"),
    gettext_lazy("Menunggu pengesahan"),
    gettext_lazy("Disahkan"),
    gettext_lazy("Tidak disahkan"),
    gettext_lazy("Menunggu orang kedua"),
    gettext_lazy("Tersimpan"),
    gettext_lazy("Hadir"),
    gettext_lazy("Belum"),
    gettext_lazy("Cuti"),
    gettext_lazy("Waktunya tidak ada di kalender"),
    gettext_lazy("Jam mesin tertinggal jauh"),
    gettext_lazy("Jam mesin mendahului"),
    gettext_lazy("Baris pengunggahnya sendiri atau keluarganya"),
    gettext_lazy("Orangnya tidak dikenal"),
    gettext_lazy("PIN dan NIP menunjuk orang yang berbeda"),
    gettext_lazy("Baris tidak terbaca"),
    gettext_lazy("Nomor kejadian sudah dipakai untuk isi lain"),
    gettext_lazy("attlog.dat dari mesin"),
    gettext_lazy("GLG dari mesin lama"),
    gettext_lazy("scanlog Fingerspot"),
    gettext_lazy("balasan JSON Fingerspot"),
    gettext_lazy("lembar, kolomnya dipilih petugas"),
    gettext_lazy("Baru"),
    gettext_lazy("Perubahan"),
    gettext_lazy("Pembatalan"),
    gettext_lazy("Menunggu persetujuan"),
    gettext_lazy("Ditolak"),
    gettext_lazy("Diganti"),
    gettext_lazy("Keluar kantor"),
    gettext_lazy("Pulang lebih awal"),
    gettext_lazy("Datang terlambat"),
)
ROLES = (
    gettext_lazy("Pegawai"),
    gettext_lazy("Atasan langsung"),
    gettext_lazy("Petugas unit"),
    gettext_lazy("Petugas kepegawaian"),
    gettext_lazy("Perbendaharaan"),
    gettext_lazy("Pejabat Pembina Kepegawaian"),
    gettext_lazy("Inspektorat"),
    gettext_lazy("Pemeriksa pembayaran"),
    gettext_lazy("Operator sistem"),
)
# Who may, in plain words, where more than three roles may; a test compares with access.
CROWDS = (
    gettext_lazy(
        "Halaman atau tindakan ini hanya untuk pegawai yang masih bertugas. "
        "Bila Anda masih bertugas, hubungi operator sistem."
    ),
    gettext_lazy(
        "Halaman atau tindakan ini hanya untuk atasan, petugas, pemeriksa, atau pejabat yang diberi peran. "
        "Hubungi operator sistem bila Anda memerlukannya."
    ),
    gettext_lazy(
        "Halaman atau tindakan ini hanya untuk petugas, pemeriksa, atau pejabat yang diberi peran. "
        "Hubungi operator sistem bila Anda memerlukannya."
    ),
)


def label(member: Labelled) -> str:
    """The word of an enum's member in the language of the page; a word without a translation stays."""
    return _(member.label)


def refusal(error: NotAllowed) -> str:
    """Why something is not for this actor, in the language of the page where roles are the reason."""
    if not error.titles:
        return str(error)
    if plain := plainly(error.titles):
        return _(plain)
    who = listed([_(title) for title in error.titles], _("atau"))
    return _(
        "Halaman atau tindakan ini hanya untuk %(who)s. Hubungi operator sistem bila Anda memerlukannya."
    ) % {"who": who}
