"""The application."""

from __future__ import annotations

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Decisions; its own kinds are registered here, those of other domains by them."""

    name = "pamong.decisions"

    def ready(self) -> None:
        """Make the kinds of this domain known."""
        # Models are ready only now.
        from pamong.decisions.services.annulling import ANNULMENT  # noqa: PLC0415
        from pamong.decisions.services.delegating import DELEGATION  # noqa: PLC0415
        from pamong.decisions.types import register  # noqa: PLC0415

        register(DELEGATION)
        register(ANNULMENT)
