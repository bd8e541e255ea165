"""Reads of rosters: a unit's month as its sheet shows it, one's own shifts, and trades that wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.access.policies import require
from pamong.attendance import policies
from pamong.attendance.choices import SwapStepKind
from pamong.attendance.errors import UnitUnknown
from pamong.attendance.sql import fetch
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.people.queries import own_uid
from pamong.people.queries.scope import condition
from pamong.people.services.reading import names_of, near, uids_of

_DAY = timedelta(days=1)
_UNIT = """
SELECT p.path::text, r.name FROM organisation_unit u
JOIN organisation_unitplace p ON p.unit_id = u.id AND p.period && daterange(%(first)s::date, %(end)s::date)
JOIN organisation_unitrow r ON r.unit_id = u.id AND r.superseded_at IS NULL AND r.period && p.period
WHERE u.code = %(unit)s ORDER BY lower(p.period) DESC, lower(r.period) DESC LIMIT 1
"""
_ROWS = """
SELECT r.person_id, p.uid, lower(r.period), one.code, two.code, r.late, r.swap_id IS NOT NULL
FROM attendance_rosterday r JOIN people_person p ON p.id = r.person_id
LEFT JOIN attendance_shiftkind one ON one.id = r.first_id
LEFT JOIN attendance_shiftkind two ON two.id = r.second_id
WHERE r.superseded_at IS NULL AND r.period && daterange(%(first)s::date, %(end)s::date) AND {where}
"""
_IN_UNIT = """EXISTS (SELECT 1 FROM organisation_unitplace t WHERE t.unit_id = r.unit_id
  AND t.period @> lower(r.period) AND t.path <@ %(path)s::ltree)"""
# Of the units whose rosters somebody is in himself.
_COLLEAGUES = """r.unit_id IN (SELECT m.unit_id FROM attendance_rosterday m WHERE m.person_id = %(me)s
  AND m.superseded_at IS NULL AND m.period && daterange(%(first)s::date, %(end)s::date))"""
_LETTERS = """
SELECT DISTINCT ON (k.code) k.code, r.name, r.starts, r.ends FROM organisation_unitplace up
JOIN attendance_shiftkind k ON k.unit_id = up.unit_id
JOIN attendance_shiftkindrow r ON r.kind_id = k.id AND r.superseded_at IS NULL AND r.period @> %(on)s::date
WHERE up.path @> %(path)s::ltree AND up.period @> %(on)s::date ORDER BY k.code, up.depth DESC
"""
_SWAPS = """
SELECT s.uid, s.asker_id, s.asker_on, s.other_id, s.other_on, s.reason, last.step
FROM attendance_swap s LEFT JOIN LATERAL (
  SELECT t.step FROM attendance_swapstep t WHERE t.swap_id = s.id ORDER BY t.id DESC LIMIT 1
) last ON TRUE
WHERE s.asker_id = %(me)s OR s.other_id = %(me)s OR {where} ORDER BY s.id DESC LIMIT 100
"""


@dataclass(frozen=True, slots=True)
class RosterCell:
    """What somebody has on a day: the letters, none where he is free; whether it was told only when the day
    had begun, and whether it comes from a trade."""

    codes: tuple[str, ...]
    late: bool
    swapped: bool


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """Somebody's line of a month."""

    uid: UUID
    name: str
    cells: Mapping[date, RosterCell]


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter means: the name of the shift and its times."""

    code: str
    name: str
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class RosterMonth:
    """A unit's month: its people by name, and what the letters mean on its last day."""

    unit: str
    people: Sequence[RosterPerson]
    letters: Sequence[Letter]

    @property
    def late(self) -> int:
        """How many days were told only when they had begun."""
        return sum(cell.late for person in self.people for cell in person.cells.values())


@dataclass(frozen=True, slots=True)
class SwapView:
    """A trade: who asks whom, which days, how far it is (None: the other has not answered), and what the
    actor can do about it."""

    uid: UUID
    asker: str
    asker_on: date
    other: str
    other_on: date
    reason: str
    step: SwapStepKind | None
    steps: tuple[SwapStepKind, ...]


