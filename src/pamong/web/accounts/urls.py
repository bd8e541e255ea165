"""The addresses of accounts, below ``/akun/``."""

from __future__ import annotations

from django.urls import path

from pamong.web.accounts import requests, views

app_name = "accounts"
urlpatterns = [
    path("", views.index, name="index"),
    path("permintaan/", requests.request_list, name="requests"),
    path("<str:username>/", views.account, name="account"),
    path("<str:username>/akhiri/<uuid:grant>/", views.end, name="end"),
]
