"""The monthly partitions of punches and day results: made by whoever migrates; ``pamong doctor`` looks."""

from __future__ import annotations

from django.db import connections

MONTHS_AHEAD = 24
WARN_BELOW = 3


def make_room(using: str = "default") -> None:
    """Make the partitions of the months ahead that are lacking. As the owner; nothing for a database that
    has no punches yet (migrated back)."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regproc('attendance_make_room') IS NOT NULL")
        if cursor.fetchone()[0]:
            cursor.execute("SELECT attendance_make_room(%s)", [MONTHS_AHEAD])
        cursor.execute("SELECT to_regproc('attendance_make_room_days') IS NOT NULL")
        if cursor.fetchone()[0]:
            cursor.execute("SELECT attendance_make_room_days(%s)", [MONTHS_AHEAD])


def months_left(using: str = "default") -> int:
    """For how many whole months after this one there are partitions."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT attendance_months_left()")
        return int(cursor.fetchone()[0])
