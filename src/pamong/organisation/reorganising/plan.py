"""The plan of a reorganisation as JSON, and what it says unit by unit and seat by seat.

    {"steps": [
       {"step": "create", "new": [{"code": "x", "unit": {"name": ..., "kind": ..., "parent": ...}}]},
       {"step": "rename", "old": ["a"], "unit": {"name": ...}},
       {"step": "move",   "old": ["a"], "unit": {"parent": "b"}},
       {"step": "merge",  "old": ["a", "b"], "new": [{"code": "c", "unit": {...}}]},
       {"step": "split",  "old": ["a"], "new": [{"code": "a1", "unit": {...}}, {"code": "a2", ...}]},
       {"step": "close",  "old": ["a"], "into": "b"}],
     "seats": [
       {"seat": "<uid>", "unit": "c", "is_head": false, "post": "<uid>", "job_class": 8, "superior": "<uid>"},
       {"seat": "<uid>", "close": true, "into": "<key of a new seat, or uid>"}],
     "new_seats": [{"key": "k1", "unit": "c", "post": "<uid>", "count": 1, "job_class": 9, "is_head": true}]}

A unit that comes out of a merge or a split has what it does not name from the first old one. ``new`` may name
one of the old units, or another that exists: it goes on. A seat that moves stays the same seat, so whoever
holds it moves along and needs no new appointment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pamong.kernel.problem import Problem
from pamong.organisation.choices import CLASSES, Step
from pamong.organisation.errors import problem

_SEAT_VALUES = ("is_head", "job_class", "note", "frozen")


@dataclass(frozen=True, slots=True)
class SeatMove:
    """What becomes of one seat. ``unit`` is a code; ``into`` says to which seat a closed one gives way."""

    seat: UUID
    unit: str | None
    close: bool
    into: str
    values: Mapping[str, Any]
    post: UUID | None
    superior: UUID | None


@dataclass(frozen=True, slots=True)
class NewSeats:
    """Seats to be made."""

    key: str
    unit: str
    post: UUID
    count: int
    job_class: int | None
    is_head: bool


@dataclass
class PlannedUnits:
    """The steps, unit by unit. ``heirs``: to which unit goes what a closed one has, unless said otherwise."""

    created: dict[str, dict[str, Any]] = field(default_factory=dict)
    changed: dict[str, dict[str, Any]] = field(default_factory=dict)
    models: dict[str, str] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    heirs: dict[str, str] = field(default_factory=dict)
    lineage: list[tuple[str | None, str | None, Step]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def codes(self) -> set[str]:
        """Every unit that a step names."""
        named = {code for pair in self.lineage for code in pair[:2] if code is not None}
        return named | set(self.created) | set(self.changed)


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan that could be read: ``problems`` are those of its form."""

    units: PlannedUnits
    seats: tuple[SeatMove, ...]
    new_seats: tuple[NewSeats, ...]
    problems: tuple[Problem, ...]


def read(plan: Mapping[str, Any], existing: Mapping[str, int]) -> ReadPlan:
    """Read a plan; ``existing`` are the codes of units that stand on its date."""
    units = PlannedUnits()
    steps = plan.get("steps") or []
    if not steps and not plan.get("seats") and not plan.get("new_seats"):
        units.problems.append(problem("plan_empty", "Rancangan penataan masih kosong. Isi langkahnya."))
    for number, raw in enumerate(steps, 1):
        _step(units, number, raw, existing)
    problems = list(units.problems)
    problems += _clashes(units)
    seats = [_seat(number, raw, problems) for number, raw in enumerate(plan.get("seats") or [], 1)]
    new = [_new_seats(number, raw, problems) for number, raw in enumerate(plan.get("new_seats") or [], 1)]
    kept = [move for move in seats if move]
    problems += _named_twice(kept)
    return ReadPlan(units, tuple(kept), tuple(item for item in new if item), tuple(problems))


def _step(units: PlannedUnits, number: int, raw: Mapping[str, Any], existing: Mapping[str, int]) -> None:
    where = f"Langkah {number}"
    if raw.get("step") not in set(Step):
        units.problems.append(
            problem("step_unknown", f"{where}: '{raw.get('step')}' bukan langkah penataan.")
        )
        return
    step = Step(raw["step"])
    old = [str(code) for code in raw.get("old") or []]
    new = [(str(item.get("code", "")), dict(item.get("unit") or {})) for item in raw.get("new") or []]
    if sentence := _form(step, old, new):
        units.problems.append(problem("step_form", f"{where}: {sentence}"))
        return
    missing = [code for code in old if code not in existing and code not in units.created]
    units.problems += [
        problem("unit_unknown", f"{where}: unit '{code}' tidak ada pada tanggal penataan.", code)
        for code in missing
    ]
    if missing:
        return
    if step in (Step.RENAME, Step.MOVE):
        group = units.created if old[0] in units.created else units.changed
        group.setdefault(old[0], {}).update(raw.get("unit") or {})
        units.lineage.append((old[0], old[0], step))
    elif step is Step.CLOSE:
        _close(units, old, str(raw.get("into") or ""))
    else:
        _renew(units, step, old, new, existing)


