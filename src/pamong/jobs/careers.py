"""What the worker does about careers in its own name: it works out raises, and proposes their letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import structlog

from pamong.access import clock
from pamong.career import queries, services
from pamong.decisions.site import site_law
from pamong.jobs.ending import machine
from pamong.kernel.period import first_of_month
from pamong.law.kgb import rules_of

log = structlog.get_logger()


def prepare_dues() -> None:
    """The months ahead, as many as a notice needs and one more: of the last one it can be issued in time; and
    those of which raises still stand on the list, as long as they were not given."""
    for month in sorted({*months_ahead(clock.today()), *queries.list_months(actor=machine())}):
        prepare_due(month)


def prepare_due(month: date) -> None:
    """One month: its list, and the letters of those that pass. See ``career.services``."""
    done = services.prepare_due(actor=machine(), at=clock.now(), month=month, law=site_law())
    log.info("raises prepared", month=month.isoformat(), due=done.due, made=done.made, gone=done.gone)
    told = services.propose_due(actor=machine(), at=clock.now(), month=month)
    log.info(
        "raises proposed", month=month.isoformat(), made=told.made, again=told.again, renewed=told.renewed,
        ended=told.ended, stuck=len(told.stuck),
    )  # fmt: skip


def months_ahead(today: date) -> Iterator[date]:
    """The first days of the months whose lists are kept ready on a day, the next one first."""
    lead = rules_of(site_law(), today).lead
    ahead = 1 + (lead.value if lead else 1)
    return (first_of_month(today, number) for number in range(1, ahead + 1))
