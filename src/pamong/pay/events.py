"""What happens in pay, for the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pamong.kernel.clock import format_month
from pamong.ledger.events import Event


@dataclass(frozen=True, slots=True)
class RunStarted(Event):
    """A month's computation was asked for."""

    kind: ClassVar[str] = "pay.run_started"
    uid: UUID
    month: date
    profile: str
    mode: str
    fingerprint: str
    inputs_hash: str

    def public(self) -> Mapping[str, Any]:
        return {
            "uid": self.uid,
            "month": self.month,
            "profile": self.profile,
            "mode": self.mode,
            "fingerprint": self.fingerprint,
            "inputs": self.inputs_hash,
        }

    def sentence(self) -> str:
        return f"Hitungan TPP {format_month(self.month.year, self.month.month)} dimulai."

    def link(self) -> str:
        return f"/tpp/hitungan/{self.uid}"


@dataclass(frozen=True, slots=True)
class RunPublished(Event):
    """A month's slips were published; `slips` is the hash over all of them."""

    kind: ClassVar[str] = "pay.run_published"
    uid: UUID
    month: date
    people: int
    gross: int
    net: int
    slips: str

    def public(self) -> Mapping[str, Any]:
        return {
            "uid": self.uid,
            "month": self.month,
            "people": self.people,
            "gross": self.gross,
            "net": self.net,
            "slips": self.slips,
        }

    def sentence(self) -> str:
        month = format_month(self.month.year, self.month.month)
        return f"Hitungan TPP {month} terbit untuk {self.people} orang."

    def link(self) -> str:
        return f"/tpp/hitungan/{self.uid}"


@dataclass(frozen=True, slots=True)
class RunWithdrawn(Event):
    """A run was cancelled before it was published."""

    kind: ClassVar[str] = "pay.run_cancelled"
    uid: UUID
    month: date

    def public(self) -> Mapping[str, Any]:
        return {"uid": self.uid, "month": self.month}

    def sentence(self) -> str:
        return f"Hitungan TPP {format_month(self.month.year, self.month.month)} dibatalkan sebelum terbit."


@dataclass(frozen=True, slots=True)
class PaidListCompared(Event):
    """A list that was paid was compared with a run."""

    kind: ClassVar[str] = "pay.paid_list_compared"
    uid: UUID
    run: UUID
    sha256: str
    people: int
    same: int
    paid: int
    computed: int
    unknown: int

    def public(self) -> Mapping[str, Any]:
        return {
            "uid": self.uid,
            "run": self.run,
            "sha256": self.sha256,
            "people": self.people,
            "same": self.same,
            "paid": self.paid,
            "computed": self.computed,
            "unknown": self.unknown,
        }

    def sentence(self) -> str:
        return "Daftar yang sudah dibayar dibandingkan dengan hitungan."

    def link(self) -> str:
        return f"/tpp/banding/{self.uid}/"
