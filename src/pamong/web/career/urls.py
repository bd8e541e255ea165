"""The addresses of careers, below ``/kgb/``."""

from __future__ import annotations

from django.urls import path

from pamong.web.career import changes, dues, one, own

app_name = "career"
urlpatterns = [
    path("", dues.index, name="dues"),
    path("saya/", own.index, name="own"),
    path("saya/berikutnya/", own.card, name="card"),
    path("perubahan/", changes.index, name="changes"),
    path("perubahan/berkas/<slug:kind>/", changes.export, name="changes_export"),
    path("<uuid:uid>/", one.show, name="due"),
    path("<uuid:uid>/siapkan/", one.prepare, name="prepare"),
    path("<uuid:uid>/tunda/", one.delay, name="delay"),
]
