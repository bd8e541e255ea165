"""The town's documents: leaves and duty letters of two months, as two of its officers filed them.

The same days that the months' sheets tell (CT, S, DL), so that each excused day leads to its document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import count
from uuid import UUID

import polars as pl

from pamong.access import queries as access
from pamong.attendance.choices import ExcuseKind
from pamong.attendance.services import Hands, Letter, take_over_letters
from pamong.demo.month import work_days
from pamong.demo.town.months import Months
from pamong.kernel.actor import Actor
from pamong.leave.services import Leave, take_over_leaves
from pamong.organisation import queries as organisation
from pamong.people import columns

HANDS = ("nurul", "suparmi", "endah")  # officers of the demo; nobody of them files or agrees his own
PURPOSES = ("Bimbingan teknis", "Rapat koordinasi", "Monitoring lapangan", "Sosialisasi program")
Month = tuple[int, int]
Span = tuple[date, date]


def load_papers(months: Months, *, actor: Actor, at: datetime, told: list[Month]) -> None:
    """File what excuses the town's people in these months: leaves one by one, duty by unit and days.

    Nobody is ill on days to come.
    """
    leaves: list[tuple[str, Leave]] = []
    sent: dict[tuple[str, Span], list[str]] = {}
    numbers = count(1)
    for month in told:
        for nip, unit, days in months.excused(month):
            for code, span in _spans(month, days):
                if code == ExcuseKind.LEAVE_SICK.value and span[1] > actor.on:
                    continue
                if code == ExcuseKind.DUTY.value:
                    sent.setdefault((unit, span), []).append(nip)
                else:
                    leaves.append((nip, _leave(ExcuseKind(code), span, next(numbers))))
    nips = {nip for nip, _ in leaves} | {nip for people in sent.values() for nip in people}
    ids = columns.persons_by_nip(pl.Series(sorted(nips)))
    actors = [access.named_actor(username, actor.on) for username in HANDS]
    hands = Hands.of(actors)
    take_over_leaves(
        actor=actor, at=at, hands=hands, leaves=[(ids[nip], each) for nip, each in leaves if nip in ids]
    )
    units = {unit.code: unit.uid for unit in organisation.list_units(actor=actor, on=actor.on)}
    letters = [
        (_letter(units[unit], span, number), sorted(ids[nip] for nip in people if nip in ids))
        for number, ((unit, span), people) in enumerate(sorted(sent.items()), start=1)
        if unit in units
    ]
    take_over_letters(actor=actor, at=at, hands=hands, letters=letters)


def _spans(month: Month, days: Mapping[int, str]) -> Iterator[tuple[str, Span]]:
    """Stretches of working days of one kind, each without a working day between."""
    worked = [day.day for day in work_days(*month)]
    open_: tuple[str, int, int] | None = None
    for day in worked:
        code = days.get(day, "")
        if open_ is not None and code != open_[0]:
            yield open_[0], (date(*month, open_[1]), date(*month, open_[2]))
            open_ = None
        if code:
            open_ = (code, open_[1] if open_ else day, day)
    if open_ is not None:
        yield open_[0], (date(*month, open_[1]), date(*month, open_[2]))


def _leave(kind: ExcuseKind, span: Span, number: int) -> Leave:
    first, last = span
    return Leave(kind, first, last, f"800.1.11/{number}", first - timedelta(days=1))


def _letter(unit: UUID, span: Span, number: int) -> Letter:
    first, last = span
    purpose = PURPOSES[number % len(PURPOSES)]
    return Letter(ExcuseKind.DUTY, unit, f"094/{number}/ST", first - timedelta(days=1), purpose, first, last)
