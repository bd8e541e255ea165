"""What happens to the data of single people, for the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pamong.ledger.choices import ErasureGround
from pamong.ledger.events import Event


@dataclass(frozen=True, slots=True)
class _OfPerson(Event):
    kind: ClassVar[str] = "people.changed"
    person: UUID

    def public(self) -> Mapping[str, Any]:
        return {"person": self.person}

    def data_subject(self) -> UUID | None:
        return self.person

    def sentence(self) -> str:
        return "Data pegawai berubah."

    def link(self) -> str:
        return f"/pegawai/{self.person}"


@dataclass(frozen=True, slots=True)
class PersonCreated(_OfPerson):
    """Somebody is known from now on."""

    kind: ClassVar[str] = "people.created"
    name: str = ""

    def personal(self) -> Mapping[str, Any]:
        return {"name": self.name}

    def sentence(self) -> str:
        return "Seorang pegawai ditambahkan."


@dataclass(frozen=True, slots=True)
class UserLinked(_OfPerson):
    """An account became somebody's. Who decided is the entry's actor, ``asked_by`` the account of who asked;
    None where the command line did it alone."""

    kind: ClassVar[str] = "people.user_linked"
    user: UUID | None = None
    request: UUID | None = None
    asked_by: UUID | None = None

    def public(self) -> Mapping[str, Any]:
        return {
            "person": self.person, "user": self.user, "request": self.request, "asked_by": self.asked_by
        }  # fmt: skip

    def sentence(self) -> str:
        return "Akun dihubungkan dengan data pegawai."


@dataclass(frozen=True, slots=True)
class UserUnlinked(UserLinked):
    """An account is nobody's again: it had been linked to somebody else than its owner."""

    kind: ClassVar[str] = "people.user_unlinked"

    def sentence(self) -> str:
        return "Akun dilepas dari data pegawai."


@dataclass(frozen=True, slots=True)
class EvidenceAdded(_OfPerson):
    """A file that shows something was handed in."""

    kind: ClassVar[str] = "people.evidence_added"
    evidence: UUID | None = None
    title: str = ""
    sha256: str = ""

    def public(self) -> Mapping[str, Any]:
        return {"person": self.person, "evidence": self.evidence}

    def personal(self) -> Mapping[str, Any]:
        return {"title": self.title, "sha256": self.sha256}

    def sentence(self) -> str:
        return "Bukti ditambahkan."


@dataclass(frozen=True, slots=True)
class ItemChecked(_OfPerson):
    """Somebody looked at the evidence of a thing."""

    kind: ClassVar[str] = "people.checked"
    subject: UUID | None = None
    outcome: str = ""
    how: str = ""

    def public(self) -> Mapping[str, Any]:
        return {"person": self.person, "subject": self.subject, "outcome": self.outcome}

    def personal(self) -> Mapping[str, Any]:
        return {"how": self.how}

    def sentence(self) -> str:
        return "Bukti diperiksa."


@dataclass(frozen=True, slots=True)
class RowsStored(_OfPerson):
    """An act was stored: which rows ceased and which came stands in the personal part."""

    kind: ClassVar[str] = "people.stored"
    subject: str = ""
    act: str = ""
    removed: int = 0
    rows: Sequence[Mapping[str, Any]] = ()

    def public(self) -> Mapping[str, Any]:
        counts = {"removed": self.removed, "added": len(self.rows)}
        return {"person": self.person, "subject": self.subject, "act": self.act, **counts}

    def personal(self) -> Mapping[str, Any]:
        return {"rows": list(self.rows)}


@dataclass(frozen=True, slots=True)
class _OfEntry(_OfPerson):
    entry: UUID | None = None
    subject: str = ""
    act: str = ""

    def public(self) -> Mapping[str, Any]:
        return {"person": self.person, "entry": self.entry, "subject": self.subject, "act": self.act}

    def link(self) -> str:
        return f"/usulan/{self.entry}"


