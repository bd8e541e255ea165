"""Days of people derived in the worker, in its own name: what a late fact touched, and what has come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings

from pamong.access import clock
from pamong.attendance import services
from pamong.kernel.actor import Actor
from pamong.kernel.period import month_period
from pamong.law.engine.errors import LawError
from pamong.law.engine.law import load_law

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
        _derive(services.derive_month, month=month_period(first.year, first.month))


def _derive(what: Any, **more: Any) -> None:
    """Nothing where no region is chosen, or a year's holidays are not decreed: pages tell both."""
    if not settings.PAMONG_PROFILE:
        return
    try:
        law = load_law(settings.PAMONG_PROFILE, settings.PAMONG_LAW_OVERLAY or None)
        actor = Actor.operator("pekerja-latar", clock.today())
        done = what(actor=actor, at=clock.now(), law=law, zone=settings.PAMONG_ZONE, **more)
        log.info("days derived", days=done.days, results=done.results)
    except LawError as error:
        log.warning("days not derived", reason=str(error))
