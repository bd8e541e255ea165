"""Django's entry for the interface."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """JSON in, JSON out."""

    name = "pamong.api"
    verbose_name = "Antarmuka mesin"
