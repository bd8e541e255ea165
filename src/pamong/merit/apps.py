"""The application of posts filled by merit."""

from __future__ import annotations

from django.apps import AppConfig


class MeritConfig(AppConfig):
    """Vacancies, their criteria, panels, scores, ranks and choices."""

    name = "pamong.merit"
