"""What the queries of pay return: frozen shapes, without the models behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from pamong.law.engine.evidence import Evidence
from pamong.pay.choices import LineKind, Mode, RunState, SlipState

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run in a list. Amounts in rupiah."""

    uid: UUID
    month: date
    profile: str
    profile_name: str
    zone: str
    mode: Mode
    state: RunState
    started_by: str
    started_at: datetime
    published_at: datetime | None
    stage: str
    done: int
    people: int
    computed: int
    held: int
    elsewhere: int
    problems: int
    gross: int
    tax: int
    health: int
    net: int
    ceiling: int
    earned: int
    fingerprint: str
    slips_hash: str
    failure: str

    def told_by(self, clock: Callable[[datetime], datetime]) -> RunRow:
        """The same run with its instants as a clock of the edge shows them, for files that tell them."""
        ended = self.published_at and clock(self.published_at)
        return replace(self, started_at=clock(self.started_at), published_at=ended)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that a run read."""

    kind: str
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class OpdRow:
    """Totals of one OPD. Amounts in rupiah."""

    name: str
    people: int
    computed: int
    held: int
    net: int


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One doubt, with its place."""

    number: int
    severity: str
    code: str
    file: str
    line: int | None
    column: str
    value: str
    message: str
    subject: str


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """How many problems of one kind a run has."""

    severity: str
    code: str
    count: int


@dataclass(frozen=True, slots=True)
class RunView:
    """A run with what its page tells. `evidence` counts the values of the law that it uses."""

    run: RunRow
    files: tuple[FileRow, ...]
    opd: tuple[OpdRow, ...]
    problems: tuple[ProblemKind, ...]
    evidence: Mapping[Evidence, int]


@dataclass(frozen=True, slots=True)
class SlipRow:
    """A slip in a list. `net` is None where there is no amount; `reason` then says why."""

    uid: UUID
    number: int
    nip: str
    name: str
    golongan: str
    job_class: int | None
    unit_name: str
    opd_name: str
    state: SlipState
    reason: str
    gross: int | None
    net: int | None
    died_on: date | None = None
    payee: str = ""  # who receives it, where it is not the person himself


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of a slip. `title` is the law's name for it; `code` asks for its explanation."""

    kind: LineKind
    code: str
    title: str
    method: str
    amount: int


@dataclass(frozen=True, slots=True)
class OwnSlip:
    """One's own slip of a month."""

    month: date
    slip: SlipRow


@dataclass(frozen=True, slots=True)
class SlipView:
    """A whole slip with its lines and the run that it belongs to."""

    slip: SlipRow
    kind: str
    post_name: str
    pay_group: str
    ceiling: int | None
    earned: int | None
    tax: int | None
    health: int | None
    lines: tuple[LineRow, ...]
    run: RunRow


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value of the law that two runs differ in. `rows`: which part of it, the old words, the new ones."""

    key: str
    title: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a long list: `number` counts from 1."""

    rows: tuple[T, ...]
    number: int
    pages: int
    total: int
