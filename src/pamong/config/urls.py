"""The addresses: pages under Indonesian paths, the interface for machines under /api/v1/."""

from __future__ import annotations

from django.urls import include, path

from pamong.api.routes import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("pamong.web.urls")),
]
