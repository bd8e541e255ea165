"""Attendance keeps room for the punches of the months to come, and tells which rosters were changed late."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AttendanceConfig(AppConfig):
    """The application; each migration makes the partitions of two years ahead."""

    name = "pamong.attendance"

    def ready(self) -> None:
        """Make partitions after each migration, as the owner; tell the inspector's register what is kept."""
        from pamong.attendance.departures import ROSTERS  # noqa: PLC0415 (models are ready only now)
        from pamong.decisions.services import register_departures  # noqa: PLC0415

        register_departures(ROSTERS)
        post_migrate.connect(_make_room, sender=self)


def _make_room(using: str, **more: Any) -> None:
    from pamong.attendance.partitions import make_room  # noqa: PLC0415 (the database is ready only now)

    make_room(using)
