"""Indonesian words for the folders, slots and shapes of the law, which name themselves in English."""

from __future__ import annotations

AREAS = {
    "pay": "Penghasilan dan tunjangan",
    "discipline": "Kehadiran dan potongan",
    "attendance": "Jam kerja",
    "tax": "Pajak Penghasilan",
    "leave": "Cuti",
    "calendar": "Hari libur dan Ramadan",
    "career": "Pangkat, jabatan, dan pensiun",
    "merit": "Pengisian jabatan dan talenta",
}

SLOTS = {
    "proration": "Bila keadaan berubah di tengah bulan",
    "productivity": "Bagian produktivitas",
    "discipline": "Bagian kehadiran",
    "tax": "Pajak",
    "health": "Iuran jaminan kesehatan",
    "acting": "Pelaksana tugas dan pelaksana harian (Plt., Plh.)",
    "death": "Bulan meninggal dunia",
    "leave_effect": "TPP selama cuti",
    "cuts": "Potongan lain",
    "december": "Bulan Desember",
    "payer": "Bila pindah perangkat daerah di tengah bulan",
}

SHAPES = {
    "proration.by_day": "Setiap bagian bulan dihitung menurut harinya",
    "proration.first_of_month": "Keadaan pada hari kerja pertama berlaku sebulan penuh",
    "proration.cut_off_day": "Keadaan pada tanggal batas berlaku sebulan penuh",
    "productivity.minutes": "Menit kerja yang disahkan, dibanding sasaran sebulan",
    "productivity.score": "Nilai dari atasan",
    "productivity.none": "Tidak dinilai; tunjangan dibayar penuh sebelum potongan",
    "discipline.points": "Poin setiap kejadian, lalu jenjang menurut jumlah poin",
    "discipline.percent_of_tpp": "Potongan persen dari seluruh tunjangan",
    "discipline.percent_of_discipline_part": "Potongan persen dari bagian kehadiran saja",
    "tax.final_by_golongan": "PPh 21 final menurut golongan",
    "tax.ter": "PPh 21 dengan tarif efektif rata-rata (TER)",
    "health.one_percent_capped": "1 % dari penghasilan, sampai batas tertinggi",
    "productivity.whole": "Tidak dinilai; dibayar penuh",
    "discipline.none": "Tidak memengaruhi tunjangan",
    "acting.none": "Tidak menambah tunjangan",
    "acting.share_of_post": "Bagian dari TPP jabatan itu; satu tingkat di atasnya, TPP jabatan itu",
    "death.to_date": "Dihitung sampai tanggal wafat",
    "death.full_month": "Dibayar sebulan penuh",
    "leave_effect.none": "Tidak berkurang",
    "leave_effect.by_kind_and_month": "Menurut jenis cuti dan bulan keberapa",
    "cuts.as_ruled": "Menurut aturan daerah ini",
    "cuts.none": "Tidak ada",
    "december.as_usual": "Seperti bulan lain",
    "december.full": "Dibayar penuh, tanpa penilaian dan potongan",
    "december.to_cut_off": "Hari setelah tanggal batas dihitung hadir; selisihnya pada Januari",
    "december.next_year": "Dihitung seperti biasa, dibayar dari anggaran tahun berikutnya",
    "payer.last_day": "Dibayar perangkat daerah tempat bekerja pada akhir bulan",
    "payer.first_day": "Dibayar perangkat daerah tempat bekerja pada awal bulan",
}


def area(code: str) -> str:
    """The title of an area; the code itself for one of a site's own."""
    return AREAS.get(code, code)


def slot(code: str) -> str:
    """What a profile decides in a slot."""
    return SLOTS.get(code, code)


def shape(slot_code: str, code: str) -> str:
    """How a profile decides it; a site's own shape shows its code."""
    return SHAPES.get(f"{slot_code}.{code}", code)
