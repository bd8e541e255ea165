"""The addresses of the data-quality list, below ``/mutu-data/``."""

from __future__ import annotations

from django.urls import path

from pamong.web.quality import views

app_name = "quality"
urlpatterns = [
    path("", views.index, name="index"),
    path("jumlah/", views.count, name="count"),
    path("unduh/<slug:kind>/", views.export, name="export"),
    path("<slug:slug>/", views.rule, name="rule"),
    path("<slug:slug>/<uuid:uid>/", views.finding, name="finding"),
]
