"""The shifts of units, by the letters of their sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from pamong.attendance import events, policies
from pamong.attendance.choices import FREE, SHIFT_CODE, WIDEST
from pamong.attendance.errors import (
    NothingChanges,
    ShiftClash,
    ShiftCodeUnfit,
    ShiftInUse,
    ShiftNotHeld,
    ShiftTaken,
    ShiftTimesUnfit,
    ShiftUnknown,
    UnitNotThere,
    UnitUnknown,
)
from pamong.attendance.models import ShiftKind, ShiftKindRow
from pamong.attendance.resolving.shapes import Pairing
from pamong.attendance.services.dating import hold_from, write
from pamong.attendance.services.ownpast import past_of, require_others
from pamong.attendance.services.rostering import LETTERS, Choice, clash_of
from pamong.attendance.services.staling import stale_shift
from pamong.attendance.shifts import Version, read_book
from pamong.attendance.sql import fetch
from pamong.attendance.values import ShiftTimes, Touched
from pamong.kernel import timeline
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.kernel.timeline import Plan, Row, Values
from pamong.ledger import dated

_UNIT = """
SELECT u.id, u.uid, p.path::text FROM organisation_unit u JOIN organisation_unitplace p ON p.unit_id = u.id
  AND p.period @> %(on)s::date WHERE u.code = %(unit)s FOR NO KEY UPDATE OF u
"""


_DAY = 86_400  # seconds
_USED = """
SELECT count(*), count(DISTINCT r.person_id), min(lower(r.period)) FROM attendance_rosterday r
WHERE r.superseded_at IS NULL AND lower(r.period) >= %(on)s AND %(kind)s IN (r.first_id, r.second_id)
"""
_BEGUN = _USED + " AND lower(r.period) < %(today)s"
_WHOSE = """
SELECT DISTINCT r.person_id FROM attendance_rosterday r WHERE r.superseded_at IS NULL
  AND lower(r.period) >= %(first)s AND lower(r.period) < %(end)s AND %(kind)s IN (r.first_id, r.second_id)
"""
# Whoever has the shift from a day on, with his days beside: a night reaches into the next one.
_BESIDE = """
SELECT r.person_id, lower(r.period), r.first_id, r.second_id FROM attendance_rosterday r
WHERE r.superseded_at IS NULL AND lower(r.period) >= %(on)s::date - 1 AND EXISTS (
  SELECT FROM attendance_rosterday u WHERE u.person_id = r.person_id AND u.superseded_at IS NULL
    AND lower(u.period) >= %(on)s AND %(kind)s IN (u.first_id, u.second_id)
    AND lower(u.period) BETWEEN lower(r.period) - 1 AND lower(r.period) + 1)
"""
# Days of this unit, and of those below it, that name a letter of a unit above.
_ABOVE = """
SELECT count(*) FROM attendance_rosterday r
JOIN attendance_shiftkind k ON k.id IN (r.first_id, r.second_id) AND k.code = %(code)s
JOIN organisation_unitplace t ON t.unit_id = r.unit_id AND t.period @> lower(r.period)
JOIN organisation_unitplace top ON top.unit_id = %(unit)s AND top.period @> lower(r.period)
JOIN organisation_unitplace up ON up.unit_id = k.unit_id AND up.period @> lower(r.period)
WHERE r.superseded_at IS NULL AND lower(r.period) >= %(on)s AND t.path <@ top.path
  AND top.path <@ up.path AND up.depth < top.depth
"""


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a letter will mean: whose it is (no id as long as it is new), and the plan of its rows."""

    unit_id: int
    unit_uid: UUID
    code: str
    kind: Any
    plan: Plan


