"""What the reads of the path return: frozen shapes, without the models behind them. Amounts in rupiah."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pamong.access.policies import Answer
from pamong.pay.choices import ItemState, ListKind, Mode, OutFile, PathState, Payee, StepKind


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list in the table of a month. ``gross_before`` is what the main list of the month before came to."""

    uid: UUID
    reference: str
    month: date
    opd_name: str
    kind: ListKind
    number: int
    state: PathState
    people: int
    held: int
    gross: int
    tax: int
    health: int
    net: int
    entered: bool
    spm_number: str
    spm_on: date | None
    sp2d_number: str
    sp2d_on: date | None
    gross_before: int | None = None
    over_budget: int = 0

    @property
    def change(self) -> int | None:
        """How much more than the month before; None where that had no list."""
        return None if self.gross_before is None else self.gross - self.gross_before


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the path: how many lists stand in it, with how many people, held ones, for how much."""

    state: PathState
    lists: int
    people: int
    held: int
    gross: int


@dataclass(frozen=True, slots=True)
class Beside:
    """Why people of a run stand on no list, how many they are, and of one list's office their names. Who lack
    different counts of days for the same cause stand together; ``ending`` is what their reasons end in."""

    state: str
    reason: str
    people: int
    ending: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunChoice:
    """A published run from which lists can be made, or made anew. ``newer`` than what lists rest on.
    ``meant``: for which region, and what for."""

    uid: UUID
    meant: str
    published_at: datetime
    computed: int
    newer: bool


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month as a path: the stages, the lists, who stands beside them, and the month before."""

    month: date
    months: tuple[date, ...]
    stages: tuple[Stage, ...]
    lists: tuple[ListRow, ...]
    beside: tuple[Beside, ...]
    run: RunChoice | None
    other: RunChoice | None  # a newer one of another kind, while no list is signed
    gross: int
    gross_before: int | None
    may_open: Answer


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One person on a list. ``own`` is who looks; ``stale`` tells that the newest run says otherwise."""

    uid: UUID
    person: UUID
    slip: UUID | None
    nip: str
    name: str
    service_month: date
    sequence: int
    gross: int
    tax: int
    health: int
    net: int
    state: ItemState
    reason: str
    payee: Payee
    own: bool
    account: bool
    stale: bool


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of a list's story; ``decision`` is that by which a signature was given."""

    kind: StepKind
    by: str
    at: datetime
    note: str
    subject: str
    decision: UUID | None = None


@dataclass(frozen=True, slots=True)
class FileOut:
    """A file of a list that was made."""

    uid: UUID
    kind: OutFile
    name: str
    sha256: str
    people: int
    total: int
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Next:
    """The next step of a list: what it is, whether the actor may do it, why not, and by which right."""

    step: StepKind
    may: Answer
    permission: str


@dataclass(frozen=True, slots=True)
class BudgetView:
    """The budget of a list's OPD in its year; ``left`` after what is paid, on its way and this list."""

    amount: int
    used: int
    on_its_way: int
    left: int


@dataclass(frozen=True, slots=True)
class ListView:
    """A list with its people, its story, its files and what comes next. ``arrears``: how many of the office
    wait for a list of arrears, told to who may open one. ``closing``: the decision by which it is closed."""

    row: ListRow
    items: tuple[ItemRow, ...]
    steps: tuple[StepRow, ...]
    files: tuple[FileOut, ...]
    next: Next | None
    may_hold: Answer
    may_reopen: Answer
    may_add: Answer
    may_files: Answer
    arrears: int
    budget: BudgetView | None
    items_hash: str
    spp_number: str
    mode: Mode | None
    region: str
    beside: tuple[Beside, ...]
    closing: UUID | None = None

    @property
    def included(self) -> tuple[ItemRow, ...]:
        """Who is paid by the list."""
        return tuple(item for item in self.items if item.state is ItemState.INCLUDED)

    @property
    def held(self) -> tuple[ItemRow, ...]:
        """Who is held on it."""
        return tuple(item for item in self.items if item.state is ItemState.HELD)

    @property
    def without_account(self) -> tuple[ItemRow, ...]:
        """Who is to be paid and has no bank account."""
        return tuple(item for item in self.included if not item.account)

    @property
    def stale(self) -> int:
        """How many of those paid the newest run says something else about."""
        return sum(item.stale for item in self.included)