def month_roster(*, actor: Actor, at: datetime, unit: str, month: Period) -> RosterMonth:
    """The roster of a unit (by its code) and of those below it; the look is logged.

    ``NotAllowed`` for who may not write it, ``UnitUnknown``.
    """
    require(actor, policies.ROSTER)
    asked: dict[str, Any] = {"unit": unit, "first": month.start, "end": month.end}
    found = fetch(_UNIT, asked)
    if not found:
        raise UnitUnknown(unit)
    path, name = found[0]
    policies.require_roster(actor, path)
    people = _people(_IN_UNIT, asked | {"path": path})
    access_services.log_read(
        actor=actor, at=at, path="attendance.roster", subjects=[person.uid for person in people]
    )
    last = (month.end or month.start + _DAY) - _DAY
    return RosterMonth(name, people, [Letter(*row) for row in fetch(_LETTERS, {"path": path, "on": last})])


def list_colleagues(*, actor: Actor, at: datetime, first: date, end: date) -> Sequence[RosterPerson]:
    """The rosters of one's own units over some days, oneself first; the look is logged. Nobody where the
    account has no person, or no roster names him."""
    require(actor, policies.SWAP)
    if actor.person_id is None:
        return ()
    people = _people(_COLLEAGUES, {"me": actor.person_id, "first": first, "end": end})
    own = {own_uid(actor=actor)}
    others = [person for person in people if person.uid not in own]
    access_services.log_read(
        actor=actor, at=at, path="attendance.roster", subjects=[person.uid for person in others]
    )
    return [*(person for person in people if person.uid in own), *others]


def list_swaps(*, actor: Actor, at: datetime) -> Sequence[SwapView]:
    """The trades that one asked for or is asked for, and those of whom one leads, the newest first; the look
    is logged. ``NotAllowed``."""
    scope = access.scoped(actor, policies.SWAP)
    where, params = condition(actor, scope, "s.asker_id")
    rows = fetch(_SWAPS.format(where=where), {"me": actor.person_id, **params})
    ids = {row[1] for row in rows} | {row[3] for row in rows}
    names = names_of(ids)
    uids = uids_of(ids)
    others = [uid for id_, uid in uids.items() if id_ != actor.person_id]
    access_services.log_read(actor=actor, at=at, path="attendance.swaps", subjects=others)
    close = near(actor.person_id)
    return [
        SwapView(
            uid, names[asker], asker_on, names[other], other_on, reason, step and SwapStepKind(step),
            _steps(actor.person_id, close, asker, other, step),
        )
        for uid, asker, asker_on, other, other_on, reason, step in rows
    ]  # fmt: skip


def _steps(
    me: int | None, close: set[int], asker: int, other: int, step: str | None
) -> tuple[SwapStepKind, ...]:
    """What somebody can do: the scope has seen to it that a third one leads who asked; one who is close to
    either decides nothing."""
    consented = step == SwapStepKind.CONSENTED.value
    if step is not None and not consented:
        return ()
    if me == asker:
        return (SwapStepKind.WITHDRAWN,)
    if me == other:
        return (SwapStepKind.REFUSED,) if consented else (SwapStepKind.CONSENTED, SwapStepKind.REFUSED)
    if not close.isdisjoint({asker, other}):
        return ()
    return (SwapStepKind.AGREED, SwapStepKind.REFUSED) if consented else (SwapStepKind.REFUSED,)


def _people(where: str, asked: Mapping[str, Any]) -> list[RosterPerson]:
    cells: dict[tuple[int, UUID], dict[date, RosterCell]] = {}
    for person, uid, on, one, two, late, swapped in fetch(_ROWS.format(where=where), asked):
        codes = tuple(code for code in (one, two) if code is not None)
        cells.setdefault((person, uid), {})[on] = RosterCell(codes, late, swapped)
    names = names_of(person for person, _ in cells)
    found = [RosterPerson(uid, names[person], days) for (person, uid), days in cells.items()]
    return sorted(found, key=lambda person: (person.name, person.uid))
