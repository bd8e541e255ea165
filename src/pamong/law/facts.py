"""The facts that formulas may ask for: what was recorded of a person, a day, a part of a month."""

from pamong.law.engine.formulas import fact

# The person in the month
fact("pay_group", "person_month", "text", "Kelompok penghasilan", nullable=True)
fact("is_cpns", "person_month", "bool", "Calon PNS")
fact("golongan", "person_month", "text", "Golongan", nullable=True)
fact("mkg", "person_month", "count", "Masa kerja golongan (tahun)", nullable=True)
fact("tax_status", "person_month", "text", "Status PTKP pada 1 Januari", nullable=True)
fact("minutes", "person_month", "minutes", "Menit kerja terverifikasi", nullable=True)
fact("behaviour", "person_month", "points", "Nilai perilaku kerja", nullable=True)
fact("productivity_score", "person_month", "points", "Nilai produktivitas", nullable=True)
fact("fixed_income", "person_month", "rupiah", "Penghasilan tetap (gaji pokok dan tunjangan)", nullable=True)
fact("lhkpn_late", "person_month", "bool", "LHKPN terlambat")
fact("negative_activity", "person_month", "bool", "Aktivitas negatif")
fact("musters_missed", "person_month", "count", "Apel yang tidak dihadiri")
fact("hours_left", "person_month", "count", "Jam keluar kantor tanpa izin")
fact("days_in_month", "person_month", "days", "Hari kalender dalam sebulan")
fact("first_work_day", "person_month", "days", "Hari kerja pertama dalam bulan (tanggal)")
fact("is_dead", "person_month", "bool", "Meninggal dunia dalam bulan ini")
fact("last_day", "person_month", "days", "Hari terakhir dalam bulan (tanggal)")

fact("week", "person_month", "text", "Pola hari kerja seminggu (5 atau 6)")

# A part of the month with one post, one standing, and one leave or none
fact("segment_class", "segment", "count", "Kelas jabatan", nullable=True)
fact("segment_standing", "segment", "text", "Kedudukan hukum", nullable=True)
fact("segment_leave", "segment", "text", "Jenis cuti", nullable=True)
fact("segment_leave_month", "segment", "count", "Bulan cuti ke-", nullable=True)
fact("segment_first", "segment", "days", "Mulai tanggal")
fact("segment_last", "segment", "days", "Sampai tanggal")

# A post that the person stood in for during the month
fact("acting_kind", "event", "text", "Jenis tugas (plt, plh)")
fact("acting_level", "event", "text", "Tingkat jabatan yang dirangkap (up, same, down)")
fact("acting_class", "event", "count", "Kelas jabatan yang dirangkap", nullable=True)
fact("acting_work_days", "event", "days", "Hari kerja selama Plt/Plh")

# A day on which the person was expected at work
fact("weekday", "day", "count", "Hari dalam minggu (Senin 1, Minggu 7)")
fact("shift_start", "day", "clock", "Jam masuk")
fact("shift_end", "day", "clock", "Jam pulang")
fact("first_in", "day", "clock", "Presensi masuk", nullable=True)
fact("last_out", "day", "clock", "Presensi pulang", nullable=True)
fact("is_excused", "day", "bool", "Hari yang dikecualikan")

# For the yearly tax and the salary's parts
fact("gross_year", "person_month", "rupiah", "Penghasilan bruto setahun")
fact("gross_month", "person_month", "rupiah", "Penghasilan bruto sebulan")
fact("pension_year", "person_month", "rupiah", "Iuran pensiun setahun")
fact("tax_withheld", "person_month", "rupiah", "PPh 21 yang sudah dipotong")
fact("taxable_income_raw", "person_month", "rupiah", "Penghasilan kena pajak sebelum dibulatkan")
fact("honorarium", "person_month", "rupiah", "Honorarium bruto")
fact("base_salary", "person_month", "rupiah", "Gaji pokok")
fact("has_spouse", "person_month", "bool", "Punya suami/istri yang ditunjang")
fact("children", "person_month", "count", "Anak yang ditunjang")
fact("family_members", "person_month", "count", "Jiwa dalam daftar keluarga")
fact("contribution_base", "person_month", "rupiah", "Dasar iuran")
fact("health_base", "person_month", "rupiah", "Dasar iuran jaminan kesehatan")
fact("work_days", "person_month", "days", "Hari kerja dalam sebulan")
