"""What somebody says of a day of his: whether it can be, and what is added once it is agreed to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from pamong.attendance.choices import CLAIMABLE, OLDEST, Direction, ExcuseKind, ExcusePart
from pamong.attendance.errors import (
    ClaimAhead,
    ClaimBackwards,
    ClaimMissing,
    DayTooOld,
    NotServing,
)
from pamong.attendance.queries.days import zone_on
from pamong.attendance.resolving import instant_of
from pamong.attendance.sql import fetch
from pamong.attendance.values import Claim, ManualPunch, NewExcuse
from pamong.kernel.clock import local_date
from pamong.kernel.period import Period

_DAY = timedelta(days=1)
_SERVING = """
SELECT 1 FROM people_employment WHERE person_id = %(person)s AND superseded_at IS NULL
  AND period @> %(on)s::date
"""


def checked(person_id: int, on: date, claim: Claim, at: datetime, zone: str) -> str:
    """The zone of somebody's place on that day, where what he says of it can be at all; see ``ask``."""
    zone = zone_on(person_id, on, zone)
    today = local_date(at, zone)
    if on > today:
        raise ClaimAhead(today)
    if on < OLDEST:
        raise DayTooOld(OLDEST)
    timed = claim.came is not None or claim.left is not None
    if timed == (claim.kind is not None) or (claim.kind is not None and claim.kind not in CLAIMABLE):
        raise ClaimMissing
    _check_times(on, claim, at, zone, today)
    if not fetch(_SERVING, {"person": person_id, "on": on}):
        raise NotServing(on)
    return zone


def _check_times(on: date, claim: Claim, at: datetime, zone: str, today: date) -> None:
    instants = dict(_instants(on, claim.came, claim.left, claim.left_next, zone))
    if any(instant > at for instant in instants.values()):
        raise ClaimAhead(today)
    if len(instants) > 1 and instants[Direction.OUT] <= instants[Direction.IN]:
        raise ClaimBackwards


def told_claim(claim: Claim) -> Mapping[str, Any]:
    """A claim for the ledger."""
    return {
        "came": _clock(claim.came), "left": _clock(claim.left), "left_next": claim.left_next,
        "kind": claim.kind.value if claim.kind else "", "part": claim.part.value if claim.kind else "",
    }  # fmt: skip


def punches_of(row: Any) -> Sequence[ManualPunch]:
    """The events that a request vouches for."""
    return [
        ManualPunch(row.person_id, instant, row.zone, direction)
        for direction, instant in _instants(row.on, row.came, row.left, row.left_next, row.zone)
    ]


def excuses_of(row: Any) -> Sequence[NewExcuse]:
    """Why its owner was not expected, as a request says."""
    days = Period(row.on, row.on + _DAY)
    return [NewExcuse(row.person_id, ExcuseKind(row.kind), days, ExcusePart(row.part))]


def _instants(
    on: date, came: time | None, left: time | None, left_next: bool, zone: str
) -> Iterator[tuple[Direction, datetime]]:
    if came is not None:
        yield Direction.IN, instant_of(datetime.combine(on, came), zone)
    if left is not None:
        yield Direction.OUT, instant_of(datetime.combine(on + _DAY if left_next else on, left), zone)


def _clock(told: time | None) -> str:
    return "" if told is None else f"{told:%H:%M}"
