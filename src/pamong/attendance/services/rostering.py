"""Days of rosters as sheets and swaps write them: which shifts, whether they clash, one row a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pamong.attendance.choices import FREE
from pamong.attendance.expectations import roster_day
from pamong.attendance.models import RosterDay
from pamong.attendance.resolving import Clash, overlap_of
from pamong.attendance.services.staling import stale_around
from pamong.attendance.shifts import Letters, ShiftBook
from pamong.attendance.sql import fetch
from pamong.kernel.clock import format_date
from pamong.kernel.period import Period
from pamong.kernel.timeline import Added
from pamong.ledger.bulk import BulkRow, copy_dated
from pamong.ledger.locks import hold_days_open

_DAY = timedelta(days=1)
_BETWEEN = re.compile(r"[+/,;'\s]+")
_TWO = 2
LETTERS = 0x73686674  # "shft": alone for whoever changes what letters mean, shared by whoever uses them
_STANDING = """
SELECT r.id, r.person_id, lower(r.period), r.first_id, r.second_id, r.unit_id FROM attendance_rosterday r
WHERE r.person_id = ANY(%(ids)s) AND r.superseded_at IS NULL
  AND r.period && daterange(%(first)s::date, %(end)s::date)
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """The shifts of a day by their ids, in the order of ids; none: he is free."""

    first: int | None = None
    second: int | None = None

    @classmethod
    def of(cls, letters: Mapping[str, int], codes: Iterable[str]) -> Choice:
        """What the letters of a sheet mean."""
        return cls(*sorted(letters[code] for code in codes if code != FREE))

    @property
    def kinds(self) -> tuple[int, ...]:
        """The ids, none to two."""
        return tuple(kind for kind in (self.first, self.second) if kind is not None)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of a day."""

    id: int
    choice: Choice
    unit_id: int


def hold_persons(ids: Iterable[int]) -> None:
    """Nobody else writes the rosters of these persons until the transaction ends, and no letter means
    something else meanwhile."""
    fetch("SELECT pg_advisory_xact_lock_shared(%(key)s)", {"key": LETTERS})
    fetch("SELECT 1 FROM people_person WHERE id = ANY(%(ids)s) ORDER BY id FOR NO KEY UPDATE",
          {"ids": sorted(ids)})  # fmt: skip


def standing_days(
    ids: Iterable[int], first: date, end: date, *, beside: int = 0
) -> dict[tuple[int, date], Standing]:
    """What stands from a day until before another, and so many days beside them."""
    asked = {"ids": list(ids), "first": first - beside * _DAY, "end": end + beside * _DAY}
    return {
        (person, on): Standing(id_, Choice(one, two), unit)
        for id_, person, on, one, two, unit in fetch(_STANDING, asked)
    }


def codes_of(text: str) -> tuple[str, ...]:
    """The letters that a cell names, ``P+S`` or ``P, S``; none where it holds no letter at all."""
    return tuple(part for part in _BETWEEN.split(text.upper()) if part)


def fault_of_codes(letters: Letters, on: date, codes: Sequence[str]) -> str:
    """What is wrong with the letters of a day; '' for nothing. One fault of several days reads the same."""
    if FREE in codes and len(codes) > 1:
        return f"{FREE} berarti libur dan tidak dapat digabung dengan dinas lain"
    if len(codes) > _TWO or len(set(codes)) < len(codes):
        return "paling banyak dua dinas yang berbeda dalam sehari"
    lost = next((code for code in codes if code != FREE and code not in letters.get(on, {})), None)
    return "" if lost is None else _lost(letters, on, lost)


def _lost(letters: Letters, on: date, code: str) -> str:
    days = sorted(day for day, known in letters.items() if code in known)
    if not days:
        known = ", ".join([*sorted({each for held in letters.values() for each in held}), FREE])
        return f"kode dinas '{code[:20]}' tidak dikenal di unit ini; yang dikenal: {known}"
    begins = next((day for day in days if day > on), None)
    if begins is not None:
        return f"dinas {code} baru berlaku mulai {format_date(begins)}"
    return f"dinas {code} berlaku sampai {format_date(days[-1])}"


def clash_of(book: ShiftBook, days: Mapping[date, Choice], zone: str) -> Clash | None:
    """The first two shifts of one person that share time (cases A-04, A-26)."""
    shifts = [
        (str(kind), on, times)
        for on, choice in days.items()
        for kind in choice.kinds
        if (times := book.times(kind, on)) is not None
    ]
    return overlap_of(found for key, on, times in shifts for found in roster_day(on, [(key, times)], zone))


def write_days(
    choices: Mapping[tuple[int, date], Choice],
    stands: Mapping[tuple[int, date], Standing],
    *,
    basis: int,
    today: date,
    unit_id: int,
    sheet_id: int | None,
    swap_id: int | None,
) -> int:
    """Let these days stand in the place of what stood; how many had begun already. ``MonthClosing``."""
    hold_days_open(on for _, on in choices)
    gone = [stands[key].id for key in choices if key in stands]
    rows = []
    for (person, on), choice in sorted(choices.items()):
        before = stands.get((person, on))
        values = {
            "unit_id": before.unit_id if before and swap_id else unit_id, "first_id": choice.first,
            "second_id": choice.second, "sheet_id": sheet_id, "swap_id": swap_id, "late": on < today,
        }  # fmt: skip
        added = Added(Period(on, on + _DAY), values, before.id if before else None)
        rows.append(BulkRow({"person_id": person}, added))
    copy_dated(RosterDay, gone, rows, basis=basis)
    stale_around(choices)
    return sum(on < today for _, on in choices)
