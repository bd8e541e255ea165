"""The addresses that stand in the QR codes of documents. They are open to everyone."""

from __future__ import annotations

from django.urls import path

from pamong.web.check import views

app_name = "check"
urlpatterns = [
    path("", views.index, name="index"),
    path("status/<str:entry>/", views.status, name="status"),
    path("status/<str:entry>/<str:item>/", views.status, name="item_status"),
]
