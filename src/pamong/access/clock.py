"""The clock of the edge. Only web, api, jobs, cli and the demo ask it; below, time is ``at=``.

In a demo it is moved by an offset, and the database's clock is not: what the database stamps is moved when it
is shown, and an instant that somebody asks for is moved back before it meets a stamp. One clock to the eye.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from pamong.kernel.clock import local_date


def now() -> datetime:
    """The present instant in UTC, moved by the demo's offset (``PAMONG_CLOCK_OFFSET``)."""
    instant: datetime = datetime.now(UTC) + settings.PAMONG_CLOCK_OFFSET
    return instant


def shown(stamped: datetime) -> datetime:
    """An instant that the database stamped, as the edge's clock had it: what pages, files and API tell."""
    instant: datetime = stamped + settings.PAMONG_CLOCK_OFFSET
    return instant


def stamped(shown: datetime) -> datetime:
    """An instant that somebody asks for, as the database's clock had it: what stamps are compared with."""
    instant: datetime = shown - settings.PAMONG_CLOCK_OFFSET
    return instant


def day_of(stamped: datetime) -> date:
    """The date, in the government's zone, of an instant that the database stamped."""
    return local_date(shown(stamped), settings.PAMONG_ZONE)


def today() -> date:
    """The present date in the government's zone (``PAMONG_ZONE``)."""
    return local_date(now(), settings.PAMONG_ZONE)


def local(stamped: datetime) -> datetime:
    """An instant that the database stamped, as the government's clocks on the wall had it."""
    return shown(stamped).astimezone(ZoneInfo(settings.PAMONG_ZONE))
