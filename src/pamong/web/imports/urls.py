"""The addresses of the import, below ``/impor/``."""

from __future__ import annotations

from django.urls import path

from pamong.web.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="index"),
    path("templat/<slug:kind>/", views.template, name="template"),
    path("<uuid:uid>/", views.batch, name="batch"),
    path("<uuid:uid>/kemajuan/", views.progress, name="progress"),
    path("<uuid:uid>/baris/", views.rows, name="rows"),
    path("<uuid:uid>/masalah/", views.problems, name="problems"),
    path("<uuid:uid>/mungkin-sama/", views.twins, name="twins"),
    path("<uuid:uid>/coba-lagi/", views.again, name="again"),
    path("<uuid:uid>/simpan/", views.apply, name="apply"),
    path("<uuid:uid>/tolak/", views.refuse, name="refuse"),
    path("<uuid:uid>/tidak-dipakai/", views.discard, name="discard"),
    path("<uuid:uid>/batalkan/", views.undo, name="undo"),
    path("<uuid:uid>/setuju-batal/", views.confirm_undo, name="confirm_undo"),
    path("<uuid:uid>/tidak-jadi-batal/", views.drop_undo, name="drop_undo"),
]