def _form(step: Step, old: Sequence[str], new: Sequence[tuple[str, Any]]) -> str:
    wanted = {
        Step.CREATE: (0, 0, 1, 99),
        Step.RENAME: (1, 1, 0, 0),
        Step.MOVE: (1, 1, 0, 0),
        Step.MERGE: (2, 99, 1, 1),
        Step.SPLIT: (1, 1, 2, 99),
        Step.CLOSE: (1, 99, 0, 0),
    }[step]
    if not wanted[0] <= len(old) <= wanted[1]:
        return f"jumlah unit lama tidak sesuai untuk langkah '{step.label}'."
    if not wanted[2] <= len(new) <= wanted[3]:
        return f"jumlah unit baru tidak sesuai untuk langkah '{step.label}'."
    return ""


def _close(units: PlannedUnits, old: Sequence[str], into: str) -> None:
    for code in old:
        units.closed.add(code)
        units.lineage.append((code, into or None, Step.CLOSE))
        if into:
            units.heirs[code] = into


def _renew(
    units: PlannedUnits,
    step: Step,
    old: Sequence[str],
    new: Sequence[tuple[str, dict[str, Any]]],
    existing: Mapping[str, int],
) -> None:
    for code, values in new:
        if code in existing:
            units.changed.setdefault(code, {}).update(values)
        elif code in units.created:
            units.problems.append(problem("unit_twice", f"Unit '{code}' dibentuk dua kali.", code))
        else:
            units.created[code] = values
            if old:
                units.models[code] = old[0]
        units.lineage += [(before, code, step) for before in old] or [(None, code, step)]
    going_on = {code for code, _ in new}
    for code in old:
        if code not in going_on:
            units.closed.add(code)
            if step is Step.MERGE:
                units.heirs[code] = new[0][0]


def _clashes(units: PlannedUnits) -> list[Problem]:
    both = units.closed & (set(units.changed) | set(units.created))
    return [
        problem("unit_twice", f"Unit '{code}' ditutup dan juga diubah dalam penataan ini. Pilih satu.", code)
        for code in sorted(both)
    ]


def _seat(number: int, raw: Mapping[str, Any], problems: list[Problem]) -> SeatMove | None:
    try:
        _class(raw.get("job_class"))
        return SeatMove(
            UUID(str(raw["seat"])),
            str(raw["unit"]) if raw.get("unit") else None,
            bool(raw.get("close")),
            str(raw.get("into") or ""),
            {name: raw[name] for name in _SEAT_VALUES if name in raw},
            UUID(str(raw["post"])) if raw.get("post") else None,
            UUID(str(raw["superior"])) if raw.get("superior") else None,
        )
    except (KeyError, ValueError):
        problems.append(
            problem("seat_form", f"Posisi {number}: pengenal atau kelas jabatannya tidak terbaca.")
        )
        return None


def _new_seats(number: int, raw: Mapping[str, Any], problems: list[Problem]) -> NewSeats | None:
    try:
        count, job_class = int(raw.get("count", 1)), _class(raw.get("job_class"))
        if count < 1 or (raw.get("is_head") and count != 1):
            raise ValueError(count)
        return NewSeats(
            str(raw.get("key") or number), str(raw["unit"]), UUID(str(raw["post"])), count,
            job_class, bool(raw.get("is_head")),
        )  # fmt: skip
    except (KeyError, ValueError):
        problems.append(
            problem("seat_form", f"Posisi baru {number}: unit, jabatan, jumlah, atau kelasnya tidak terbaca.")
        )
        return None


def _class(value: Any) -> int | None:
    """The class of a seat; ``ValueError`` where there is no such class."""
    if value is None:
        return None
    if int(value) not in CLASSES:
        raise ValueError(value)
    return int(value)


def _named_twice(moves: Sequence[SeatMove]) -> list[Problem]:
    seen: set[UUID] = set()
    twice = [move.seat for move in moves if move.seat in seen or seen.add(move.seat)]  # type: ignore[func-returns-value]
    return [problem("seat_twice", f"Posisi {seat} disebut dua kali. Sisakan satu.") for seat in twice]
