"""People tells access whose an account is."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The application; the standing of accounts is derived here from persons and seats."""

    name = "pamong.people"

    def ready(self) -> None:
        """Hand access what keeps whose an account is, and organisation the source of who holds seats."""
        # Models are ready only now.
        from pamong.access.queries import derive_standing  # noqa: PLC0415
        from pamong.access.requests import derive_linking  # noqa: PLC0415
        from pamong.organisation.services import derive_holders, derive_kin  # noqa: PLC0415
        from pamong.people.queries.holding import count_holders, seats_of_kin  # noqa: PLC0415
        from pamong.people.queries.standing import standings_of  # noqa: PLC0415
        from pamong.people.services.linking import LINKING  # noqa: PLC0415

        derive_standing(standings_of)
        derive_linking(LINKING)
        derive_holders(count_holders)
        derive_kin(seats_of_kin)
