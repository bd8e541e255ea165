"""The addresses of the pay pages."""

from __future__ import annotations

from django.urls import path

from pamong.web.pay import differences, owing, own, runs, shadows, slips

app_name = "pay"
urlpatterns = [
    path("", runs.first, name="index"),
    path("saya/", own.own, name="own"),
    path("hitungan/", runs.index, name="runs"),
    path("hitungan/baru/", runs.start, name="start"),
    path("hitungan/<uuid:uid>/", runs.run, name="run"),
    path("hitungan/<uuid:uid>/kemajuan/", runs.progress, name="progress"),
    path("hitungan/<uuid:uid>/batal/", runs.cancel, name="cancel"),
    path("hitungan/<uuid:uid>/pegawai/", runs.people, name="people"),
    path("hitungan/<uuid:uid>/masalah/", runs.problems, name="problems"),
    path("hitungan/<uuid:uid>/unduh/<slug:kind>/", runs.download, name="download"),
    path("hitungan/<uuid:uid>/banding/", shadows.comparisons, name="shadow"),
    path("banding/<uuid:uid>/", shadows.comparison, name="comparison"),
    path("selisih/", differences.index, name="differences"),
    path("selisih/<uuid:uid>/", differences.difference, name="difference"),
    path("selisih/<uuid:uid>/alasan/", differences.reason, name="difference_reason"),
    path("selisih/<uuid:uid>/kelebihan-bayar/", differences.make_owed, name="make_owed"),
    path("kelebihan-bayar/", owing.index, name="owing"),
    path("kelebihan-bayar/<uuid:uid>/", owing.case, name="owed"),
    path("kelebihan-bayar/<uuid:uid>/rencana/", owing.plan, name="owed_plan"),
    path("kelebihan-bayar/<uuid:uid>/rencana/<uuid:plan>/", owing.decide, name="owed_decide"),
    path("kelebihan-bayar/<uuid:uid>/setoran/", owing.deposit, name="owed_deposit"),
    path("kelebihan-bayar/<uuid:uid>/setoran/<uuid:deposit>/batal/", owing.reverse, name="owed_reverse"),
    path("rincian/<uuid:uid>/", slips.slip, name="slip"),
    path("rincian/<uuid:uid>/alasan/<slug:code>/", slips.reason, name="reason"),
    path("rincian/<uuid:uid>/cetak/", slips.printed, name="print"),
]
