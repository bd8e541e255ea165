"""Reads of what letters of rosters mean in a unit, and of the week that it works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from pamong.access.policies import may_over, require
from pamong.attendance import policies
from pamong.attendance.errors import ShiftUnknown, UnitUnknown
from pamong.attendance.sql import fetch
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period

_UNIT = """
SELECT u.id, u.code, r.name, p.path::text FROM organisation_unit u
JOIN organisation_unitplace p ON p.unit_id = u.id AND p.period @> %(on)s::date
JOIN organisation_unitrow r ON r.unit_id = u.id AND r.superseded_at IS NULL AND r.period @> %(on)s::date
WHERE {which}
"""
# Letters of a unit and of those above it, the nearest first, each with its times through time.
_KINDS = """
SELECT k.uid, k.code, u.code, n.name, up.path::text, r.period, r.name, r.starts, r.ends,
  r.opens_before, r.closes_after, r.pause_start, r.pause_end
FROM organisation_unitplace t
JOIN organisation_unitplace up ON up.path @> t.path AND up.period @> %(on)s::date
JOIN organisation_unit u ON u.id = up.unit_id
JOIN organisation_unitrow n ON n.unit_id = u.id AND n.superseded_at IS NULL AND n.period @> %(on)s::date
JOIN attendance_shiftkind k ON k.unit_id = up.unit_id
JOIN attendance_shiftkindrow r ON r.kind_id = k.id AND r.superseded_at IS NULL
WHERE t.unit_id = %(unit)s AND t.period @> %(on)s::date ORDER BY k.code, up.depth DESC, k.id, r.period
"""
_WEEKS = """
SELECT u.code, n.name, up.unit_id = %(unit)s, w.period, w.week FROM organisation_unitplace t
JOIN organisation_unitplace up ON up.path @> t.path AND up.period @> %(on)s::date
JOIN organisation_unit u ON u.id = up.unit_id
JOIN organisation_unitrow n ON n.unit_id = u.id AND n.superseded_at IS NULL AND n.period @> %(on)s::date
JOIN attendance_unitweek w ON w.unit_id = up.unit_id AND w.superseded_at IS NULL
WHERE t.unit_id = %(unit)s AND t.period @> %(on)s::date ORDER BY up.depth DESC, w.period
"""
_OWNER = "SELECT unit_id FROM attendance_shiftkind WHERE uid = %(uid)s"


@dataclass(frozen=True, slots=True)
class ShiftSpan:
    """The times of a shift over a period; an end not after the start is on the next day."""

    days: Period
    name: str
    starts: time
    ends: time
    opens_before: int
    closes_after: int
    pause: tuple[time, time] | None

    @property
    def overnight(self) -> bool:
        """Whether it ends on the day after."""
        return self.ends <= self.starts


@dataclass(frozen=True, slots=True)
class ShiftView:
    """A letter: of which unit, whether the actor may change it, its times through time, oldest first, those
    of the day (None where it does not hold then) and those that follow. ``by_other``: a nearer unit uses the
    letter."""

    uid: UUID
    code: str
    unit: str
    unit_name: str
    changes: bool
    spans: Sequence[ShiftSpan]
    now: ShiftSpan | None
    next: ShiftSpan | None
    by_other: bool


@dataclass(frozen=True, slots=True)
class WeekSpan:
    """How many days a week a unit (``own``: the one that was asked for) works over a period."""

    unit: str
    unit_name: str
    own: bool
    days: Period
    week: str


@dataclass(frozen=True, slots=True)
class UnitShifts:
    """A unit on a day: what letters mean there, the week that holds there (None: nobody named one), the
    weeks of it and of those above it through time, and what the actor may change."""

    unit: str
    name: str
    shifts: Sequence[ShiftView]
    week: WeekSpan | None
    weeks: Sequence[WeekSpan]
    changes_week: bool

    @property
    def holding(self) -> Sequence[ShiftView]:
        """The letters that can be used on the day."""
        return [each for each in self.shifts if each.now is not None and not each.by_other]

    @property
    def others(self) -> Sequence[ShiftView]:
        """Letters to come, letters that ended, and those whose letter a nearer unit uses."""
        return [each for each in self.shifts if each.now is None or each.by_other]


def get_unit_shifts(*, actor: Actor, unit: str, on: date) -> UnitShifts:
    """What letters mean in a unit (by its code) and which week it works, on a day. ``NotAllowed`` for who
    may not write its roster; ``UnitUnknown``."""
    require(actor, policies.ROSTER)
    found = fetch(_UNIT.format(which="u.code = %(code)s"), {"code": unit, "on": on})
    if not found:
        raise UnitUnknown(unit)
    id_, code, name, path = found[0]
    policies.require_roster(actor, path)
    weeks = _weeks(id_, on)
    week = next((each for each in weeks if each.days.contains(on)), None)
    return UnitShifts(
        code, name, _shifts(actor, id_, on), week, weeks, bool(may_over(actor, policies.IMPORT, ""))
    )


def get_shift(*, actor: Actor, uid: UUID, on: date) -> ShiftView:
    """One letter; ``ShiftUnknown`` where the actor does not write the rosters of its unit. ``NotAllowed``."""
    require(actor, policies.ROSTER)
    owner = fetch(_OWNER, {"uid": uid})
    found = fetch(_UNIT.format(which="u.id = %(id)s"), {"id": owner[0][0], "on": on}) if owner else []
    if not found or not may_over(actor, policies.ROSTER, found[0][3]):
        raise ShiftUnknown
    id_ = found[0][0]
    return next(each for each in _shifts(actor, id_, on) if each.uid == uid)


def _shifts(actor: Actor, unit_id: int, on: date) -> list[ShiftView]:
    """The letters that a unit knows, by letter, the nearest unit's first."""
    spans: dict[UUID, list[ShiftSpan]] = {}
    heads: dict[UUID, tuple[str, str, str, bool]] = {}
    for uid, code, unit, unit_name, path, days, *times in fetch(_KINDS, {"unit": unit_id, "on": on}):
        if uid not in heads:
            heads[uid] = (code, unit, unit_name, bool(may_over(actor, policies.ROSTER, path)))
        spans.setdefault(uid, []).append(_span(Period(days.lower, days.upper), *times))
    found: list[ShiftView] = []
    for uid, head in heads.items():
        now = next((span for span in spans[uid] if span.days.contains(on)), None)
        later = next((span for span in spans[uid] if span.days.start > on), None)
        taken = any(each.code == head[0] and each.now is not None for each in found)
        found.append(ShiftView(uid, *head, spans[uid], now, later, taken))
    return found


def _span(days: Period, *times: Any) -> ShiftSpan:
    name, starts, ends, before, after, pause, resumes = times
    between = None if pause is None else (pause, resumes)
    return ShiftSpan(days, name, starts, ends, before, after, between)


def _weeks(unit_id: int, on: date) -> list[WeekSpan]:
    rows = fetch(_WEEKS, {"unit": unit_id, "on": on})
    return [
        WeekSpan(unit, name, own, Period(days.lower, days.upper), week)
        for unit, name, own, days, week in rows
    ]
