"""The addresses of vacancies, below ``/lowongan/``."""

from __future__ import annotations

from django.urls import path

from pamong.web.merit import applying, lists, openings, panels, results, sheets, talents, vacancies

app_name = "merit"
urlpatterns = [
    path("", lists.index, name="index"),
    path("terbuka/", lists.public, name="public"),
    path("terbuka/<uuid:uid>/", lists.public_result, name="public_result"),
    path("untuk-saya/", lists.card, name="card"),
    path("talenta-saya/", talents.mine, name="own_talent"),
    path("peringkat/", lists.departures, name="departures"),
    path("buka/", openings.new, name="open"),
    path("<uuid:uid>/", vacancies.show, name="vacancy"),
    path("<uuid:uid>/langkah/", vacancies.act, name="act"),
    path("<uuid:uid>/panitia/", panels.new, name="panel"),
    path("<uuid:uid>/lamar/", applying.apply, name="apply"),
    path("<uuid:uid>/lamar/bukti/", applying.receipt, name="receipt"),
    path("<uuid:uid>/nilai/", sheets.sheet, name="sheet"),
    path("<uuid:uid>/nilai/betulkan/", sheets.correct, name="correct"),
    path("<uuid:uid>/hasil/", results.result, name="result"),
    path("<uuid:uid>/talenta/", talents.candidates, name="talents"),
    path("<uuid:uid>/calon/", results.pool, name="pool"),
]
