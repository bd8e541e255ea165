"""What happens in access, as the ledger tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pamong.access.choices import RequestKind
from pamong.access.roles import ROLES
from pamong.kernel.canonical import sha256_hex
from pamong.ledger.events import Event


@dataclass(frozen=True, slots=True)
class UserCreated(Event):
    """An account was made."""

    kind: ClassVar[str] = "access.user_created"
    user: UUID
    username: str
    display_name: str

    def public(self) -> dict[str, Any]:
        return {"user": self.user}

    def personal(self) -> dict[str, Any]:
        return {"username": self.username, "display_name": self.display_name}

    def data_subject(self) -> UUID | None:
        return self.user

    def sentence(self) -> str:
        return f"Akun {self.display_name} dibuat."


@dataclass(frozen=True, slots=True)
class RoleGranted(Event):
    """A user received a role over a unit subtree (empty path: the whole government) for a period.

    Who decided is the entry's actor, ``asked_by`` the account of who asked by ``request``; both are None
    where the command line gave it alone.
    """

    kind: ClassVar[str] = "access.role_granted"
    user: UUID
    role: str
    unit_path: str
    start_on: date
    end_on: date | None
    reason: str
    request: UUID | None = None
    asked_by: UUID | None = None

    def public(self) -> dict[str, Any]:
        return {
            "user": self.user,
            "role": self.role,
            "unit_path": self.unit_path,
            "start_on": self.start_on,
            "end_on": self.end_on,
            "request": self.request,
            "asked_by": self.asked_by,
        }

    def personal(self) -> dict[str, Any]:
        return {"reason": self.reason}

    def data_subject(self) -> UUID | None:
        return self.user

    def sentence(self) -> str:
        return f"Peran {ROLES[self.role].title} diberikan."


@dataclass(frozen=True, slots=True)
class RoleEnded(Event):
    """A role holds no more from a date on."""

    kind: ClassVar[str] = "access.role_ended"
    user: UUID
    role: str
    unit_path: str
    end_on: date
    reason: str

    def public(self) -> dict[str, Any]:
        return {"user": self.user, "role": self.role, "unit_path": self.unit_path, "end_on": self.end_on}

    def personal(self) -> dict[str, Any]:
        return {"reason": self.reason}

    def data_subject(self) -> UUID | None:
        return self.user

    def sentence(self) -> str:
        return f"Peran {ROLES[self.role].title} diakhiri."


@dataclass(frozen=True, slots=True)
class RoleRescinded(Event):
    """A role was taken back on its first day or before: no day is its own, though it may have been used."""

    kind: ClassVar[str] = "access.role_rescinded"
    user: UUID
    role: str
    unit_path: str
    start_on: date
    reason: str

    def public(self) -> dict[str, Any]:
        return {
            "user": self.user, "role": self.role, "unit_path": self.unit_path, "start_on": self.start_on
        }  # fmt: skip

    def personal(self) -> dict[str, Any]:
        return {"reason": self.reason}

    def data_subject(self) -> UUID | None:
        return self.user

    def sentence(self) -> str:
        return f"Pemberian peran {ROLES[self.role].title} dibatalkan."


@dataclass(frozen=True, slots=True)
class _OfRequest(Event):
    kind: ClassVar[str] = "access.request"
    request: UUID
    user: UUID
    what: RequestKind

    def public(self) -> dict[str, Any]:
        return {"request": self.request, "user": self.user, "what": self.what}

    def sentence(self) -> str:
        return f"Permintaan tentang akun: {self.what.label}."


@dataclass(frozen=True, slots=True)
class RequestAsked(_OfRequest):
    """One operator asked for something of an account: who, is the entry's actor."""

    kind: ClassVar[str] = "access.request_asked"
    reason: str
    role: str = ""
    unit_path: str = ""
    person: UUID | None = None

    def public(self) -> dict[str, Any]:
        about = {"role": self.role, "unit_path": self.unit_path, "person": self.person}
        return {"request": self.request, "user": self.user, "what": self.what, **about}

    def personal(self) -> dict[str, Any]:
        return {"reason": self.reason}

    def data_subject(self) -> UUID | None:
        return self.user

    def sentence(self) -> str:
        return f"Permintaan tentang akun diajukan: {self.what.label}."


