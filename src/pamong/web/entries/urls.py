"""The addresses of entries, below ``/usulan/``."""

from __future__ import annotations

from django.urls import path

from pamong.web.entries import views

app_name = "entries"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:uid>/", views.entry, name="entry"),
    path("<uuid:uid>/tarik/", views.withdraw, name="withdraw"),
    path("bukti/<uuid:uid>/", views.evidence, name="evidence"),
    path("baru/<uuid:uid>/<slug:subject>/", views.propose, name="propose"),
]
