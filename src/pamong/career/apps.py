"""Careers as an application."""

from __future__ import annotations

from django.apps import AppConfig


class CareerConfig(AppConfig):
    """The application."""

    name = "pamong.career"

    def ready(self) -> None:
        """Make the kinds of decisions about raises known."""
        # Models are ready only now.
        from pamong.career.delays import DELAY  # noqa: PLC0415
        from pamong.career.raises import DECREE, NOTICE  # noqa: PLC0415
        from pamong.decisions.services import register  # noqa: PLC0415

        for kind in (NOTICE, DECREE, DELAY):
            register(kind)
