"""The application of posts filled by merit."""

from __future__ import annotations

from django.apps import AppConfig


class MeritConfig(AppConfig):
    """Vacancies, their criteria, panels, scores, ranks and choices."""

    name = "pamong.merit"

    def ready(self) -> None:
        """Make the kinds of decisions about vacancies known, which seats a selection is filling, and what
        departs from the plain path."""
        # Models are ready only now.
        from pamong.decisions.services import register, register_departures  # noqa: PLC0415
        from pamong.merit.appointing import APPOINT  # noqa: PLC0415
        from pamong.merit.departures import SELECTIONS  # noqa: PLC0415
        from pamong.merit.locking import LOCK  # noqa: PLC0415
        from pamong.merit.opening import OPEN  # noqa: PLC0415
        from pamong.merit.overruling import OVERRULE  # noqa: PLC0415
        from pamong.merit.panels import PANEL  # noqa: PLC0415
        from pamong.merit.seats import selections_of  # noqa: PLC0415
        from pamong.people.services import derive_selections  # noqa: PLC0415

        for kind in (OPEN, PANEL, OVERRULE, LOCK, APPOINT):
            register(kind)
        register_departures(SELECTIONS)
        derive_selections(selections_of)