@transaction.atomic
def define_shift(
    *, actor: Actor, at: datetime, unit: str, code: str, on: date, times: ShiftTimes, fresh: bool = False
) -> UUID:
    """Let a letter mean these times in a unit (by its code), and in those below it, from a day on.

    Days of rosters that had begun are told as late. ``fresh``: the letter must not hold there yet.
    ``NotAllowed``, ``UnitUnknown``, ``UnitNotThere``, ``ShiftCodeUnfit``, ``ShiftTimesUnfit``;
    ``ShiftTaken``; ``OwnPast`` where it changes past days of one's own or of a declared relative;
    ``ShiftClash`` where rosters hold two shifts that would share time.
    """
    draft = _define(actor, unit, code, on, times, fresh=fresh)
    hold_from(on, at)
    kind = draft.kind or ShiftKind.objects.create(uid=uuid7(at), unit_id=draft.unit_id, code=draft.code)
    late = _begun(kind.pk, on, actor.on)
    event = events.ShiftDefined(kind.uid, draft.unit_uid, draft.code, times.starts, times.ends, on, late)
    write(actor, at, ShiftKindRow, {"kind_id": kind.pk}, draft.plan, event)
    stale_shift(kind.pk, on, at)
    return UUID(str(kind.uid))


@transaction.atomic
def end_shift(*, actor: Actor, at: datetime, unit: str, code: str, on: date) -> None:
    """Let a letter of a unit (by its code) mean nothing any more from a day on.

    ``NotAllowed``, ``UnitUnknown``, ``ShiftUnknown``; ``ShiftInUse`` where rosters name it from then on;
    ``ShiftNotHeld`` where it does not hold until then, or begins only later.
    """
    draft = _end(actor, unit, code, on)
    hold_from(on, at)
    event = events.ShiftEnded(draft.kind.uid, draft.unit_uid, draft.code, on)
    write(actor, at, ShiftKindRow, {"kind_id": draft.kind.pk}, draft.plan, event)


@transaction.atomic
def check_shift(
    *, actor: Actor, unit: str, code: str, on: date, times: ShiftTimes, fresh: bool = False
) -> Touched:
    """What ``define_shift`` would touch; refused as that is, and ``NothingChanges``. Nothing is stored."""
    draft = _define(actor, unit, code, on, times, fresh=fresh)
    if timeline.idle(draft.plan):
        raise NothingChanges(on)
    return _touched(draft, on, actor.on, fresh=fresh)


@transaction.atomic
def check_end(*, actor: Actor, unit: str, code: str, on: date) -> None:
    """Refused as ``end_shift`` is; nothing is stored."""
    _end(actor, unit, code, on)


def _define(actor: Actor, unit: str, code: str, on: date, times: ShiftTimes, *, fresh: bool) -> _Draft:
    unit_id, unit_uid = _unit(actor, unit, on)
    letter = code.strip().upper()
    if letter == FREE or not re.fullmatch(SHIFT_CODE, letter):
        raise ShiftCodeUnfit(code)
    _require_fit(times)
    kind, rows = _kind(unit_id, letter)
    taken = next((row for row in rows if row.period.end is None or row.period.end > on), None)
    if fresh and taken is not None:
        raise ShiftTaken(letter, taken.values["name"], taken.period.start)
    plan = timeline.change(rows, on, _facts(times))
    if kind is not None:
        _require_others(actor, kind, plan)
        _require_no_clash(kind, timeline.outcome(rows, plan), on)
    return _Draft(unit_id, unit_uid, letter, kind, plan)


def _end(actor: Actor, unit: str, code: str, on: date) -> _Draft:
    unit_id, unit_uid = _unit(actor, unit, on)
    kind, rows = _kind(unit_id, code.strip().upper())
    if kind is None:
        raise ShiftUnknown
    later = next((row.period.start for row in rows if row.period.start >= on), None)
    if later is not None or not rows or not (rows[-1].period.end is None or on < rows[-1].period.end):
        raise ShiftNotHeld(kind.code, on, later)
    plan = timeline.end(rows, on)
    days, _people, first = fetch(_USED, {"kind": kind.pk, "on": on})[0]
    if days:
        raise ShiftInUse(kind.code, days, first)
    return _Draft(unit_id, unit_uid, kind.code, kind, plan)


def _kind(unit_id: int, letter: str) -> tuple[Any, list[Row]]:
    """The shift of a letter in a unit with its rows, alone with it; None where it never had one."""
    fetch("SELECT pg_advisory_xact_lock(%(key)s)", {"key": LETTERS})
    kind = ShiftKind.objects.filter(unit_id=unit_id, code=letter).first()
    return kind, [] if kind is None else dated.timeline(ShiftKindRow, kind_id=kind.pk)


