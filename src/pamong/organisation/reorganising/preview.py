"""What becomes of units, seats and lines: the state on the day, before and after, side by side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pamong.kernel.problem import Problem
from pamong.organisation.choices import Step
from pamong.organisation.sql import fetch


@dataclass(frozen=True, slots=True)
class UnitFate:
    """A unit before and after; empty texts where it does not stand. ``steps``: what the plan says of it."""

    code: str
    name_before: str
    name_after: str
    parent_before: str
    parent_after: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class SeatFate:
    """A seat before and after. ``unit_before`` is empty for a new seat, ``unit_after`` for one that ends."""

    seat_id: int
    uid: UUID
    post: str
    unit_before: str
    unit_after: str
    head_before: bool
    head_after: bool
    into: str = ""


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
class Preview:
    """All that a reorganisation does, and all that stands in its way.

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


@dataclass(frozen=True)
class State:
    """Units, seats and lines on a day by their keys, as known now."""

    units: dict[str, tuple[str, str]]
    seats: dict[int, tuple[UUID, str, str, bool]]
    lines: dict[int, int]

    def unit_of(self, seat: int | None) -> str:
        """The code of the unit in which a seat is; '' for none."""
        return self.seats[seat][2] if seat in self.seats else ""

    @classmethod
    def load(cls, on: date) -> State:
        """In three queries."""
        units = fetch(
            "SELECT u.code, r.name, COALESCE(p.code, '') FROM organisation_unitrow r "
            "JOIN organisation_unit u ON u.id = r.unit_id "
            "LEFT JOIN organisation_unit p ON p.id = r.parent_id "
            "WHERE r.superseded_at IS NULL AND r.period @> %(on)s::date ORDER BY u.code",
            {"on": on},
        )
        seats = fetch(
            "SELECT s.seat_id, s.uid, s.post_name, u.code, s.is_head FROM organisation_seats(%(on)s::date) s "
            "JOIN organisation_unit u ON u.id = s.unit_id ORDER BY s.seat_id",
            {"on": on},
        )
        lines = fetch(
            "SELECT seat_id, superior_id FROM organisation_line WHERE superseded_at IS NULL "
            "AND period @> %(on)s::date",
            {"on": on},
        )
        return cls(
            {code: (name, parent) for code, name, parent in units},
            {row[0]: tuple(row[1:]) for row in seats},
            dict(lines),
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
        found.append(UnitFate(code, was[0], becomes[0], was[1], becomes[1], told))
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
            )
        )
    return tuple(found)


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
