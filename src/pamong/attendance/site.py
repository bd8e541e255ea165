"""The law and the zone of this site, by which requests are judged."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

from pamong.law.engine.plan import Law
from pamong.law.national import law_of


def site_law() -> Law:
    """The law of this site; the national one as long as no region is chosen."""
    return law_of(settings.PAMONG_PROFILE, settings.PAMONG_LAW_OVERLAY)


def end_of(on: date) -> datetime:
    """The last second of a day in the government's zone."""
    return datetime.combine(on, time(23, 59, 59), ZoneInfo(settings.PAMONG_ZONE))
