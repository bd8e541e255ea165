"""The pages' addresses, as users see them: in Indonesian."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from pamong.web.account.views import mail, profile, theme
from pamong.web.accounts.requests import new_password
from pamong.web.gallery.views import explanation, gallery
from pamong.web.home.leading import leading
from pamong.web.home.views import count, home
from pamong.web.people.lists import search
from pamong.web.people.own import mine, own_reads

urlpatterns = [
    path("", home, name="home"),
    path("menunggu/", count, name="count"),
    path("pimpinan/", leading, name="leading"),
    path("profil/", profile, name="profile"),
    path("profil/surel/", mail, name="mail"),
    path("tampilan/", theme, name="theme"),
    path("bahasa/", set_language, name="set_language"),
    path("galeri/", gallery, name="gallery"),
    path("galeri/penjelasan/", explanation, name="gallery_explanation"),
    path("cari/", search, name="search"),
    path("data-saya/", mine, name="mine"),
    path("data-saya/dilihat/", own_reads, name="own_reads"),
    path("pegawai/", include("pamong.web.people.urls")),
    path("mutu-data/", include("pamong.web.quality.urls")),
    path("akun/", include("pamong.web.accounts.urls")),
    path("sandi-baru/<uuid:uid>/<str:token>/", new_password, name="new_password"),
    path("impor/", include("pamong.web.imports.urls")),
    path("usulan/", include("pamong.web.entries.urls")),
    path("cuti/", include("pamong.web.leave.urls")),
    path("keputusan/", include("pamong.web.decisions.urls")),
    path("kgb/", include("pamong.web.career.urls")),
    path("lowongan/", include("pamong.web.merit.urls")),
    path("organisasi/", include("pamong.web.organisation.urls")),
    path("presensi/", include("pamong.web.presence.urls")),
    path("presensi/", include("pamong.web.papers.urls")),
    path("kinerja/", include("pamong.web.performance.urls")),
    path("keputusan/", include("pamong.web.decisions.paper_urls")),
    path("tpp/", include("pamong.web.pay.urls")),
    path("aturan/", include("pamong.web.law.urls")),
    path("cek/", include("pamong.web.check.urls")),
    path("", include("pamong.web.ledger.urls")),
    path("", include("pamong.web.auth.urls")),
]
