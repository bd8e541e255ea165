"""The headings that tell one kind of file from another, and their other spellings."""

from __future__ import annotations

import re

# The export "data ASN instansi" of BKN's SIASN, in its order.
SIASN_HEADINGS = (
    "PNS ID",
    "NIP BARU",
    "NIP LAMA",
    "NAMA",
    "GELAR DEPAN",
    "GELAR BELAKANG",
    "TEMPAT LAHIR ID",
    "TEMPAT LAHIR NAMA",
    "TANGGAL LAHIR",
    "JENIS KELAMIN",
    "AGAMA ID",
    "AGAMA NAMA",
    "JENIS KAWIN ID",
    "JENIS KAWIN NAMA",
    "NIK",
    "NOMOR HP",
    "EMAIL",
    "EMAIL GOV",
    "ALAMAT",
    "NPWP NOMOR",
    "BPJS",
    "JENIS PEGAWAI ID",
    "JENIS PEGAWAI NAMA",
    "KEDUDUKAN HUKUM ID",
    "KEDUDUKAN HUKUM NAMA",
    "STATUS CPNS PNS",
    "KARTU ASN VIRTUAL",
    "NOMOR SK CPNS",
    "TANGGAL SK CPNS",
    "TMT CPNS",
    "NOMOR SK PNS",
    "TANGGAL SK PNS",
    "TMT PNS",
    "GOL AWAL ID",
    "GOL AWAL NAMA",
    "GOL AKHIR ID",
    "GOL AKHIR NAMA",
    "TMT GOLONGAN",
    "MK TAHUN",
    "MK BULAN",
    "JENIS JABATAN ID",
    "JENIS JABATAN NAMA",
    "JABATAN ID",
    "JABATAN NAMA",
    "TMT JABATAN",
    "TINGKAT PENDIDIKAN ID",
    "TINGKAT PENDIDIKAN NAMA",
    "PENDIDIKAN ID",
    "PENDIDIKAN NAMA",
    "TAHUN LULUS",
    "KPKN ID",
    "KPKN NAMA",
    "LOKASI KERJA ID",
    "LOKASI KERJA NAMA",
    "UNOR ID",
    "UNOR NAMA",
    "INSTANSI INDUK ID",
    "INSTANSI INDUK NAMA",
    "INSTANSI KERJA ID",
    "INSTANSI KERJA NAMA",
    "SATUAN KERJA INDUK ID",
    "SATUAN KERJA INDUK NAMA",
    "SATUAN KERJA KERJA ID",
    "SATUAN KERJA KERJA NAMA",
    "IS VALID NIK",
    "NAMA SEKOLAH",
    "FLAG IKD",
)

# Spellings of other years and of sheets kept by hand.
PEOPLE_ALIASES = {
    "NIP": "NIP BARU",
    "NAMA LENGKAP": "NAMA",
    "NAMA PEGAWAI": "NAMA",
    "KEDUDUKAN PNS ID": "KEDUDUKAN HUKUM ID",
    "KEDUDUKAN PNS NAMA": "KEDUDUKAN HUKUM NAMA",
    "NPWP": "NPWP NOMOR",
    "NO HP": "NOMOR HP",
    "TEMPAT LAHIR": "TEMPAT LAHIR NAMA",
    "STATUS PEGAWAI": "STATUS CPNS PNS",
    "GOLONGAN": "GOL AKHIR NAMA",
}

MONTHLY_HEADINGS = (
    "NIP",
    "PIN",
    "KELAS JABATAN",
    "KELOMPOK",
    "MENIT KERJA",
    "NILAI PERILAKU",
    "PENGHASILAN TETAP",
    "LHKPN TERLAMBAT",
    "AKTIVITAS NEGATIF",
    "APEL TIDAK HADIR",
    "JAM KELUAR TANPA IZIN",
    "NILAI PRODUKTIVITAS",
    "STATUS PTKP",
    "KETERANGAN HARI",
    "HARI KERJA",
)

MONTHLY_ALIASES = {
    "NIP BARU": "NIP",
    "PIN MESIN": "PIN",
    "NO ID": "PIN",
    "KELAS": "KELAS JABATAN",
    "KELOMPOK PEMBAYARAN": "KELOMPOK",
    "MENIT": "MENIT KERJA",
    "PERILAKU": "NILAI PERILAKU",
    "PRODUKTIVITAS": "NILAI PRODUKTIVITAS",
    "PTKP": "STATUS PTKP",
    "KETERANGAN": "KETERANGAN HARI",
}

# Desktop export of Fingerspot: already evaluated, so only these (and every "Scan ...") are read.
SCANLOG_ALIASES = {
    "NO ID": "PIN",
    "NO. ID": "PIN",
    "ID": "PIN",
    "PIN": "PIN",
    "NIP": "NIP",
    "NIK": "NIP",
    "TANGGAL": "TANGGAL",
}

# A sheet that says whose the numbers of machines are.
PIN_ALIASES = {
    "PIN": "PIN",
    "NO ID": "PIN",
    "NO. ID": "PIN",
    "ID": "PIN",
    "NIP": "NIP",
    "NIP BARU": "NIP",
    "SEJAK": "SEJAK",
    "MULAI": "SEJAK",
}


def normal_heading(text: str) -> str:
    """One spelling for a heading: capitals, single spaces, without marks around it."""
    words = re.sub(r"[\s_\u00a0\ufeff]+", " ", text.replace("\x00", "")).strip(" '\"*:")
    return words.upper()
