"""The town's months of work: last month brought and verified, this one under way, as on any morning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from pamong.access import queries as access
from pamong.demo.month import PROFILE
from pamong.demo.town.months import Months
from pamong.interop.month_inputs import store_inputs, try_inputs
from pamong.interop.write import write_monthly_csv
from pamong.kernel.actor import Actor, Grant
from pamong.kernel.clock import format_month
from pamong.law.engine.law import load_law
from pamong.performance import queries, services

SUPERIOR = "suryo"
_THIRD = 3  # so many of this month's people have not entered yet
_MINUTES = (2_100, 1_980, 2_240, 9_600)  # of the days so far; the last one is worth a look
Progress = Callable[[str], None]


def load_inputs(months: Months, *, actor: Actor, at: datetime, progress: Progress) -> None:
    """Bring last month's sheet of everybody, and what is entered of this month so far; once for all."""
    if queries.list_files(actor=actor).rows:
        return
    this = actor.on.replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    progress(f"Menyimpan isian bulanan {format_month(last.year, last.month)}")
    data = write_monthly_csv(months.sheet((last.year, last.month)))
    name = f"isian-bulanan-{last:%Y-%m}.csv"
    uid = try_inputs(actor=actor, at=at, month=last, name=name, data=data)
    store_inputs(actor=actor, at=at, uid=uid)
    _enter(access.named_actor(SUPERIOR, actor.on), at, this)


def _enter(superior: Actor, at: datetime, month: date) -> None:
    """Some of a superior's people have entered their month, each as himself."""
    law = load_law(PROFILE)
    for number, row in enumerate(queries.list_team(actor=superior, at=at, month=month)):
        if number % _THIRD:
            own = Actor(None, row.person_id, row.name, (Grant("employee"),), superior.on)
            minutes = _MINUTES[number % len(_MINUTES)]
            services.enter_month(actor=own, at=at, month=month, minutes=minutes, law=law)
