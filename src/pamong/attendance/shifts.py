"""What the letters of a roster stand for: the shifts of a unit and of those above it, in their versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pamong.attendance.resolving.shapes import Pairing
from pamong.attendance.sql import fetch
from pamong.attendance.values import ShiftTimes
from pamong.kernel.period import Period

_BOOK = """
SELECT k.id, k.code, r.period, r.name, r.starts, r.ends, r.opens_before, r.closes_after, r.pause_start,
  r.pause_end, r.pairing
FROM attendance_shiftkind k JOIN attendance_shiftkindrow r ON r.kind_id = k.id AND r.superseded_at IS NULL
ORDER BY k.id, r.period
"""
# On each day the nearest unit at or above whose letter holds then says what it means.
_LETTERS = """
SELECT DISTINCT ON (d.day, k.code) d.day::date, k.code, k.id
FROM generate_series(%(first)s::date, %(end)s::date - 1, '1 day') d (day)
JOIN organisation_unitplace t ON t.unit_id = %(unit)s AND t.period @> d.day::date
JOIN organisation_unitplace up ON up.path @> t.path AND up.period @> d.day::date
JOIN attendance_shiftkind k ON k.unit_id = up.unit_id
JOIN attendance_shiftkindrow r ON r.kind_id = k.id AND r.superseded_at IS NULL AND r.period @> d.day::date
ORDER BY d.day, k.code, up.depth DESC
"""
Letters = Mapping[date, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Version:
    """The times of a shift from a day until before another (None: open)."""

    first: date
    end: date | None
    times: ShiftTimes


@dataclass(frozen=True, slots=True)
class ShiftBook:
    """All shifts by their ids, each with its letter and its times by date."""

    letters: Mapping[int, str]
    versions: Mapping[int, Sequence[Version]]

    def times(self, kind: int, on: date) -> ShiftTimes | None:
        """The times of a shift in the version of a day; None where it has none then."""
        return next(
            (
                each.times
                for each in self.versions.get(kind, ())
                if each.first <= on and (each.end is None or on < each.end)
            ),
            None,
        )

    def rewritten(self, kind: int, versions: Sequence[Version]) -> ShiftBook:
        """The book with other times of one shift."""
        return replace(self, versions=dict(self.versions) | {kind: versions})


NO_BOOK = ShiftBook({}, {})


def read_book() -> ShiftBook:
    """All shifts of the government: a few hundred at most."""
    letters: dict[int, str] = {}
    versions: dict[int, list[Version]] = {}
    for kind, code, period, name, starts, ends, before, after, pause, resumes, pairing in fetch(_BOOK, {}):
        letters[kind] = code
        break_ = None if pause is None else (pause, resumes)
        times = ShiftTimes(name, starts, ends, before, after, break_, Pairing(pairing))
        versions.setdefault(kind, []).append(Version(period.lower, period.upper, times))
    return ShiftBook(letters, versions)


def letters_of(unit_id: int, days: Period) -> Letters:
    """The letters that a unit can use on each day, with the shifts that they mean there then."""
    found: dict[date, dict[str, int]] = {}
    for day, code, kind in fetch(_LETTERS, {"unit": unit_id, "first": days.start, "end": days.end}):
        found.setdefault(day, {})[code] = kind
    return found
