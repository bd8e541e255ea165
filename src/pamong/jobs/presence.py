"""What the clock does about presence: what waits too long goes up, silence is proposed as an outage."""

from __future__ import annotations

import structlog
from django.conf import settings

from pamong.access import clock
from pamong.attendance import services
from pamong.kernel.actor import Actor
from pamong.law.engine.law import load_law
from pamong.law.engine.plan import Law
from pamong.law.national import national

log = structlog.get_logger()


def note_late() -> None:
    """Note what nobody answered in time."""
    if count := services.escalate_corrections(actor=_machine(), at=clock.now(), law=_law()):
        log.info("corrections went up the line", count=count)


def notice_outages() -> None:
    """Propose outages of silent sites."""
    if count := services.notice_outages(actor=_machine(), at=clock.now(), law=_law()):
        log.info("outages proposed", count=count)


def _law() -> Law:
    chosen = settings.PAMONG_PROFILE
    return load_law(chosen, settings.PAMONG_LAW_OVERLAY or None) if chosen else national()


def _machine() -> Actor:
    return Actor.operator("pekerja-latar", clock.today())
