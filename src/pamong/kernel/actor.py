"""Who acts: handed to every read and write. Built at the edge, trusted below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Grant:
    """One role over one subtree of units. ``unit_path`` is an ltree path; '' is the whole government."""

    role: str
    unit_path: str = ""

    def covers(self, unit_path: str) -> bool:
        """Tell whether a unit lies in the subtree."""
        return self.unit_path in ("", unit_path) or unit_path.startswith(f"{self.unit_path}.")


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in user, or the operator of the machine, with the grants that hold on the date ``on``."""

    user_id: int | None
    person_id: int | None
    name: str
    grants: tuple[Grant, ...]
    on: date

    @classmethod
    def operator(cls, os_user: str, on: date) -> Actor:
        """The user of the command line: may run, import and explain; never approves or signs."""
        return cls(None, None, f"{OPERATOR}:{os_user}", (Grant(OPERATOR),), on)

    def has_role(self, role: str) -> bool:
        """Tell whether the role is held over any unit."""
        return any(grant.role == role for grant in self.grants)

    def has_role_over(self, role: str, unit_path: str) -> bool:
        """Tell whether the role is held over this unit."""
        return any(grant.role == role and grant.covers(unit_path) for grant in self.grants)
