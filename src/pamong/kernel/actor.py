"""Who acts: handed to every read and write. Built at the edge, trusted below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

OPERATOR = "operator"
TEAM = "~"  # in place of a unit: only those who report to one's own seat


@dataclass(frozen=True, slots=True)
class Grant:
    """One role over one subtree of units. '' is the whole government.

    ``unit_path`` names the unit at the top of the subtree by its code, alone or as the last label of a path:
    the code stays when the unit moves, so the grant moves along.
    """

    role: str
    unit_path: str = ""

    @property
    def unit(self) -> str:
        """The code of the unit at the top; '' for the whole government."""
        return self.unit_path.rpartition(".")[2]

    def covers(self, unit_path: str) -> bool:
        """Tell whether a unit, by its path of codes from the root, lies in the subtree."""
        return not self.unit_path or self.unit in unit_path.split(".")


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in user, or the operator of the machine, with the grants that hold on the date ``on``.

    ``seats`` are the ids of the seats that he holds or stands in for on that date.
    """

    user_id: int | None
    person_id: int | None
    name: str
    grants: tuple[Grant, ...]
    on: date
    seats: tuple[int, ...] = ()

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