@dataclass(frozen=True, slots=True)
class RequestDone(_OfRequest):
    """Another operator carried it out: he is the entry's actor, ``asked_by`` the account of who asked."""

    kind: ClassVar[str] = "access.request_done"
    asked_by: UUID

    def public(self) -> dict[str, Any]:
        return {"request": self.request, "user": self.user, "what": self.what, "asked_by": self.asked_by}

    def sentence(self) -> str:
        return f"Permintaan tentang akun dilaksanakan: {self.what.label}."


@dataclass(frozen=True, slots=True)
class RequestRefused(_OfRequest):
    """Another operator said no, and why."""

    kind: ClassVar[str] = "access.request_refused"
    asked_by: UUID
    reason: str

    def public(self) -> dict[str, Any]:
        return {"request": self.request, "user": self.user, "what": self.what, "asked_by": self.asked_by}

    def personal(self) -> dict[str, Any]:
        return {"reason": self.reason}

    def data_subject(self) -> UUID | None:
        return self.user

    def sentence(self) -> str:
        return f"Permintaan tentang akun ditolak: {self.what.label}."


@dataclass(frozen=True, slots=True)
class RequestWithdrawn(_OfRequest):
    """Who asked does not want it any more: he is the entry's actor."""

    kind: ClassVar[str] = "access.request_withdrawn"

    def sentence(self) -> str:
        return f"Permintaan tentang akun ditarik: {self.what.label}."


@dataclass(frozen=True, slots=True)
class MailChosen(Event):
    """The owner of an account said whether he wants reminders by e-mail, and at which address."""

    kind: ClassVar[str] = "access.mail_chosen"
    user: UUID
    wanted: bool
    address: str

    def public(self) -> dict[str, Any]:
        return {"user": self.user, "wanted": self.wanted}

    def personal(self) -> dict[str, Any]:
        return {"address": self.address}

    def data_subject(self) -> UUID:
        return self.user

    def sentence(self) -> str:
        return "Surel pengingat dinyalakan." if self.wanted else "Surel pengingat dimatikan."


@dataclass(frozen=True, slots=True)
class PolicySet(Event):
    """Logs, witnesses and quorum were decided anew; ``policy`` is the whole text."""

    kind: ClassVar[str] = "ledger.policy_set"
    log: ClassVar[str] = "rules"
    policy: str
    ground: str
    attended_by: int

    def public(self) -> dict[str, Any]:
        return {
            "policy": self.policy,
            "sha256": sha256_hex(self.policy.encode()),
            "ground": self.ground,
            "attended_by": f"user:{self.attended_by}",
        }

    def sentence(self) -> str:
        return f"Kebijakan saksi luar ditetapkan: {self.ground}."


@dataclass(frozen=True, slots=True)
class FirstDayTold(Event):
    """From which day on careers change through two people or a decision only."""

    kind: ClassVar[str] = "ledger.first_day"
    on: date
    ground: str
    attended_by: int

    def public(self) -> dict[str, Any]:
        return {"on": self.on, "ground": self.ground, "attended_by": f"user:{self.attended_by}"}

    def sentence(self) -> str:
        return "Hari pertama situs ditetapkan: sejak itu data karier berubah lewat dua orang atau keputusan."


@dataclass(frozen=True, slots=True)
class KeyChanged(Event):
    """A log got a second key, or lost its old one. Between the two both sign."""

    kind: ClassVar[str] = "ledger.key_changed"
    log: ClassVar[str] = "rules"
    of: str
    vkey: str
    begins: bool
    ground: str
    attended_by: int

    def public(self) -> dict[str, Any]:
        return {
            "log": self.of,
            "vkey": self.vkey,
            "begins": self.begins,
            "ground": self.ground,
            "attended_by": f"user:{self.attended_by}",
        }

    def sentence(self) -> str:
        return f"Kunci buku segel '{self.of}' {'bertambah' if self.begins else 'ditarik'}: {self.ground}."
