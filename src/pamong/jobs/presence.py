"""What the worker does about presence in its own name.

Days are derived, silence is proposed as an outage.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import structlog
from django.conf import settings

from pamong.access import clock
from pamong.attendance import services
from pamong.decisions.site import site_law
from pamong.jobs.ending import machine
from pamong.kernel.period import month_period
from pamong.law.engine.errors import LawError

log = structlog.get_logger()


def derive_stale() -> None:
    """See ``attendance.services.derive_stale``."""
    _derive(services.derive_stale)


def derive_due() -> None:
    """See ``attendance.services.derive_due``."""
    _derive(services.derive_due)


def derive_months() -> None:
    """This month and the one before. See ``attendance.services.derive_month``."""
    this = clock.today().replace(day=1)
    before = (this - timedelta(days=1)).replace(day=1)
    for first in (before, this):
        derive_month(first)


def derive_month(first: date) -> None:
    """One month. See ``attendance.services.derive_month``."""
    _derive(services.derive_month, month=month_period(first.year, first.month))


def notice_outages() -> None:
    """Propose outages of silent sites."""
    if count := services.notice_outages(actor=machine(), at=clock.now(), law=site_law()):
        log.info("outages proposed", count=count)


def _derive(what: Any, **more: Any) -> None:
    """Nothing where no region is chosen, or a year's holidays are not decreed: pages tell both."""
    if not settings.PAMONG_PROFILE:
        return
    try:
        done = what(actor=machine(), at=clock.now(), law=site_law(), zone=settings.PAMONG_ZONE, **more)
        log.info("days derived", days=done.days, results=done.results)
    except LawError as error:
        log.warning("days not derived", reason=str(error))
