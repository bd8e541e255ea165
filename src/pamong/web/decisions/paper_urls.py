"""The addresses of printed orders."""

from __future__ import annotations

from django.urls import path

from pamong.web.decisions import papers

app_name = "orders"
urlpatterns = [
    path("<uuid:uid>/surat.pdf", papers.printed, name="print"),
    path("<uuid:uid>/pencabutan/", papers.annul, name="annul"),
]
