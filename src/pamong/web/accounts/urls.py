"""The addresses of accounts, below ``/akun/``."""

from __future__ import annotations

from django.urls import path

from pamong.web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.index, name="index"),
    path("atur-ulang/", views.reset_list, name="resets"),
    path("<str:username>/", views.account, name="account"),
    path("<str:username>/akhiri/<uuid:grant>/", views.end, name="end"),
]
