"""The addresses of presence, below ``/presensi/``."""

from __future__ import annotations

from django.urls import path

from pamong.web.presence import rosters, swaps, views

app_name = "presence"
urlpatterns = [
    path("hari-saya/", views.mine, name="mine"),
    path("pegawai/<uuid:uid>/", views.person, name="person"),
    path("jadwal/", rosters.roster, name="roster"),
    path("tukar-dinas/", swaps.swaps, name="swaps"),
]
