"""The addresses of performance, below ``/kinerja/``."""

from __future__ import annotations

from django.urls import path

from pamong.web.performance import sheets, views

app_name = "performance"
urlpatterns = [
    path("bulan-saya/", views.mine, name="mine"),
    path("bulan-tim/", views.team, name="team"),
    path("isian/", views.office, name="office"),
    path("impor/", sheets.index, name="sheets"),
    path("impor/<uuid:uid>/", sheets.sheet, name="sheet"),
]