@dataclass(frozen=True, slots=True)
class DataProposed(_OfEntry):
    """An act was entered and waits for a second person."""

    kind: ClassVar[str] = "people.proposed"
    on: date | None = None
    until: date | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""

    def personal(self) -> Mapping[str, Any]:
        return {"on": self.on, "until": self.until, "values": self.values, "reason": self.reason}

    def sentence(self) -> str:
        return "Perubahan data diusulkan."


@dataclass(frozen=True, slots=True)
class DataAccepted(_OfEntry):
    """The second person agreed: the rows stand."""

    kind: ClassVar[str] = "people.accepted"
    removed: int = 0
    rows: Sequence[Mapping[str, Any]] = ()
    answer: str = ""

    def personal(self) -> Mapping[str, Any]:
        return {"removed": self.removed, "rows": list(self.rows), "answer": self.answer}

    def sentence(self) -> str:
        return "Usulan perubahan data disetujui."


@dataclass(frozen=True, slots=True)
class DataRefused(_OfEntry):
    """The second person said no, and why."""

    kind: ClassVar[str] = "people.refused"
    answer: str = ""

    def personal(self) -> Mapping[str, Any]:
        return {"answer": self.answer}

    def sentence(self) -> str:
        return "Usulan perubahan data ditolak."


@dataclass(frozen=True, slots=True)
class DataWithdrawn(_OfEntry):
    """Who entered it took it back while it waited."""

    kind: ClassVar[str] = "people.withdrawn"

    def sentence(self) -> str:
        return "Usulan perubahan data ditarik."


@dataclass(frozen=True, slots=True)
class ErasureProposed(Event):
    """That what opens somebody's data in the log be destroyed was proposed. Who it is, is personal."""

    kind: ClassVar[str] = "people.erasure_proposed"
    erasure: UUID
    ground: ErasureGround
    reference: str
    person: UUID
    reason: str

    def public(self) -> Mapping[str, Any]:
        return {"erasure": self.erasure, "ground": self.ground, "reference": self.reference}

    def personal(self) -> Mapping[str, Any]:
        return {"person": self.person, "reason": self.reason}

    def data_subject(self) -> UUID | None:
        return self.person

    def sentence(self) -> str:
        return f"Penghapusan isi pribadi {self.ground.label} diusulkan."

    def link(self) -> str:
        return "/pegawai/penghapusan/"


@dataclass(frozen=True, slots=True)
class ErasureDecided(Event):
    """Such a proposal was agreed to, and done, or refused."""

    kind: ClassVar[str] = "people.erasure_decided"
    erasure: UUID
    agreed: bool

    def public(self) -> Mapping[str, Any]:
        return {"erasure": self.erasure, "agreed": self.agreed}

    def sentence(self) -> str:
        return f"Penghapusan isi pribadi {'disetujui' if self.agreed else 'ditolak'}."

    def link(self) -> str:
        return "/pegawai/penghapusan/"


@dataclass(frozen=True, slots=True)
class QualityJudged(Event):
    """Somebody said that a finding of the data-quality list is really so, or opened it again.

    ``subject`` is the person or the unit, ``mark`` the hash of what was found.
    """

    kind: ClassVar[str] = "people.quality_judged"
    subject: UUID
    rule: str
    accepted: bool
    mark: str
    until: date | None = None
    reason: str = ""

    def public(self) -> Mapping[str, Any]:
        return {"subject": self.subject, "rule": self.rule, "accepted": self.accepted, "until": self.until}

    def personal(self) -> Mapping[str, Any]:
        return {"mark": self.mark, "reason": self.reason}

    def data_subject(self) -> UUID | None:
        return self.subject

    def sentence(self) -> str:
        return (
            "Temuan mutu data dinyatakan memang begitu." if self.accepted else "Temuan mutu data dibuka lagi."
        )

    def link(self) -> str:
        return "/mutu-data/"
