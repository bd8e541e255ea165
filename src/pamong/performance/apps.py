"""The application of performance."""

from __future__ import annotations

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    """Work and behaviour of the month."""

    name = "pamong.performance"
