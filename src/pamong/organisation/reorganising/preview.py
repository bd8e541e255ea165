"""What becomes of units, seats and lines: the state on the day, before and after, side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pamong.kernel.canonical import canonical_json, sha256_hex
from pamong.kernel.problem import Problem
from pamong.organisation.choices import Step
from pamong.organisation.sql import fetch

_NEW = ("seat_id", "uid")  # what a rehearsal gives to a new seat is another one each time


@dataclass(frozen=True, slots=True)
class Shift:
    """A fact that differs, by the name of its field; None where the thing does not stand."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class UnitFate:
    """A unit before and after; empty texts where it does not stand. ``steps``: what the plan says of it,
    ``shifts``: its other facts that differ, of a unit that goes on."""

    code: str
    name_before: str
    name_after: str
    parent_before: str
    parent_after: str
    steps: tuple[Step, ...]
    shifts: tuple[Shift, ...] = ()


@dataclass(frozen=True, slots=True)
class SeatFate:
    """A seat before and after. ``unit_before`` is empty for a new seat, ``unit_after`` for one that ends;
    ``shifts``: its other facts that differ, or that a new one has."""

    seat_id: int
    uid: UUID
    post: str
    unit_before: str
    unit_after: str
    head_before: bool
    head_after: bool
    into: str = ""
    shifts: tuple[Shift, ...] = ()


@dataclass(frozen=True, slots=True)
class LineFate:
    """To whom a seat reports before and after; None for nobody. Units are codes, those of the superiors on
    the same sides."""

    seat_id: int
    post: str
    superior_before: str | None
    superior_after: str | None
    unit: str = ""
    unit_before: str = ""
    unit_after: str = ""


