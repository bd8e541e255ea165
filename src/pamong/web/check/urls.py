"""The addresses that stand in the QR codes of documents. They are open to everyone."""

from __future__ import annotations

from django.urls import path

from pamong.web.check import views

app_name = "check"
urlpatterns = [
    path("", views.index, name="index"),
    path("pekerja.js", views.worker, name="worker"),
    path("status/<str:sha256>/<str:item_sha256>/", views.status, name="status"),
]
