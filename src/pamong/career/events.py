"""What happens in careers, as the ledger tells it. Who it is stays personal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pamong.kernel.clock import format_date, format_month
from pamong.ledger.events import Event


@dataclass(frozen=True, slots=True)
class DuePrepared(Event):
    """The list of raises that take effect in a month was worked out anew: rows that came and went."""

    kind: ClassVar[str] = "career.kgb_prepared"
    month: date
    due: int
    made: int
    gone: int
    rows_hash: str

    def public(self) -> Mapping[str, Any]:
        return {
            "month": self.month, "due": self.due, "made": self.made, "gone": self.gone,
            "rows_hash": self.rows_hash,
        }  # fmt: skip

    def sentence(self) -> str:
        named = format_month(self.month.year, self.month.month)
        return f"Daftar kenaikan gaji berkala {named} disiapkan: {self.due} pegawai."


@dataclass(frozen=True, slots=True)
class RaiseDelayed(Event):
    """Somebody's raise is delayed over some months, by an order."""

    kind: ClassVar[str] = "career.kgb_delayed"
    ground: str
    since: date
    until: date
    person: UUID
    order_no: str
    reason: str

    def public(self) -> Mapping[str, Any]:
        return {"ground": self.ground, "since": self.since, "until": self.until}

    def personal(self) -> Mapping[str, Any]:
        return {"person": self.person, "order_no": self.order_no, "reason": self.reason}

    def data_subject(self) -> UUID | None:
        return self.person

    def sentence(self) -> str:
        return f"Kenaikan gaji berkala seorang pegawai ditunda mulai {format_date(self.since)}."


@dataclass(frozen=True, slots=True)
class RaiseGiven(Event):
    """A raise was signed: from when it holds, and with whose salary it is paid."""

    kind: ClassVar[str] = "career.kgb_given"
    effective_on: date
    pay_month: date
    person: UUID
    order_no: str
    base_before: int
    base_after: int

    def public(self) -> Mapping[str, Any]:
        return {"effective_on": self.effective_on, "pay_month": self.pay_month}

    def personal(self) -> Mapping[str, Any]:
        return {
            "person": self.person, "order_no": self.order_no, "base_before": self.base_before,
            "base_after": self.base_after,
        }  # fmt: skip

    def data_subject(self) -> UUID | None:
        return self.person

    def sentence(self) -> str:
        return f"Kenaikan gaji berkala seorang pegawai ditetapkan mulai {format_date(self.effective_on)}."


@dataclass(frozen=True, slots=True)
class RaiseTakenBack(Event):
    """What an order about a raise did was taken back, because the order was annulled."""

    kind: ClassVar[str] = "career.kgb_taken_back"
    person: UUID
    order_no: str

    def public(self) -> Mapping[str, Any]:
        return {}

    def personal(self) -> Mapping[str, Any]:
        return {"person": self.person, "order_no": self.order_no}

    def data_subject(self) -> UUID | None:
        return self.person

    def sentence(self) -> str:
        return "Akibat sebuah keputusan kenaikan gaji berkala ditarik kembali."