@dataclass(frozen=True, slots=True)
class NeedFate:
    """How many of a post a unit (its code) needs by workload, before and after; None: not stated."""

    unit: str
    post: str
    jenjang: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """All that an act or a reorganisation does, and all that stands in its way.

    ``moved_seats`` are the database ids of seats that get another unit: whoever sits there moves along.
    ``ended_seats`` are those that end; ``held`` counts who holds those that end or move.
    """

    on: date
    units: tuple[UnitFate, ...]
    seats: tuple[SeatFate, ...]
    lines: tuple[LineFate, ...]
    moved_seats: tuple[int, ...]
    ended_seats: tuple[int, ...]
    held: int
    problems: tuple[Problem, ...]
    needs: tuple[NeedFate, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether all stays as it is, though nothing stands in the way."""
        return not (self.units or self.seats or self.lines or self.needs or self.blocked)

    @property
    def blocked(self) -> bool:
        """Whether something stands in the way."""
        return any(problem.severity == "block" for problem in self.problems)

    @property
    def mark(self) -> str:
        """Tells whether somebody decides on what he has seen: another one as soon as anything is otherwise.
        SHA-256, hexadecimal."""
        told = {name: value for name, value in asdict(self).items() if name != "problems"}
        for part in ("seats", "lines"):
            told[part] = [{key: fate[key] for key in fate if key not in _NEW} for fate in told[part]]
        told["problems"] = [(each.severity, each.message) for each in self.problems]
        return sha256_hex(canonical_json(told))


_UNIT_FACTS = ("kind", "short_name", "unit_class", "is_opd")
_SEAT_FACTS = ("job_class", "frozen", "note")


@dataclass(frozen=True)
class State:
    """Units, seats, lines and needs on a day by their keys, as known now: what identifies each, then facts in
    the order of ``_UNIT_FACTS`` and ``_SEAT_FACTS``."""

    units: dict[str, tuple[Any, ...]]
    seats: dict[int, tuple[Any, ...]]
    lines: dict[int, int]
    needs: dict[tuple[str, str, str], int]

    def unit_of(self, seat: int | None) -> str:
        """The code of the unit in which a seat is; '' for none."""
        return str(self.seats[seat][2]) if seat in self.seats else ""

    @classmethod
    def load(cls, on: date) -> State:
        """In four queries."""
        units = fetch(
            f"SELECT u.code, r.name, COALESCE(p.code, ''), r.{', r.'.join(_UNIT_FACTS)} "
            "FROM organisation_unitrow r "
            "JOIN organisation_unit u ON u.id = r.unit_id "
            "LEFT JOIN organisation_unit p ON p.id = r.parent_id "
            "WHERE r.superseded_at IS NULL AND r.period @> %(on)s::date ORDER BY u.code",
            {"on": on},
        )
        seats = fetch(
            f"SELECT s.seat_id, s.uid, s.post_name, u.code, s.is_head, s.{', s.'.join(_SEAT_FACTS)} "
            "FROM organisation_seats(%(on)s::date) s "
            "JOIN organisation_unit u ON u.id = s.unit_id ORDER BY s.seat_id",
            {"on": on},
        )
        lines = fetch(
            "SELECT seat_id, superior_id FROM organisation_line WHERE superseded_at IS NULL "
            "AND period @> %(on)s::date",
            {"on": on},
        )
        needs = fetch(
            "SELECT u.code, t.name, t.jenjang, w.needed "
            "FROM organisation_workload w JOIN organisation_unit u ON u.id = w.unit_id "
            "JOIN organisation_post t ON t.id = w.post_id "
            "WHERE w.superseded_at IS NULL AND w.period @> %(on)s::date",
            {"on": on},
        )
        return cls(
            {row[0]: tuple(row[1:]) for row in units},
            {row[0]: tuple(row[1:]) for row in seats},
            dict(lines),
            {(unit, post, jenjang): needed for unit, post, jenjang, needed in needs},
        )


def unit_fates(
    before: State, after: State, lineage: Collection[tuple[str | None, str | None, Step]]
) -> tuple[UnitFate, ...]:
    """Units that differ, and those that the plan names."""
    steps: dict[str, list[Step]] = {}
    for old, new, step in lineage:
        for code in {old, new} - {None}:
            steps.setdefault(str(code), []).append(step)
    differing = {
        code
        for code in before.units.keys() | after.units.keys()
        if before.units.get(code) != after.units.get(code)
    }
    nothing = ("", "")
    found = []
    for code in sorted(differing | set(steps)):
        was, becomes = before.units.get(code, nothing), after.units.get(code, nothing)
        told = tuple(dict.fromkeys(steps.get(code, ())))
        shifts = _shifts(_UNIT_FACTS, was[2:], becomes[2:]) if was[0] and becomes[0] else ()
        found.append(UnitFate(code, was[0], becomes[0], was[1], becomes[1], told, shifts))
    return tuple(found)


def seat_fates(before: State, after: State, into: dict[int, str]) -> tuple[SeatFate, ...]:
    """Seats whose unit, post or lead differs, in the order of their making."""
    found = []
    for seat in sorted(before.seats.keys() | after.seats.keys()):
        was, becomes = before.seats.get(seat), after.seats.get(seat)
        if was == becomes:
            continue
        either: Any = becomes or was
        found.append(
            SeatFate(
                seat,
                either[0],
                either[1],
                was[2] if was else "",
                becomes[2] if becomes else "",
                was[3] if was else False,
                becomes[3] if becomes else False,
                into.get(seat, ""),
                _shifts(_SEAT_FACTS, was[4:] if was else (), becomes[4:]) if becomes else (),
            )
        )
    return tuple(found)


def need_fates(before: State, after: State) -> tuple[NeedFate, ...]:
    """Needs that differ, by unit and post."""
    keys = sorted(before.needs.keys() | after.needs.keys())
    found = (NeedFate(*key, before.needs.get(key), after.needs.get(key)) for key in keys)
    return tuple(fate for fate in found if fate.before != fate.after)


def _shifts(names: Sequence[str], before: Sequence[Any], after: Sequence[Any]) -> tuple[Shift, ...]:
    """Facts that differ; of a new thing those that say something."""
    pairs = zip(names, before or [None] * len(names), after, strict=True)
    found = (Shift(name, was, becomes) for name, was, becomes in pairs)
    return tuple(each for each in found if each.before != each.after and (before or each.after))


def line_fates(before: State, after: State) -> tuple[LineFate, ...]:
    """Seats that stand afterwards and report to somebody else."""
    posts = {seat: values[1] for state in (before, after) for seat, values in state.seats.items()}

    def named(seat: int | None) -> str | None:
        return None if seat is None else posts.get(seat, "")

    def told(seat: int) -> LineFate:
        was, becomes = before.lines.get(seat), after.lines.get(seat)
        return LineFate(
            seat, posts[seat], named(was), named(becomes),
            after.seats[seat][2], before.unit_of(was), after.unit_of(becomes),
        )  # fmt: skip

    changed = (seat for seat in sorted(after.seats) if before.lines.get(seat) != after.lines.get(seat))
    return tuple(told(seat) for seat in changed)
