"""What happens to differences and overpayments, for the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pamong.kernel.clock import format_month
from pamong.ledger.events import Event


@dataclass(frozen=True, slots=True)
class DifferencesPosted(Event):
    """What a paid month comes out differently by was written down; ``hash`` is over all lines. Rupiah."""

    kind: ClassVar[str] = "pay.differences_posted"
    uid: UUID
    month: date
    people: int
    net: int
    fingerprint: str
    hash: str

    def public(self) -> Mapping[str, Any]:
        return {
            "uid": self.uid,
            "month": self.month,
            "people": self.people,
            "net": self.net,
            "fingerprint": self.fingerprint,
            "hash": self.hash,
        }

    def sentence(self) -> str:
        month = format_month(self.month.year, self.month.month)
        return f"Selisih TPP {month} dicatat untuk {self.people} orang."

    def link(self) -> str:
        return f"/tpp/selisih/?bulan={self.month:%Y-%m}"


@dataclass(frozen=True, slots=True)
class OverpaymentOpened(Event):
    """What was paid too much, and no allowance can take back, is owed to the treasury. Rupiah."""

    kind: ClassVar[str] = "pay.overpayment_opened"
    uid: UUID
    difference: UUID
    amount: int
    reason: str
    person: UUID

    def public(self) -> Mapping[str, Any]:
        return {"uid": self.uid, "difference": self.difference}

    def personal(self) -> Mapping[str, Any]:
        return {"amount": self.amount, "reason": self.reason}

    def data_subject(self) -> UUID | None:
        return self.person

    def sentence(self) -> str:
        return "Kelebihan bayar TPP satu orang dicatat."

    def link(self) -> str:
        return f"/tpp/kelebihan-bayar/{self.uid}/"


@dataclass(frozen=True, slots=True)
class PlanProposed(Event):
    """A plan of instalments for an overpayment was proposed."""

    kind: ClassVar[str] = "pay.plan_proposed"
    overpayment: UUID
    plan: UUID
    instalments: int
    amount: int
    document: str
    person: UUID

    def public(self) -> Mapping[str, Any]:
        return {"overpayment": self.overpayment, "plan": self.plan, "instalments": self.instalments}

    def personal(self) -> Mapping[str, Any]:
        return {"amount": self.amount, "document": self.document}

    def data_subject(self) -> UUID | None:
        return self.person

    def sentence(self) -> str:
        return f"Rencana angsuran kelebihan bayar diusulkan: {self.instalments} kali."

    def link(self) -> str:
        return f"/tpp/kelebihan-bayar/{self.overpayment}/"


@dataclass(frozen=True, slots=True)
class PlanDecided(Event):
    """Another person agreed to a plan of instalments, or refused it."""

    kind: ClassVar[str] = "pay.plan_decided"
    overpayment: UUID
    plan: UUID
    agreed: bool
    note: str
    person: UUID

    def public(self) -> Mapping[str, Any]:
        return {"overpayment": self.overpayment, "plan": self.plan, "agreed": self.agreed}

    def personal(self) -> Mapping[str, Any]:
        return {"note": self.note}

    def data_subject(self) -> UUID | None:
        return self.person

    def sentence(self) -> str:
        return f"Rencana angsuran kelebihan bayar {'disetujui' if self.agreed else 'ditolak'}."

    def link(self) -> str:
        return f"/tpp/kelebihan-bayar/{self.overpayment}/"


@dataclass(frozen=True, slots=True)
class DepositRecorded(Event):
    """A deposit (STS) for an overpayment was recorded, or one that was entered wrongly was reversed."""

    kind: ClassVar[str] = "pay.deposit_recorded"
    overpayment: UUID
    deposit: UUID
    sts_number: str
    amount: int
    note: str
    person: UUID

    def public(self) -> Mapping[str, Any]:
        return {"overpayment": self.overpayment, "deposit": self.deposit}

    def personal(self) -> Mapping[str, Any]:
        return {"sts_number": self.sts_number, "amount": self.amount, "note": self.note}

    def data_subject(self) -> UUID | None:
        return self.person

    def sentence(self) -> str:
        done = "dibatalkan" if self.amount < 0 else "dicatat"
        return f"Setoran kelebihan bayar dengan STS {done}."

    def link(self) -> str:
        return f"/tpp/kelebihan-bayar/{self.overpayment}/"
