"""What happens in pay, for the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pamong.kernel.clock import format_month
from pamong.ledger.events import Event
from pamong.pay.choices import OutFile, StepKind


@dataclass(frozen=True, slots=True)
class LawInForce(Event):
    """The files of a region's law were put in force: what computes from now on, by which document and which
    decision (None for the opening of an installation). ``values``: the hash under which their
    values were kept.
    """

    kind: ClassVar[str] = "law.in_force"
    log: ClassVar[str] = "rules"
    profile: str
    ground: str
    files: Mapping[str, str]
    values: str = ""
    decision: UUID | None = None

    def public(self) -> Mapping[str, Any]:
        told = {"values": self.values, "decision": self.decision}
        return {
            "profile": self.profile,
            "ground": self.ground,
            "files": dict(self.files),
            **{name: value for name, value in told.items() if value},
        }

    def sentence(self) -> str:
        return f"Aturan hitung '{self.profile or 'nasional'}' diberlakukan: {self.ground}."


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
    """A month's slips were published.

    ``slips``: the root over all of them as items (``items``), with salts; ``content``: the hash over what
    they say, which the same facts and law give again.
    """

    kind: ClassVar[str] = "pay.run_published"
    uid: UUID
    month: date
    people: int
    gross: int
    net: int
    slips: str
    content: str

    def public(self) -> Mapping[str, Any]:
        return {
            "uid": self.uid,
            "month": self.month,
            "people": self.people,
            "gross": self.gross,
            "net": self.net,
            "slips": self.slips,
            "content": self.content,
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


@dataclass(frozen=True, slots=True)
class ListsOpened(Event):
    """The lists of a month were made, or filled anew, from a run. Amounts in rupiah, over these lists."""

    kind: ClassVar[str] = "pay.lists_opened"
    run: UUID
    month: date
    made: int
    replaced: int
    people: int
    gross: int

    def public(self) -> Mapping[str, Any]:
        return {
            "run": self.run,
            "month": self.month,
            "made": self.made,
            "replaced": self.replaced,
            "people": self.people,
            "gross": self.gross,
        }

    def sentence(self) -> str:
        month = format_month(self.month.year, self.month.month)
        return f"Daftar pembayaran TPP {month} disusun: {self.made} dibuat, {self.replaced} diganti."

    def link(self) -> str:
        return f"/tpp/bulan/{self.month:%Y-%m}/"


@dataclass(frozen=True, slots=True)
class ListMoved(Event):
    """A list went one step on, or back to the start; ``hash`` is that of its items.

    ``signed``: where it was signed, what the recapitulation says (``path.binding``). Of that the entry holds
    commitments.
    """

    kind: ClassVar[str] = "pay.list_moved"
    uid: UUID
    step: UUID
    done: StepKind
    reference: str
    opd: str
    people: int
    gross: int
    net: int
    hash: str
    numbers: Mapping[str, str]
    signed: Mapping[str, Any] = field(default_factory=dict)

    def public(self) -> Mapping[str, Any]:
        return {
            "uid": self.uid,
            "step": self.step,
            "done": self.done.value,
            "reference": self.reference,
            "people": self.people,
            "gross": self.gross,
            "net": self.net,
            "hash": self.hash,
            **self.numbers,
        }

    def personal(self) -> Mapping[str, Any]:
        return self.signed

    def data_subject(self) -> UUID | None:
        return None

    def sentence(self) -> str:
        return f"{self.reference}, {self.opd}: {self.done.label}."

    def link(self) -> str:
        return f"/tpp/bulan/daftar/{self.uid}/"


@dataclass(frozen=True, slots=True)
class ItemHeld(Event):
    """Whether somebody is paid by a list was changed: held, or released again."""

    kind: ClassVar[str] = "pay.item_held"
    uid: UUID
    item: UUID
    step: UUID
    held: bool
    name: str
    reason: str
    person: UUID

    def public(self) -> Mapping[str, Any]:
        return {"uid": self.uid, "item": self.item, "step": self.step, "held": self.held}

    def personal(self) -> Mapping[str, Any]:
        return {"name": self.name, "reason": self.reason}

    def data_subject(self) -> UUID | None:
        return self.person

    def sentence(self) -> str:
        done = "ditangguhkan" if self.held else "kembali dibayarkan"
        return f"Pembayaran TPP satu orang {done}."

    def link(self) -> str:
        return f"/tpp/bulan/daftar/{self.uid}/"


@dataclass(frozen=True, slots=True)
class PayFileMade(Event):
    """A file of a list was made for the treasury or the bank. ``total`` in rupiah."""

    kind: ClassVar[str] = "pay.file_made"
    uid: UUID
    list: UUID
    what: OutFile
    sha256: str
    people: int
    total: int

    def public(self) -> Mapping[str, Any]:
        return {
            "uid": self.uid,
            "list": self.list,
            "what": self.what.value,
            "sha256": self.sha256,
            "people": self.people,
            "total": self.total,
        }

    def sentence(self) -> str:
        return f"Berkas untuk {self.what.label} dibuat untuk {self.people} orang."

    def link(self) -> str:
        return f"/tpp/bulan/daftar/{self.list}/"


@dataclass(frozen=True, slots=True)
class TreasuryFileRead(Event):
    """A list of SP2D was read: how many lists it paid, how many of its rows did not fit."""

    kind: ClassVar[str] = "pay.treasury_file_read"
    uid: UUID
    month: date
    sha256: str
    paid: int
    refused: int

    def public(self) -> Mapping[str, Any]:
        return {
            "uid": self.uid,
            "month": self.month,
            "sha256": self.sha256,
            "paid": self.paid,
            "refused": self.refused,
        }

    def sentence(self) -> str:
        month = format_month(self.month.year, self.month.month)
        return f"Daftar SP2D {month} dibaca: {self.paid} daftar cair, {self.refused} baris tidak cocok."

    def link(self) -> str:
        return "/tpp/bulan/perbendaharaan/"


@dataclass(frozen=True, slots=True)
class BudgetDecided(Event):
    """A proposed budget of an OPD was agreed or refused by a second person. ``amount`` in rupiah."""

    kind: ClassVar[str] = "pay.budget_decided"
    uid: UUID
    opd: UUID
    year: int
    amount: int
    agreed: bool

    def public(self) -> Mapping[str, Any]:
        return {
            "uid": self.uid,
            "opd": self.opd,
            "year": self.year,
            "amount": self.amount,
            "agreed": self.agreed,
        }

    def sentence(self) -> str:
        done = "disetujui" if self.agreed else "ditolak"
        return f"Pagu TPP {self.year} satu perangkat daerah {done}."

    def link(self) -> str:
        return "/tpp/bulan/pagu/"


@dataclass(frozen=True, slots=True)
class BudgetProposed(Event):
    """A budget of an OPD was proposed; it holds once a second person agrees. ``amount`` in rupiah."""

    kind: ClassVar[str] = "pay.budget_proposed"
    uid: UUID
    opd: UUID
    year: int
    amount: int

    def public(self) -> Mapping[str, Any]:
        return {"uid": self.uid, "opd": self.opd, "year": self.year, "amount": self.amount}

    def sentence(self) -> str:
        return f"Pagu TPP {self.year} satu perangkat daerah diusulkan."

    def link(self) -> str:
        return "/tpp/bulan/pagu/"
