"""Organisation tells access which units there are."""

from __future__ import annotations

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """The application; roles are given over units that stand."""

    name = "pamong.organisation"

    def ready(self) -> None:
        """Hand access the source of units."""
        # Models are ready only now.
        from pamong.access.services import derive_units  # noqa: PLC0415
        from pamong.organisation.places import stands  # noqa: PLC0415

        derive_units(stands)
