"""The root of ``/api/v1``: who may call, which routers there are, how refusals look."""

from __future__ import annotations

from ninja import NinjaAPI
from ninja.security import django_auth

from pamong import __version__
from pamong.api import problems
from pamong.api.law import router as law
from pamong.api.pay import router as pay
from pamong.api.people import router as people
from pamong.api.status import router as status

api = NinjaAPI(
    title="Pamong",
    version=__version__,
    description="Setiap panggilan memakai sesi masuk dan wewenang yang sama dengan halaman.",
    auth=django_auth,
    docs_url=None,  # its page loads scripts from elsewhere; the document itself is at openapi.json
    urls_namespace="api-v1",
)
problems.install(api)
api.add_router("/status", status, tags=["status"])
api.add_router("", pay, tags=["pay"])
api.add_router("/people", people, tags=["people"])
api.add_router("/law", law, tags=["law"])
