"""The addresses of the pay pages."""

from __future__ import annotations

from django.urls import path

from pamong.web.pay import own, runs, shadows, slips

app_name = "pay"
urlpatterns = [
    path("", runs.first, name="index"),
    path("saya/", own.own, name="own"),
    path("pegawai/<uuid:uid>/", own.person, name="person"),
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
    path("rincian/<uuid:uid>/", slips.slip, name="slip"),
    path("rincian/<uuid:uid>/alasan/<slug:code>/", slips.reason, name="reason"),
    path("rincian/<uuid:uid>/cetak/", slips.printed, name="print"),
]
