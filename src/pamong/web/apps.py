"""Django's entry for the pages."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages of Pamong; holds no models."""

    name = "pamong.web"
    verbose_name = "Halaman"
