"""Attendance keeps room for the punches to come, decides corrections, tells which rosters changed late."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AttendanceConfig(AppConfig):
    """The application; each migration makes the partitions of two years ahead."""

    name = "pamong.attendance"

    def ready(self) -> None:
        """Make partitions after each migration, as the owner; make its kind of decisions known, and what the
        inspector's register tells of it."""
        from pamong.attendance.departures import ROSTERS  # noqa: PLC0415 (models are ready only now)
        from pamong.decisions.services import register_departures  # noqa: PLC0415

        register_departures(ROSTERS)
        post_migrate.connect(_make_room, sender=self)
        # Models are ready only now.
        from pamong.attendance.correcting.requests import CORRECTION  # noqa: PLC0415
        from pamong.decisions.services import register  # noqa: PLC0415

        register(CORRECTION)


def _make_room(using: str, **more: Any) -> None:
    from pamong.attendance.partitions import make_room  # noqa: PLC0415 (the database is ready only now)

    make_room(using)
