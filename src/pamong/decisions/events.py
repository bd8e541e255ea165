"""What happens to decisions, for the ledger. Who and what it is about is personal, save what a kind opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pamong.ledger.events import Event


@dataclass(frozen=True, slots=True)
class _OfDecision(Event):
    kind: ClassVar[str] = "decisions.decision"
    decision: UUID
    what: str
    title: str
    person: UUID | None

    def public(self) -> Mapping[str, Any]:
        return {"decision": self.decision, "what": self.what}

    def personal(self) -> Mapping[str, Any]:
        return {"person": self.person} if self.person else {}

    def data_subject(self) -> UUID | None:
        return self.person

    def sentence(self) -> str:
        return self.title

    def link(self) -> str:
        return f"/keputusan/{self.decision}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed(_OfDecision):
    """Something was proposed; ``gates`` are codes with their verdicts."""

    kind: ClassVar[str] = "decisions.proposed"
    open_content: Mapping[str, Any]
    content: Mapping[str, Any]
    gates: Mapping[str, str]

    def public(self) -> Mapping[str, Any]:
        return {**_OfDecision.public(self), "content": self.open_content, "gates": self.gates}

    def personal(self) -> Mapping[str, Any]:
        return {**_OfDecision.personal(self), "content": self.content}

    def sentence(self) -> str:
        return f"{self.title} diajukan."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(_OfDecision):
    """An official answered in a step; with the signature come the gates as they were then."""

    kind: ClassVar[str] = "decisions.answered"
    step: str
    answer: str
    office: str
    reach: str
    reason: str
    gates: Mapping[str, str]
    reasons: Mapping[str, str]
    content: Mapping[str, Any]

    def public(self) -> Mapping[str, Any]:
        told = {"step": self.step, "answer": self.answer, "office": self.office, "reach": self.reach}
        return {**_OfDecision.public(self), **told, "gates": self.gates}

    def personal(self) -> Mapping[str, Any]:
        told = {"reason": self.reason, "reasons": self.reasons, "content": self.content}
        return {**_OfDecision.personal(self), **{name: value for name, value in told.items() if value}}

    def sentence(self) -> str:
        return f"{self.title} dijawab oleh {self.office}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered(_OfDecision):
    """An order was numbered: its register, its number and date, and commitments to what it says: to its whole
    content by its hash (``document``), and to what whoever scans its code may read (``head``)."""

    kind: ClassVar[str] = "decisions.ordered"
    order: UUID
    register: str
    number: str
    place: int
    dated_on: date
    template: str
    template_sha256: str
    late: bool
    content_sha256: str
    head: Mapping[str, Any]

    def public(self) -> Mapping[str, Any]:
        return {
            **_OfDecision.public(self), "order": self.order, "register": self.register, "number": self.number,
            "place": self.place, "dated_on": self.dated_on, "template": self.template,
            "template_sha256": self.template_sha256, "late": self.late,
        }  # fmt: skip

    def personal(self) -> Mapping[str, Any]:
        told = {"document": {"content_sha256": self.content_sha256}, "head": self.head}
        return {**_OfDecision.personal(self), **told}

    def sentence(self) -> str:
        return f"{self.title} ditetapkan dengan nomor {self.number}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(_OfDecision):
    """It ended without a seal: refused, deferred or withdrawn."""

    kind: ClassVar[str] = "decisions.closed"
    state: str
    reason: str

    def public(self) -> Mapping[str, Any]:
        return {**_OfDecision.public(self), "state": self.state}

    def personal(self) -> Mapping[str, Any]:
        return {**_OfDecision.personal(self), **({"reason": self.reason} if self.reason else {})}

    def sentence(self) -> str:
        return f"{self.title} berakhir tanpa penetapan."


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEnded(_OfDecision):
    """An order was annulled or replaced by another."""

    kind: ClassVar[str] = "decisions.order_ended"
    order: UUID
    how: str
    by_order: UUID | None

    def public(self) -> Mapping[str, Any]:
        return {**_OfDecision.public(self), "order": self.order, "how": self.how, "by_order": self.by_order}

    def sentence(self) -> str:
        return f"Surat keputusan {self.title} berakhir."


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionFiled(_OfDecision):
    """Somebody outside objects; the decision is held until it is answered."""

    kind: ClassVar[str] = "decisions.objected"
    objection: UUID
    by: str
    text: str

    def public(self) -> Mapping[str, Any]:
        return {**_OfDecision.public(self), "objection": self.objection, "by": self.by}

    def personal(self) -> Mapping[str, Any]:
        return {**_OfDecision.personal(self), "text": self.text}

    def sentence(self) -> str:
        return f"{self.by} mengajukan keberatan atas {self.title}."


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionLifted(_OfDecision):
    """An objection was answered, so that the decision may go on."""

    kind: ClassVar[str] = "decisions.objection_lifted"
    objection: UUID
    answer: str

    def public(self) -> Mapping[str, Any]:
        return {**_OfDecision.public(self), "objection": self.objection}

    def personal(self) -> Mapping[str, Any]:
        return {**_OfDecision.personal(self), "answer": self.answer}

    def sentence(self) -> str:
        return f"Keberatan atas {self.title} dijawab dan dicabut."


@dataclass(frozen=True, slots=True)
class MemoFiled(Event):
    """An instruction by word of mouth was filed by who received it: from whom, and what was said."""

    kind: ClassVar[str] = "decisions.memo_filed"
    memo: UUID
    decision: UUID | None
    source: str
    text: str
    filed_by: UUID | None

    def public(self) -> Mapping[str, Any]:
        return {"memo": self.memo, "decision": self.decision}

    def personal(self) -> Mapping[str, Any]:
        return {"source": self.source, "text": self.text}

    def data_subject(self) -> UUID | None:
        return self.filed_by

    def sentence(self) -> str:
        return "Catatan arahan lisan disimpan."


def verdicts(gates: Sequence[Any]) -> dict[str, str]:
    """Codes of gates with what they said, as entries tell them."""
    return {gate.code: gate.verdict.value for gate in gates}
