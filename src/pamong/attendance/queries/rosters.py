"""Reads of rosters: a unit's month as its sheet shows it, one's own shifts, and trades that wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations
from typing import Any
from uuid import UUID

from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.access.policies import may_over, require
from pamong.attendance import policies
from pamong.attendance.choices import SwapStepKind
from pamong.attendance.errors import PersonUnknown, RosterTooWide, UnitUnknown
from pamong.attendance.expectations import roster_day
from pamong.attendance.resolving import overlap_of
from pamong.attendance.shifts import ShiftBook, letters_of, read_book
from pamong.attendance.sql import fetch
from pamong.attendance.staff import Member, staff_of
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.people.queries import own_uid
from pamong.people.queries.scope import condition
from pamong.people.services.reading import names_of, near, uids_of

_DAY = timedelta(days=1)
STAFF_MOST = 100  # people without a roster whom a page shows beside those who have one
SHEET_MOST = 2_000
NOBODY: Mapping[UUID, Member] = {}
_UNIT = """
SELECT p.path::text, r.name, u.id FROM organisation_unit u
JOIN organisation_unitplace p ON p.unit_id = u.id AND p.period && daterange(%(first)s::date, %(end)s::date)
JOIN organisation_unitrow r ON r.unit_id = u.id AND r.superseded_at IS NULL AND r.period && p.period
WHERE u.code = %(unit)s ORDER BY lower(p.period) DESC, lower(r.period) DESC LIMIT 1
"""
_POST = """
SELECT u.code FROM people_person x JOIN people_appointment a ON a.person_id = x.id AND a.kind = 'regular'
  AND a.superseded_at IS NULL AND a.period && daterange(%(first)s::date, %(end)s::date)
JOIN organisation_seatrow s ON s.seat_id = a.seat_id AND s.superseded_at IS NULL AND s.period && a.period
JOIN organisation_unit u ON u.id = s.unit_id WHERE x.uid = %(person)s
ORDER BY lower(a.period) DESC, lower(s.period) DESC LIMIT 1
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
# What one had on his day of a trade s: as it stands, and once it was agreed what the trade gave to the other.
_TRADED = """(SELECT COALESCE(NULLIF(concat_ws('+', one.code, two.code), ''), 'L') FROM attendance_rosterday r
  LEFT JOIN attendance_shiftkind one ON one.id = r.first_id
  LEFT JOIN attendance_shiftkind two ON two.id = r.second_id
  WHERE r.period @> {on} AND CASE WHEN last.step = 'agreed' THEN r.person_id = {other} AND r.swap_id = s.id
    ELSE r.person_id = {his} AND r.superseded_at IS NULL END ORDER BY r.id DESC LIMIT 1)"""
_SWAPS = f"""
SELECT s.uid, s.asker_id, s.asker_on, s.other_id, s.other_on, s.reason, last.step,
  {_TRADED.format(on="s.asker_on", his="s.asker_id", other="s.other_id")},
  {_TRADED.format(on="s.other_on", his="s.other_id", other="s.asker_id")}
FROM attendance_swap s LEFT JOIN LATERAL (
  SELECT t.step FROM attendance_swapstep t WHERE t.swap_id = s.id ORDER BY t.id DESC LIMIT 1
) last ON TRUE
WHERE s.asker_id = %(me)s OR s.other_id = %(me)s OR {{where}} ORDER BY s.id DESC LIMIT 100
"""  # noqa: S608 - our own statement


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
    """A unit's month: its people by name, what the letters mean on its last day, and of how many more who
    have a post there nothing is shown, as no roster names them."""

    unit: str
    people: Sequence[RosterPerson]
    letters: Sequence[Letter]
    hidden: int = 0

    @property
    def late(self) -> int:
        """How many days were told only when they had begun."""
        return sum(cell.late for person in self.people for cell in person.cells.values())


@dataclass(frozen=True, slots=True)
class PersonDay:
    """A day of somebody: what stands (None: nothing), and what can, each with its words."""

    on: date
    cell: RosterCell | None
    choices: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PersonRoster:
    """Somebody's month on the roster of a unit, by its code and name."""

    unit: str
    unit_name: str
    uid: UUID
    name: str
    days: Sequence[PersonDay]


@dataclass(frozen=True, slots=True)
class SwapView:
    """A trade: who asks whom, which days, how far it is (None: the other has not answered), what the actor
    can do about it, and the letters that each had on his day, '' where no roster says it."""

    uid: UUID
    asker: str
    asker_on: date
    other: str
    other_on: date
    reason: str
    step: SwapStepKind | None
    steps: tuple[SwapStepKind, ...]
    asker_codes: str
    other_codes: str


