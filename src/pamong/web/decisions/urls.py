"""The addresses of decisions, below ``/keputusan/``."""

from __future__ import annotations

from django.urls import path

from pamong.web.decisions import acts, delegations, exceptions, inbox, memos, own, stories

app_name = "decisions"
urlpatterns = [
    path("", inbox.index, name="inbox"),
    path("tandatangani/", inbox.sign, name="sign"),
    path("saya/", own.index, name="mine"),
    path("pendelegasian/", delegations.index, name="delegations"),
    path("arahan/", memos.index, name="memos"),
    path("pengecualian/", exceptions.index, name="exceptions"),
    path("pengecualian/berkas/<slug:kind>/", exceptions.export, name="exceptions_export"),
    path("<uuid:uid>/", stories.show, name="decision"),
    path("<uuid:uid>/berkas/", stories.file, name="file"),
    path("<uuid:uid>/tarik/", acts.withdraw, name="withdraw"),
    path("<uuid:uid>/keberatan/", acts.object_to, name="object"),
    path("keberatan/<uuid:uid>/cabut/", acts.lift, name="lift"),
]
