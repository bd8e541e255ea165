"""The zone of this site, in which requests have their last moment."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings


def end_of(on: date) -> datetime:
    """The last second of a day in the government's zone."""
    return datetime.combine(on, time(23, 59, 59), ZoneInfo(settings.PAMONG_ZONE))
