"""Leave as an application."""

from __future__ import annotations

from django.apps import AppConfig


class LeaveConfig(AppConfig):
    """The application."""

    name = "pamong.leave"

    def ready(self) -> None:
        """Make the kinds of decisions about leave known."""
        # Models are ready only now.
        from pamong.decisions.services import register  # noqa: PLC0415
        from pamong.leave.recalls import SHORTEN  # noqa: PLC0415
        from pamong.leave.requests import REQUEST  # noqa: PLC0415

        register(REQUEST)
        register(SHORTEN)
