"""The columns of the sheet of families. No Polars here: the web process hands out templates."""

from __future__ import annotations

from pamong.interop.register.sheets import Column, Sheet

NIP, NAME, RELATION, SEX = "NIP PEGAWAI", "NAMA", "HUBUNGAN", "JENIS KELAMIN"
BORN, MARRIED = "TANGGAL LAHIR", "TANGGAL NIKAH"

SHEET = Sheet(
    "data keluarga",
    NIP,
    (
        Column(
            NIP,
            "NIP pegawai yang keluarganya Anda tulis, 18 digit, sel berformat teks.",
            "198504172010011999",
            ("NIP", "NIP BARU"),
            needed=True,
        ),
        Column(
            NAME,
            "Nama anggota keluarga, persis seperti di kartu keluarga.",
            "Siti Contoh",
            ("NAMA KELUARGA", "NAMA ANGGOTA KELUARGA", "NAMA LENGKAP"),
            needed=True,
        ),
        Column(
            RELATION,
            "Hubungan dengan pegawai: suami, istri, anak, ayah, ibu, saudara, mertua, menantu, atau ipar.",
            "istri",
            ("HUBUNGAN KELUARGA", "STATUS HUBUNGAN"),
            needed=True,
        ),
        Column(SEX, "L untuk laki-laki, P untuk perempuan.", "P", ("L/P", "JK")),
        Column(
            BORN,
            "Tanggal lahir dengan urutan hari-bulan-tahun, misalnya 24-12-1987.",
            "24-12-1987",
            ("TGL LAHIR",),
        ),
        Column(
            "NIK",
            "Nomor induk kependudukan, 16 digit, sel berformat teks; kosongkan jika belum diketahui.",
            "9901176412870003",
        ),
        Column("PEKERJAAN", "Pekerjaan anggota keluarga; kosongkan jika belum bekerja.", "Guru"),
        Column(
            "TERTANGGUNG",
            "ya jika masuk tunjangan keluarga, tidak jika tidak.",
            "ya",
            ("DITANGGUNG", "DAPAT TUNJANGAN"),
        ),
        Column(
            MARRIED,
            "Tanggal nikah untuk suami atau istri, dengan urutan hari-bulan-tahun.",
            "10-05-2012",
            ("TGL NIKAH", "TANGGAL MENIKAH"),
        ),
    ),
)
