"""What happens to a vacancy, for the ledger. Who is meant and what was given is personal; that it happened,
to which vacancy and in which element, is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pamong.ledger.events import Event


@dataclass(frozen=True, slots=True)
class _OfVacancy(Event):
    kind: ClassVar[str] = "merit.vacancy"
    vacancy: UUID
    title: str

    def public(self) -> Mapping[str, Any]:
        return {"vacancy": self.vacancy}

    def sentence(self) -> str:
        return f"Lowongan {self.title} berubah."

    def link(self) -> str:
        return f"/lowongan/{self.vacancy}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(_OfVacancy):
    """A vacancy stands, with its criteria, by a sealed decision."""

    kind: ClassVar[str] = "merit.opened"
    decision: UUID
    elements: Mapping[str, int]
    names: int
    closes_on: date

    def public(self) -> Mapping[str, Any]:
        return {
            "vacancy": self.vacancy, "decision": self.decision, "elements": self.elements,
            "names": self.names, "closes_on": self.closes_on,
        }  # fmt: skip

    def sentence(self) -> str:
        return f"Lowongan {self.title} dibuka."


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken(_OfVacancy):
    """A vacancy went on: announced, closed, scores opened, locked or cancelled."""

    kind: ClassVar[str] = "merit.step_taken"
    step: str
    on: date
    label: str
    reason: str = ""

    def public(self) -> Mapping[str, Any]:
        return {"vacancy": self.vacancy, "step": self.step, "on": self.on}

    def personal(self) -> Mapping[str, Any]:
        return {"reason": self.reason} if self.reason else {}

    def data_subject(self) -> UUID | None:
        return None

    def sentence(self) -> str:
        return f"Lowongan {self.title}: {self.label.lower()}."


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelAppointed(_OfVacancy):
    """Members of a panel, by a sealed decision."""

    kind: ClassVar[str] = "merit.panel_appointed"
    decision: UUID
    members: Sequence[UUID]
    names: Sequence[str]

    def public(self) -> Mapping[str, Any]:
        return {"vacancy": self.vacancy, "decision": self.decision, "members": list(self.members)}

    def personal(self) -> Mapping[str, Any]:
        return {"names": list(self.names)}

    def data_subject(self) -> UUID | None:
        return None

    def sentence(self) -> str:
        return f"Panitia untuk {self.title} ditetapkan."


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRecused(_OfVacancy):
    """A member of the panel stands aside; by whom it was found, and why."""

    kind: ClassVar[str] = "merit.member_recused"
    member: UUID
    own: bool
    reason: str

    def public(self) -> Mapping[str, Any]:
        return {"vacancy": self.vacancy, "member": self.member, "own": self.own}

    def personal(self) -> Mapping[str, Any]:
        return {"reason": self.reason}

    def data_subject(self) -> UUID | None:
        return None

    def sentence(self) -> str:
        return f"Seorang anggota panitia untuk {self.title} tidak ikut menilai."


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPresent(_OfVacancy):
    """A member declared himself present on a day of the panel's sitting."""

    kind: ClassVar[str] = "merit.member_present"
    member: UUID
    on: date

    def public(self) -> Mapping[str, Any]:
        return {"vacancy": self.vacancy, "member": self.member, "on": self.on}

    def sentence(self) -> str:
        return f"Seorang anggota panitia untuk {self.title} hadir."


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfCandidate(_OfVacancy):
    application: UUID
    person: UUID

    def public(self) -> Mapping[str, Any]:
        return {"vacancy": self.vacancy, "application": self.application}

    def personal(self) -> Mapping[str, Any]:
        return {"person": self.person}

    def data_subject(self) -> UUID | None:
        return self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied(_OfCandidate):
    """Somebody applied; ``conditions`` are the codes of the law's conditions with their answers."""

    kind: ClassVar[str] = "merit.applied"
    conditions: Mapping[str, str]

    def personal(self) -> Mapping[str, Any]:
        return {"person": self.person, "conditions": self.conditions}

    def sentence(self) -> str:
        return f"Sebuah lamaran untuk {self.title} masuk."


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionOverruled(_OfCandidate):
    """A condition that is not met was set aside, by a sealed decision."""

    kind: ClassVar[str] = "merit.condition_overruled"
    decision: UUID
    condition: str
    reason: str

    def public(self) -> Mapping[str, Any]:
        return {
            "vacancy": self.vacancy, "application": self.application, "decision": self.decision,
            "condition": self.condition,
        }  # fmt: skip

    def personal(self) -> Mapping[str, Any]:
        return {"person": self.person, "reason": self.reason}

    def sentence(self) -> str:
        return f"Sebuah syarat pelamar untuk {self.title} dikesampingkan."


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreGiven(_OfCandidate):
    """A member gave a score, or corrected his own. The value is told when scores open: who reads his own
    entries before, or opens those of others, learns none. Until then its row is bound to the log."""

    kind: ClassVar[str] = "merit.score_given"
    score: UUID
    member: UUID
    element: str
    corrects: UUID | None = None

    def public(self) -> Mapping[str, Any]:
        return {
            "vacancy": self.vacancy, "application": self.application, "score": self.score,
            "member": self.member, "element": self.element, "corrects": self.corrects,
        }  # fmt: skip

    def sentence(self) -> str:
        return f"Sebuah nilai untuk {self.title} disegel."


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresOpened(_OfCandidate):
    """All scores of a candidate as they were opened, those that were corrected too: her own data."""

    kind: ClassVar[str] = "merit.scores_opened"
    scores: Sequence[Mapping[str, Any]]

    def personal(self) -> Mapping[str, Any]:
        return {"person": self.person, "scores": list(self.scores)}

    def sentence(self) -> str:
        return f"Nilai seorang pelamar untuk {self.title} dibuka."


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked(_OfCandidate):
    """A candidate's own result, her receipt: who she is and for which post, the rank, the exact total in
    hundredths of a point, and what led to it."""

    kind: ClassVar[str] = "merit.ranked"
    result: UUID
    name: str
    rank: int
    total: Sequence[int]
    scores: Sequence[Mapping[str, Any]]
    goes_on: bool

    def public(self) -> Mapping[str, Any]:
        return {"vacancy": self.vacancy, "application": self.application, "result": self.result}

    def personal(self) -> Mapping[str, Any]:
        return {
            "person": self.person, "name": self.name, "post_name": self.title, "rank": self.rank,
            "points": list(self.total), "scores": list(self.scores), "goes_on": self.goes_on,
        }  # fmt: skip

    def sentence(self) -> str:
        return f"Sebuah peringkat untuk {self.title} dikunci."


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen(_OfCandidate):
    """One of the locked names was chosen, by a sealed decision."""

    kind: ClassVar[str] = "merit.chosen"
    decision: UUID
    rank: int
    conditions: Mapping[str, str]

    def public(self) -> Mapping[str, Any]:
        return {"vacancy": self.vacancy, "decision": self.decision, "rank": self.rank}

    def personal(self) -> Mapping[str, Any]:
        return {"person": self.person, "application": self.application, "conditions": self.conditions}

    def sentence(self) -> str:
        return f"Calon untuk {self.title} dipilih dari nama yang dikunci."


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentAnnulled(_OfCandidate):
    """The order of an appointment from a vacancy was annulled; who had the post leaves it."""

    kind: ClassVar[str] = "merit.appointment_annulled"
    decision: UUID
    number: str

    def public(self) -> Mapping[str, Any]:
        return {"vacancy": self.vacancy, "decision": self.decision, "number": self.number}

    def personal(self) -> Mapping[str, Any]:
        return {"person": self.person, "application": self.application}

    def sentence(self) -> str:
        return f"Pengangkatan {self.title} dicabut."


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRefused(_OfVacancy):
    """Somebody named another than a locked one, and was refused. Who was named is personal: ``said`` is what
    was sent where it is no applicant."""

    kind: ClassVar[str] = "merit.name_refused"
    refused: UUID
    person: UUID | None
    said: str = ""

    def public(self) -> Mapping[str, Any]:
        return {"vacancy": self.vacancy, "refused": self.refused}

    def personal(self) -> Mapping[str, Any]:
        return {"person": self.person} if self.person else {"said": self.said}

    def data_subject(self) -> UUID | None:
        return self.person

    def sentence(self) -> str:
        return f"Nama di luar daftar yang dikunci untuk {self.title} ditolak."
