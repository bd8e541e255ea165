"""The addresses of the pages about people, below ``/pegawai/``."""

from __future__ import annotations

from django.urls import path

from pamong.web.people import erasing, files, lists, own, printing, retiring

app_name = "people"
urlpatterns = [
    path("", lists.index, name="index"),
    path("unduh/<slug:kind>/", lists.export, name="export"),
    path("pensiun/", retiring.retirements, name="retirements"),
    path("pensiun/unduh/<slug:kind>/", retiring.export, name="export_retirements"),
    path("penghapusan/", erasing.erasures, name="erasures"),
    path("penghapusan/<uuid:uid>/", erasing.decide_erasure, name="erasure"),
    path("<uuid:uid>/", files.person, name="person"),
    path("<uuid:uid>/cetak/", printing.whole, name="print"),
    path("<uuid:uid>/dilihat/", own.reads, name="reads"),
    path("<uuid:uid>/buka/<slug:what>/", files.reveal, name="reveal"),
    path("<uuid:uid>/<slug:part>/", files.person, name="part"),
]
