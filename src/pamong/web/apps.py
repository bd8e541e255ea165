"""Django's entry for the pages."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages of Pamong; holds no models."""

    name = "pamong.web"
    verbose_name = "Halaman"

    def ready(self) -> None:
        """Let changes of decisions be filled in."""
        # Forms of pages stand on domains, which are ready only now.
        from pamong.merit.policies import APPOINTMENT  # noqa: PLC0415
        from pamong.web.decisions.forms import register_change  # noqa: PLC0415
        from pamong.web.merit.choosing import AppointChange  # noqa: PLC0415

        register_change(APPOINTMENT, AppointChange)
