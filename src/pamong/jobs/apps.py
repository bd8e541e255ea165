"""Django's entry for the jobs."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Procrastinate finds the module ``tasks`` of every application by itself."""

    name = "pamong.jobs"
    verbose_name = "Pekerjaan latar"
