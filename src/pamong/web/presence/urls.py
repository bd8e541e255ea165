"""The addresses of presence, below ``/presensi/``."""

from __future__ import annotations

from django.urls import path

from pamong.web.presence import (
    board,
    corrections,
    devices,
    machine_files,
    outages,
    pins,
    rosters,
    sheets,
    swaps,
    views,
)

app_name = "presence"
urlpatterns = [
    path("hari-saya/", views.mine, name="mine"),
    path("pegawai/<uuid:uid>/", views.person, name="person"),
    path("jadwal/", rosters.roster, name="roster"),
    path("tukar-dinas/", swaps.swaps, name="swaps"),
    path("hari-ini/", board.today, name="today"),
    path("menunggu/", board.desk, name="desk"),
    path("mesin/", devices.index, name="devices"),
    path("mesin/berkas/", machine_files.upload, name="device_files"),
    path("mesin/baru/", devices.new, name="device_new"),
    path("mesin/lokasi-baru/", devices.site_new, name="site_new"),
    path("mesin/kelompok/<uuid:uid>/", pins.group, name="group"),
    path("mesin/kelompok/<uuid:uid>/pemilik/", pins.owner, name="pin_owner"),
    path("mesin/kelompok/<uuid:uid>/daftar/", pins.numbers, name="numbers"),
    path("mesin/kelompok/<uuid:uid>/<slug:pin>/akhiri/", pins.end, name="pin_end"),
    path("mesin/<uuid:uid>/", devices.machine, name="device"),
    path("mesin/<uuid:uid>/disisihkan/", devices.aside, name="device_aside"),
    path("mesin/<uuid:uid>/disisihkan/csv/", devices.aside_file, name="device_aside_file"),
    path("mesin/<uuid:uid>/pindah/", devices.move, name="device_move"),
    path("mesin/<uuid:uid>/akhiri/", devices.end, name="device_end"),
    path("mesin/<uuid:uid>/berkas/", machine_files.upload, name="device_file"),
    path("catatan/", sheets.index, name="sheets"),
    path("catatan/baru/", sheets.new, name="sheet_new"),
    path("catatan/bukti/<uuid:uid>/", sheets.evidence, name="sheet_file"),
    path("catatan/<uuid:uid>/", sheets.sheet, name="sheet"),
    path("gangguan/", outages.index, name="outages"),
    path("gangguan/baru/", outages.report, name="outage_new"),
    path("gangguan/bukti/<uuid:uid>/", outages.evidence, name="outage_file"),
    path("gangguan/<uuid:uid>/", outages.outage, name="outage"),
    path("koreksi/", corrections.index, name="corrections"),
    path("koreksi/menunggu/", corrections.waiting, name="corrections_waiting"),
    path("koreksi/lewat-waktu/", corrections.late, name="corrections_late"),
    path("koreksi/hari/<str:day>/", corrections.ask, name="correct"),
    path("koreksi/bukti/<uuid:uid>/", corrections.evidence, name="correction_file"),
    path("koreksi/<uuid:uid>/", corrections.correction, name="correction"),
    path("koreksi/<uuid:uid>/banding/", corrections.appeal, name="correction_appeal"),
    path("koreksi/<uuid:uid>/tarik/", corrections.withdraw, name="correction_withdraw"),
]
