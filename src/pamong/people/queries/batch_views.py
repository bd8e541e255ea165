"""Imports as pages and commands see them: a batch, its rows, its problems, its possible twins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.people.choices import BatchKind, BatchState, Outcome
from pamong.people.queries.rows import PersonRow


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How a file is read. ``on`` is the file's date: what it says holds from then on where it names no date.

    ``create_missing``: units, posts and seats that are lacking are made. ``day_first`` answers the question
    whether 01-02-2020 is 1 February; None while nobody had to answer.
    """

    on: date
    create_missing: bool = False
    day_first: bool | None = None

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> BatchOptions:
        """As a batch keeps them."""
        return cls(
            date.fromisoformat(stored["on"]), bool(stored.get("create_missing")), stored.get("day_first")
        )

    @property
    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "on": self.on.isoformat(), "create_missing": self.create_missing, "day_first": self.day_first
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class DroppedRecall:
    """Somebody wanted an import taken back and it stayed: ``why`` is '' where he thought better of it."""

    by: str
    at: datetime
    asked_by: str
    asked_why: str
    why: str

    @classmethod
    def of(cls, kept: Mapping[str, str]) -> DroppedRecall:
        """As a batch keeps it."""
        return cls(
            kept["by"], datetime.fromisoformat(kept["at"]), kept["asked_by"], kept["asked_why"], kept["why"]
        )


@dataclass(frozen=True, slots=True)
class BatchView:
    """One import. ``counts``: rows by ``Outcome``; ``written``: rows to store or stored, by kind of data.

    ``stage``, ``done`` and ``total`` (0: not known) while ``state.busy``; ``failure`` is why the last work
    ended without success, as a sentence. ``open_twins``: rows that wait for a decision.
    """

    id: int
    uid: UUID
    kind: BatchKind
    name: str
    sha256: str
    size: int
    options: BatchOptions
    state: BatchState
    counts: Mapping[Outcome, int]
    written: Mapping[str, int]
    problems: int
    stage: str
    done: int
    total: int
    failure: str
    checked_by: str
    checked_at: datetime
    applied_by: str
    applied_at: datetime | None
    recalled_by: str
    undone_by: str
    undone_at: datetime | None
    reason: str
    open_twins: int = 0
    altering: int = 0  # rows that change what stands
    decided: int = 0  # rows decided and not stored yet
    second: bool = True  # whether the actor has not brought the file, and it changes nothing of his
    own: bool = False  # whether it changes record or seat of the actor or of a declared relative
    first_by: str = ""  # who tried the file before whoever tried this batch
    mine: bool = False  # whether the actor may discard it: he has tried it, or the command line has
    altered: bool = False  # what is stored changed what stood: two take it back
    may_confirm: bool = False  # whether the actor may agree that it is taken back
    asked_recall: bool = False  # whether the actor asked that it is taken back
    drops: Sequence[DroppedRecall] = ()  # askings to take it back that came to nothing, oldest first
    closed_by: str = ""  # who refused or discarded it
    waits_for_me: bool = False  # whether it waits for the actor as the second officer

    @property
    def rows(self) -> int:
        """All rows that the file has something to say about."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class BatchPage:
    """One page of imports, and how many there are in all."""

    rows: Sequence[BatchView]
    total: int
    page: int
    last: int


@dataclass(frozen=True, slots=True)
class BatchRowView:
    """One row of the file. ``changes``: what is written, each (kind of data, from which date, words).

    ``person`` is the id of the person it is about, where he is known.
    """

    line: int
    outcome: Outcome
    label: str
    unit: str
    person: UUID | None
    changes: Sequence[tuple[str, date | None, str]]
    decision: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class BatchRowPage:
    """One page of rows, and how many there are in all."""

    rows: Sequence[BatchRowView]
    total: int
    page: int
    last: int


@dataclass(frozen=True, slots=True)
class ProblemView:
    """One problem; ``severity`` is block, warn or info; ``line`` None for one of the whole file."""

    severity: str
    code: str
    line: int | None
    column: str
    value: str
    message: str
    unit: str


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """One page of problems, and how many there are in all."""

    rows: Sequence[ProblemView]
    total: int
    page: int
    last: int


@dataclass(frozen=True, slots=True)
class UnitProblems:
    """Problems of one unit ('' where none is named): how many keep rows out, how many are doubts."""

    unit: str
    blocks: int
    doubts: int
    lines: int


@dataclass(frozen=True, slots=True)
class TwinRow:
    """A row that may be about somebody known already. ``why`` is 'nik' or 'name' (name and birth date).

    ``said`` is what the row says of him, (heading, text), NIK masked; ``people`` those whom it may be.
    ``problems`` say why an earlier decision does not hold.
    """

    line: int
    label: str
    unit: str
    why: str
    said: Sequence[tuple[str, str]]
    people: Sequence[PersonRow]
    niks: Mapping[UUID, str] = field(default_factory=dict)  # masked, by person
    decision: str = ""
    decided_by: str = ""
    person: UUID | None = None
    problems: Sequence[str] = ()
