"""The town's months of work: last month brought and verified, this one under way, as on any morning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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

CLERK, SUPERIOR = "anton", "suryo"
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
    rows = months.sheet((last.year, last.month))
    _bring(actor, at, last, rows)
    # A clerk's sheet waits for the superiors; it tells of minutes alone, and not of everybody.
    part = [
        {"NIP": row["NIP"], "MENIT KERJA": _MINUTES[number % _THIRD]}
        for number, row in enumerate(rows)
        if number % _THIRD
    ]
    clerk = access.named_actor(CLERK, actor.on)
    _bring(clerk, at, this, part)
    _enter(access.named_actor(SUPERIOR, actor.on), at, this)


def _bring(actor: Actor, at: datetime, month: date, rows: list[Mapping[str, object]]) -> None:
    name = f"isian-bulanan-{month:%Y-%m}.csv"
    uid = try_inputs(actor=actor, at=at, month=month, name=name, data=write_monthly_csv(rows))
    store_inputs(actor=actor, at=at, uid=uid)


def _enter(superior: Actor, at: datetime, month: date) -> None:
    """Some of a superior's people have entered their month, each as himself."""
    law = load_law(PROFILE)
    for number, row in enumerate(queries.list_team(actor=superior, at=at, month=month)):
        if number % _THIRD:
            own = Actor(None, row.person_id, row.name, (Grant("employee"),), superior.on)
            minutes = _MINUTES[number % len(_MINUTES)]
            services.enter_month(actor=own, at=at, month=month, minutes=minutes, law=law)
