"""What happens in access, as the ledger tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pamong.access.choices import ResetKind
from pamong.access.roles import ROLES
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

    def sentence(self) -> str:
        return f"Akun {self.display_name} dibuat."


@dataclass(frozen=True, slots=True)
class RoleGranted(Event):
    """A user received a role over a unit subtree (empty path: the whole government) for a period."""

    kind: ClassVar[str] = "access.role_granted"
    user: UUID
    role: str
    unit_path: str
    start_on: date
    end_on: date | None
    reason: str

    def public(self) -> dict[str, Any]:
        return {
            "user": self.user,
            "role": self.role,
            "unit_path": self.unit_path,
            "start_on": self.start_on,
            "end_on": self.end_on,
        }

    def personal(self) -> dict[str, Any]:
        return {"reason": self.reason}

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

    def sentence(self) -> str:
        return f"Peran {ROLES[self.role].title} diakhiri."


@dataclass(frozen=True, slots=True)
class RoleRescinded(Event):
    """A role was taken back on its first day or before: given by mistake, it holds on no day."""

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

    def sentence(self) -> str:
        return f"Pemberian peran {ROLES[self.role].title} dibatalkan."


@dataclass(frozen=True, slots=True)
class ResetAsked(Event):
    """Someone asked that an account's password or second factor be made anew."""

    kind: ClassVar[str] = "access.reset_asked"
    reset: UUID
    user: UUID
    what: ResetKind
    reason: str

    def public(self) -> dict[str, Any]:
        return {"reset": self.reset, "user": self.user, "what": self.what}

    def personal(self) -> dict[str, Any]:
        return {"reason": self.reason}

    def sentence(self) -> str:
        return f"Atur ulang akun diminta: {self.what.label}."


@dataclass(frozen=True, slots=True)
class ResetDone(Event):
    """A second person carried the reset out."""

    kind: ClassVar[str] = "access.reset_done"
    reset: UUID
    user: UUID
    what: ResetKind

    def public(self) -> dict[str, Any]:
        return {"reset": self.reset, "user": self.user, "what": self.what}

    def sentence(self) -> str:
        return f"Akun diatur ulang: {self.what.label}."


@dataclass(frozen=True, slots=True)
class ResetRefused(Event):
    """A second person refused the reset."""

    kind: ClassVar[str] = "access.reset_refused"
    reset: UUID
    user: UUID
    what: ResetKind

    def public(self) -> dict[str, Any]:
        return {"reset": self.reset, "user": self.user, "what": self.what}

    def sentence(self) -> str:
        return f"Permintaan atur ulang akun ditolak: {self.what.label}."
