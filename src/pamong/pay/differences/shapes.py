"""What the reads of differences return: frozen shapes, without the models behind them. Amounts in rupiah."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pamong.leave.queries import LeaveChange
from pamong.pay.choices import DifferenceCause, DifferenceState, ListKind, OverpaymentReason, PathState
from pamong.pay.differences.amounts import Amount


@dataclass(frozen=True, slots=True)
class MonthRow:
    """What all differences of a month of service come to; ``left`` has found no place yet."""

    month: date
    people: int
    more: int
    less: int
    left: int


@dataclass(frozen=True, slots=True)
class CauseRow:
    """What one cause changes in a month: people, and the sum of what they receive."""

    cause: DifferenceCause
    people: int
    net: int


@dataclass(frozen=True, slots=True)
class OpdSum:
    """What the differences of an office's people come to."""

    name: str
    people: int
    net: int


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One person's difference in a list. ``left`` is what has found no place yet."""

    uid: UUID
    person: UUID
    nip: str
    name: str
    opd_name: str
    month: date
    sequence: int
    gross: int
    net: int
    left: int
    state: DifferenceState
    causes: tuple[DifferenceCause, ...]


@dataclass(frozen=True, slots=True)
class LineView:
    """One cause of a difference with all that is known otherwise now: what, old, new."""

    cause: DifferenceCause
    amount: Amount
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """Where a part of a difference stands: on a list, or (without one) against another difference."""

    net: int
    reference: str
    month: date | None
    kind: ListKind | None
    state: PathState | None


@dataclass(frozen=True, slots=True)
class Story:
    """A difference as it came about: received before, known now, by which causes, and where it went.
    ``died``: what waits is the heirs'. ``leaves``: what became known of his leave in between."""

    row: DifferenceRow
    before: Amount
    amount: Amount
    lines: tuple[LineView, ...]
    parts: tuple[PartView, ...]
    slip: UUID
    base_list: UUID
    posted_at: datetime
    overpayment: UUID | None
    own: bool
    may_open: bool
    died: bool
    leaves: tuple[LeaveChange, ...]

    @property
    def after(self) -> Amount:
        """What the month comes to with it."""
        return self.before + self.amount


@dataclass(frozen=True, slots=True)
class OwingRow:
    """An overpayment in a list. ``balance`` is ``amount`` less ``recovered`` and ``deposited``."""

    uid: UUID
    person: UUID
    nip: str
    name: str
    opd_name: str
    month: date
    reason: OverpaymentReason
    opened_at: datetime
    amount: int
    recovered: int
    deposited: int

    @property
    def balance(self) -> int:
        """What is still owed."""
        return self.amount - self.recovered - self.deposited


@dataclass(frozen=True, slots=True)
class DueRow:
    """One instalment of a plan. ``paid``: what of it is covered by deposits since the plan was made."""

    number: int
    on: date
    amount: int
    paid: int


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan of instalments; ``agreed`` is None until another has decided."""

    uid: UUID
    amount: int
    document: str
    proposed_name: str
    made_at: datetime
    agreed: bool | None
    decided_name: str
    note: str
    dues: tuple[DueRow, ...]
    may_decide: bool


@dataclass(frozen=True, slots=True)
class DepositRow:
    """A deposit, or the reversal of one (``amount`` below nothing). ``reversed``: it counts no more."""

    uid: UUID
    sts_number: str
    paid_on: date
    amount: int
    note: str
    recorded_name: str
    reversed: bool


@dataclass(frozen=True, slots=True)
class OwingView:
    """One overpayment with its plans, the newest first, and its deposits."""

    row: OwingRow
    difference: UUID
    plans: tuple[PlanView, ...]
    deposits: tuple[DepositRow, ...]
    own: bool
    may_plan: bool
    may_deposit: bool
    may_reverse: bool
