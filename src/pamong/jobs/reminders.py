"""What the worker reminds of by e-mail, in its own name: on the mornings of working days."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings

from pamong.access import clock, mailing
from pamong.attendance.calendars import is_office_day
from pamong.decisions.site import site_law
from pamong.interop.mailing import find_post, send
from pamong.interop.reminders import list_letters
from pamong.jobs.ending import machine

log = structlog.get_logger()
# The first hour sends; the others try again what the mail server did not take.
HOURS = range(6, 9)


def remind() -> None:
    """Send the reminders of today; nothing where no mail server is told, and on days without work."""
    local = clock.now().astimezone(ZoneInfo(settings.PAMONG_ZONE))
    post = find_post()
    if post is None or not is_time(local):
        return
    letters = list_letters(actor=machine(), at=clock.now(), stamped=clock.stamped(clock.now()))
    done = send(actor=machine(), letters=letters, post=post)
    log.info("reminders sent", sent=done.sent, failed=done.failed, fault=done.fault)


def is_time(local: datetime) -> bool:
    """Whether reminders go out at this local time."""
    return local.hour in HOURS and is_office_day(site_law(), local.date())


def forget() -> None:
    """Remove what is kept of mails of long ago."""
    mailing.forget_old(actor=machine())
