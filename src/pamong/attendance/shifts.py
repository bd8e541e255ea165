"""What the letters of a roster stand for: the shifts of a unit and of those above it, in their versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pamong.attendance.resolving.shapes import Pairing
from pamong.attendance.sql import fetch
from pamong.attendance.values import ShiftTimes

_BOOK = """
SELECT k.id, k.code, r.period, r.name, r.starts, r.ends, r.opens_before, r.closes_after, r.pause_start,
  r.pause_end, r.pairing
FROM attendance_shiftkind k JOIN attendance_shiftkindrow r ON r.kind_id = k.id AND r.superseded_at IS NULL
ORDER BY k.id, r.period
"""
# The nearest unit at or above that uses a letter says what it means.
_LETTERS = """
SELECT DISTINCT ON (k.code) k.code, k.id FROM organisation_unitplace t
JOIN organisation_unitplace up ON up.path @> t.path AND up.period @> %(on)s::date
JOIN attendance_shiftkind k ON k.unit_id = up.unit_id
WHERE t.unit_id = %(unit)s AND t.period @> %(on)s::date ORDER BY k.code, up.depth DESC
"""


@dataclass(frozen=True, slots=True)
class _Version:
    first: date
    end: date | None
    times: ShiftTimes


@dataclass(frozen=True, slots=True)
class ShiftBook:
    """All shifts by their ids, each with its letter and its times by date."""

    letters: Mapping[int, str]
    versions: Mapping[int, Sequence[_Version]]

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


NO_BOOK = ShiftBook({}, {})


def read_book() -> ShiftBook:
    """All shifts of the government: a few hundred at most."""
    letters: dict[int, str] = {}
    versions: dict[int, list[_Version]] = {}
    for kind, code, period, name, starts, ends, before, after, pause, resumes, pairing in fetch(_BOOK, {}):
        letters[kind] = code
        break_ = None if pause is None else (pause, resumes)
        times = ShiftTimes(name, starts, ends, before, after, break_, Pairing(pairing))
        versions.setdefault(kind, []).append(_Version(period.lower, period.upper, times))
    return ShiftBook(letters, versions)


def letters_of(unit_id: int, on: date) -> dict[str, int]:
    """The letters that a unit can use on a day, with the shifts that they mean there."""
    return dict(fetch(_LETTERS, {"unit": unit_id, "on": on}))