def _touched(draft: _Draft, on: date, today: date, *, fresh: bool) -> Touched:
    """Days of rosters that name the letter: with its times, or as one of a unit above, whose times stay."""
    if draft.kind is not None and not fresh:
        ((days, people, _first),) = fetch(_USED, {"kind": draft.kind.pk, "on": on})
        return Touched(days, people, _begun(draft.kind.pk, on, today))
    ((left,),) = fetch(_ABOVE, {"unit": draft.unit_id, "code": draft.code, "on": on})
    return Touched(left=left)


def _begun(kind: int, on: date, today: date) -> int:
    """How many days of rosters from a day on name the shift and had begun."""
    return int(fetch(_BEGUN, {"kind": kind, "on": on, "today": today})[0][0])


def _require_others(actor: Actor, kind: Any, plan: Plan) -> None:
    """Whoever keeps a roster gives his own past days no other times."""
    past = past_of(plan, actor.on)
    if past is not None:
        asked = {"kind": kind.pk, "first": past.start, "end": past.end}
        require_others(actor, (person for (person,) in fetch(_WHOSE, asked)))


def _require_no_clash(kind: Any, rows: Sequence[Row], on: date) -> None:
    """No roster may hold two shifts that share time once these times hold (cases A-04, A-26)."""
    versions = [Version(row.period.start, row.period.end, _times_of(row.values)) for row in rows]
    book = read_book().rewritten(kind.pk, versions)
    days: dict[int, dict[date, Choice]] = {}
    for person, day, one, two in fetch(_BESIDE, {"kind": kind.pk, "on": on}):
        days.setdefault(person, {})[day] = Choice(one, two)
    clashes = [found for mine in days.values() if (found := clash_of(book, mine, settings.PAMONG_ZONE))]
    if clashes:
        first = min(clashes, key=lambda clash: clash.second.starts)
        raise ShiftClash(kind.code, len(clashes), first.sentence, first.second.on)


def _unit(actor: Actor, code: str, on: date) -> tuple[int, UUID]:
    """The unit, held: one at a time says what its letters mean."""
    found = fetch(_UNIT, {"unit": code, "on": on})
    if not found:
        today = fetch(_UNIT, {"unit": code, "on": actor.on})
        policies.require_roster(actor, today[0][2] if today else "")
        raise UnitNotThere(on) if today else UnitUnknown(code)
    unit_id, uid, path = found[0]
    policies.require_roster(actor, path)
    return int(unit_id), uid


def _require_fit(times: ShiftTimes) -> None:
    if not times.name.strip():
        raise ShiftTimesUnfit("Nama dinas belum diisi.")
    if not all(0 <= minutes <= WIDEST for minutes in (times.opens_before, times.closes_after)):
        raise ShiftTimesUnfit(f"Jendela presensi paling lebar {WIDEST} menit sebelum dan sesudah jam dinas.")
    if times.starts == times.ends:
        raise ShiftTimesUnfit("Jam masuk dan jam pulang dinas tidak boleh sama.")
    if times.pause is not None and not _holds(times, times.pause):
        raise ShiftTimesUnfit("Istirahat harus di dalam jam dinas dan menyisakan waktu kerja.")


def _holds(times: ShiftTimes, pause: tuple[time, time]) -> bool:
    """Whether a break lies within a shift, in its order, and leaves some of it; also across midnight."""
    ends, begins, resumes = ((_second(each) - _second(times.starts)) % _DAY for each in (times.ends, *pause))
    return begins < resumes <= ends and resumes - begins < ends


def _second(clock: time) -> int:
    return (clock.hour * 60 + clock.minute) * 60 + clock.second


def _facts(times: ShiftTimes) -> dict[str, Any]:
    pause, resumes = times.pause or (None, None)
    return {
        "name": times.name.strip(), "starts": times.starts, "ends": times.ends,
        "opens_before": times.opens_before, "closes_after": times.closes_after,
        "pause_start": pause, "pause_end": resumes, "pairing": times.pairing.value,
    }  # fmt: skip


def _times_of(values: Values) -> ShiftTimes:
    pause = None if values["pause_start"] is None else (values["pause_start"], values["pause_end"])
    return ShiftTimes(
        values["name"], values["starts"], values["ends"], values["opens_before"], values["closes_after"],
        pause, Pairing(values["pairing"]),
    )  # fmt: skip
