"""Django's entry for access."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who may do what, over whom."""

    name = "pamong.access"
    verbose_name = "Akses"
