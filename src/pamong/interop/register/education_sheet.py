"""The columns of the sheet of schooling. No Polars here: the web process hands out templates."""

from __future__ import annotations

from pamong.interop.register.sheets import Column, Sheet

LEVEL, DAY, YEAR, NUMBER = "TINGKAT", "TANGGAL LULUS", "TAHUN LULUS", "NOMOR IJAZAH"

SHEET = Sheet(
    "riwayat pendidikan",
    "NIP",
    (
        Column(
            "NIP",
            "NIP pegawai, 18 digit, sel berformat teks.",
            "198504172010011999",
            ("NIP BARU", "NIP PEGAWAI"),
            needed=True,
        ),
        Column(
            LEVEL,
            "Tingkat pendidikan: SD, SMP, SMA, SMK, D1, D2, D3, D4, S1, S2, atau S3.",
            "S2",
            ("TINGKAT PENDIDIKAN", "JENJANG", "JENJANG PENDIDIKAN"),
            needed=True,
        ),
        Column(
            "PROGRAM STUDI",
            "Nama program studi atau jurusan seperti di ijazah.",
            "Administrasi Publik",
            ("JURUSAN", "PRODI"),
        ),
        Column(
            "SEKOLAH",
            "Nama sekolah atau perguruan tinggi.",
            "Universitas Contoh",
            ("NAMA SEKOLAH", "PERGURUAN TINGGI", "LEMBAGA"),
        ),
        Column(
            DAY,
            "Tanggal lulus seperti di ijazah, dengan urutan hari-bulan-tahun.",
            "20-08-2016",
            ("TGL LULUS",),
        ),
        Column(YEAR, "Tahun lulus, 4 digit; cukup ini jika tanggal lulus belum diketahui.", 2016, ("TAHUN",)),
        Column(
            NUMBER,
            "Nomor ijazah persis seperti tertulis, sel berformat teks.",
            "IJZ/2016/0001",
            ("NO IJAZAH", "NO. IJAZAH", "NOMOR IJASAH"),
        ),
        Column("GELAR DEPAN", "Gelar di depan nama dari ijazah ini, misalnya dr. atau Dr."),
        Column("GELAR BELAKANG", "Gelar di belakang nama dari ijazah ini.", "M.Si."),
    ),
)
