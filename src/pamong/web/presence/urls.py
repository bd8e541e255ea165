"""The addresses of presence, below ``/presensi/``."""

from __future__ import annotations

from django.urls import path

from pamong.web.presence import (
    board,
    corrections,
    devices,
    outages,
    roster_days,
    rosters,
    sheets,
    shifts,
    swaps,
    views,
)

app_name = "presence"
urlpatterns = [
    path("hari-saya/", views.mine, name="mine"),
    path("pegawai/<uuid:uid>/", views.person, name="person"),
    path("jadwal/", rosters.roster, name="roster"),
    path("jadwal/lembar/", rosters.sheet, name="roster_sheet"),
    path("jadwal/<uuid:uid>/", roster_days.person, name="roster_person"),
    path("dinas/", shifts.index, name="shifts"),
    path("dinas/baru/", shifts.new, name="shift_new"),
    path("dinas/pekan/", shifts.week, name="week"),
    path("dinas/<uuid:uid>/", shifts.shift, name="shift"),
    path("dinas/<uuid:uid>/akhiri/", shifts.end, name="shift_end"),
    path("tukar-dinas/", swaps.swaps, name="swaps"),
    path("hari-ini/", board.today, name="today"),
    path("menunggu/", board.desk, name="desk"),
    path("mesin/", devices.index, name="devices"),
    path("mesin/<uuid:uid>/", devices.device, name="device"),
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
