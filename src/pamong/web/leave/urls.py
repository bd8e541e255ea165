"""The addresses of leave, below ``/cuti/``."""

from __future__ import annotations

from django.urls import path

from pamong.leave.choices import REQUEST
from pamong.web.decisions.forms import register_change
from pamong.web.leave import conflicts, views
from pamong.web.leave.forms import DaysForm

app_name = "leave"
register_change(REQUEST, DaysForm)
urlpatterns = [
    path("", views.mine, name="mine"),
    path("ajukan/", views.ask, name="ask"),
    path("presensi/", conflicts.index, name="conflicts"),
    path("<uuid:uid>/panggil/", conflicts.recall, name="recall"),
    path("<uuid:uid>/akhiri/", views.end, name="end"),
]