def month_roster(
    *, actor: Actor, at: datetime, unit: str, month: Period, words: str = "", everyone: bool = False
) -> RosterMonth:
    """The roster of a unit (by its code) and of those below it; the look is logged.

    With those who have a post there and are on no roster yet, where they are few, where their names hold
    all of the ``words``, or with ``everyone``. ``NotAllowed`` for who may not write it, ``UnitUnknown``;
    ``RosterTooWide`` for ``everyone`` of a unit that is too large for one sheet.
    """
    asked, path, name = _month(actor, unit, month)
    staff = staff_of(path, month)
    people = {person.uid: person for person in _people(_IN_UNIT, asked | {"path": path}, staff)}
    if everyone and len(staff) > SHEET_MOST:
        raise RosterTooWide(len(staff), SHEET_MOST)
    wide = len(staff) > STAFF_MOST and not (words or everyone)
    bare = [RosterPerson(each.uid, each.name, {}) for each in staff.values() if each.uid not in people]
    found = [*people.values(), *([] if wide else bare)]
    shown = sorted(_fitting(found, words), key=lambda person: (person.name, person.uid))
    access_services.log_read(
        actor=actor, at=at, path="attendance.roster", subjects=[person.uid for person in shown]
    )
    last = (month.end or month.start + _DAY) - _DAY
    letters = [Letter(*row) for row in fetch(_LETTERS, {"path": path, "on": last})]
    return RosterMonth(name, shown, letters, len(bare) if wide else 0)


def get_person_roster(
    *, actor: Actor, at: datetime, person: UUID, month: Period, unit: str = ""
) -> PersonRoster:
    """Somebody's month on the roster of a unit, that of his post where none is named; the look is logged.

    ``PersonUnknown`` for who has no post there, or none where the actor may write. ``NotAllowed``.
    """
    require(actor, policies.ROSTER)
    code = unit or next((row[0] for row in fetch(_POST, {"person": person, **_days(month)})), "")
    found = fetch(_UNIT, {"unit": code, **_days(month)})
    if not found or not may_over(actor, policies.ROSTER, found[0][0]):
        raise PersonUnknown
    path, name, unit_id = found[0]
    staff = staff_of(path, month, [person])
    if person not in staff:
        raise PersonUnknown
    member = staff[person]
    access_services.log_read(actor=actor, at=at, path="attendance.roster", subjects=[person])
    cells = _people("r.person_id = %(id)s", {"id": member.id, **_days(month)}, staff)
    book, letters = read_book(), letters_of(unit_id, month)
    known: dict[tuple[tuple[str, int], ...], Sequence[tuple[str, str]]] = {}
    days = []
    for on in month.each_day():
        held = tuple(sorted(letters.get(on, {}).items()))
        if held not in known:
            known[held] = _choices(book, on, held)
        days.append(PersonDay(on, cells[0].cells.get(on) if cells else None, known[held]))
    return PersonRoster(code, name, person, member.name, days)


def _choices(book: ShiftBook, on: date, held: Sequence[tuple[str, int]]) -> Sequence[tuple[str, str]]:
    """What can stand in a cell: each letter, two that don't share time, and free; each with its words."""
    times = {code: each for code, kind in held if (each := book.times(kind, on)) is not None}
    found = [(code, f"{each.name} {each.starts:%H.%M}–{each.ends:%H.%M}") for code, each in times.items()]
    for one, two in combinations(times, 2):
        pair = [(code, on, times[code]) for code in (one, two)]
        if (
            overlap_of(each for key, day, its in pair for each in roster_day(day, [(key, its)], "UTC"))
            is None
        ):
            found.append((f"{one}+{two}", f"{times[one].name}, {times[two].name}"))
    return found


def _month(actor: Actor, unit: str, month: Period) -> tuple[dict[str, Any], str, str]:
    """A unit by its code, once the right over it was seen: its days, path and name."""
    require(actor, policies.ROSTER)
    found = fetch(_UNIT, {"unit": unit, **_days(month)})
    if not found:
        raise UnitUnknown(unit)
    path, name, _id = found[0]
    policies.require_roster(actor, path)
    return _days(month), path, name


def _days(month: Period) -> dict[str, Any]:
    return {"first": month.start, "end": month.end}


def _fitting(people: Sequence[RosterPerson], words: str) -> list[RosterPerson]:
    """Those whose names hold all the words."""
    parts = words.casefold().split()
    return [person for person in people if all(part in person.name.casefold() for part in parts)]


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
            _steps(actor.person_id, close, asker, other, step), its or "", theirs or "",
        )
        for uid, asker, asker_on, other, other_on, reason, step, its, theirs in rows
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


def _people(
    where: str, asked: Mapping[str, Any], named: Mapping[UUID, Member] = NOBODY
) -> list[RosterPerson]:
    """Whoever has days there, by name; ``named`` are those whose names are known already."""
    cells: dict[tuple[int, UUID], dict[date, RosterCell]] = {}
    for person, uid, on, one, two, late, swapped in fetch(_ROWS.format(where=where), asked):
        codes = tuple(code for code in (one, two) if code is not None)
        cells.setdefault((person, uid), {})[on] = RosterCell(codes, late, swapped)
    lost = [person for person, uid in cells if uid not in named]
    names = names_of(lost) if lost else {}
    found = [
        RosterPerson(uid, named[uid].name if uid in named else names[person], days)
        for (person, uid), days in cells.items()
    ]
    return sorted(found, key=lambda person: (person.name, person.uid))
