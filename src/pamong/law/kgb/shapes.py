"""What is asked about a periodic raise, and what is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pamong.law.engine.evidence import Citation, Evidence

PNS, PPPK, PART_TIME = ("PNS", "CPNS"), ("PPPK", "PPPK_PW"), "PPPK_PW"


class State(StrEnum):
    """Whether a condition is fulfilled; what is not known is neither."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The state as users read it."""
        return {"met": "Terpenuhi", "not_met": "Belum terpenuhi", "unknown": "Belum diketahui"}[self]


class Effect(StrEnum):
    """What a condition does to the raise: it lets it pass, asks for a written reason, or keeps it back."""

    ALLOW = "allow"
    WARN = "warn"
    BLOCK = "block"

    @property
    def label(self) -> str:
        """The effect as users read it."""
        return {"allow": "Boleh diteruskan", "warn": "Perlu alasan tertulis", "block": "Belum boleh"}[self]


class Code(StrEnum):
    """The conditions, in the order in which they are told."""

    SERVICE = "service"
    PREDICATE = "predicate"
    DELAY = "delay"
    DISCIPLINE = "discipline"
    STANDING = "standing"
    PART_TIME = "part_time"
    CONTRACT = "contract"

    @property
    def label(self) -> str:
        """The condition as users read it."""
        return _TITLES[self]


_TITLES = {
    "service": "Masa kerja golongan",
    "predicate": "Predikat kinerja",
    "delay": "Penundaan",
    "discipline": "Hukuman disiplin dan keberatan",
    "standing": "Kedudukan hukum",
    "part_time": "Pegawai paruh waktu",
    "contract": "Lama perjanjian kerja",
}


class Ground(StrEnum):
    """Why a raise is delayed: two different things by two different laws."""

    PERFORMANCE = "performance"
    DISCIPLINE = "discipline"

    @property
    def label(self) -> str:
        """The ground as users read it."""
        return {"performance": "karena kinerja", "discipline": "sebagai hukuman disiplin"}[self]


@dataclass(frozen=True, slots=True)
class Step:
    """The last salary step: golongan now, and the years and months of service in it on the day it began."""

    golongan: str
    years: int
    months: int
    since: date

    @property
    def served(self) -> int:
        """Months of service in the golongan when the step began."""
        return self.years * 12 + self.months


@dataclass(frozen=True, slots=True)
class Delay:
    """A delay by decision: from `since`, before `until`."""

    ground: Ground
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Away:
    """Days that are no service by law, as unpaid leave: from `since`, before `until`; None for no end yet."""

    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Sanction:
    """A disciplinary sanction that runs, or an objection or appeal against one."""

    what: str
    objection: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of somebody. `kind`: PNS, CPNS, PPPK or PPPK_PW; `predicates` by year, in small letters.

    None is not known: no step on record, no register of sanctions, no length of the contract in months.
    """

    kind: str
    standing: str
    step: Step | None
    predicates: Mapping[int, str] = field(default_factory=dict)
    delays: tuple[Delay, ...] = ()
    sanctions: tuple[Sanction, ...] | None = None
    contract_months: int | None = None
    away: tuple[Away, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """When a raise falls due. `due_on`: the service is reached; `effective_on`: after all delays known.

    `row`: the years of the salary table's row that is reached then; `first`: the one after the lowest row of
    a golongan whose first interval is shorter; `deadline`: the last day to issue the paper, None where no
    text names one; `disciplined`: a disciplinary delay lies between. `away`: months before it that are no
    service.
    """

    due_on: date
    effective_on: date
    row: int
    first: bool
    deadline: date | None
    disciplined: bool
    away: int = 0


@dataclass(frozen=True, slots=True)
class NotDue:
    """No raise is due at any day: the table ends (`ended`), or it is not known (`ended` False)."""

    ended: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class NewStep:
    """What the raise makes of a step: rupiah a month by the table, before and after; None is not known.

    `years` and `months` of service on the day; both None where it is not known whether a delay counts. A CPNS
    is paid his share of it.
    """

    golongan: str
    years: int | None
    months: int | None
    base_before: int | None
    base_after: int | None
    citation: Citation | None
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: its answer, what it does, and why, as an Indonesian sentence.

    `value` and `threshold` are for people; `leads_to` is "delay" where the law asks for a decision to delay.
    """

    code: Code
    state: State
    effect: Effect
    value: str
    threshold: str
    citation: Citation | None
    evidence: Evidence | None
    sentence: str
    leads_to: str = ""


def worst(found: Iterable[Condition]) -> Effect:
    """What all conditions together do."""
    order = list(Effect)
    return max((each.effect for each in found), key=order.index, default=Effect.ALLOW)
