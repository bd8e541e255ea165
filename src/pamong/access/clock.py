"""The clock of the edge. Only web, api, jobs, cli and the demo ask it; below, time is ``at=``."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.conf import settings

from pamong.kernel.clock import local_date


def now() -> datetime:
    """The present instant in UTC, moved by the demo's offset (``PAMONG_CLOCK_OFFSET``)."""
    instant: datetime = datetime.now(UTC) + settings.PAMONG_CLOCK_OFFSET
    return instant


def today() -> date:
    """The present date in the government's zone (``PAMONG_ZONE``)."""
    return local_date(now(), settings.PAMONG_ZONE)
