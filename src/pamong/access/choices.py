"""Kinds of acts on dated rows (the same everywhere), and of resets of accounts."""

from __future__ import annotations

from enum import StrEnum

from pamong.ledger.choices import Act

__all__ = ["RESERVED", "USERNAME", "Act", "ResetKind", "ResetState"]

# Names of accounts stand in addresses: nothing that would end a part of one, or mean the part above it.
USERNAME = r"^[a-z0-9][a-z0-9._-]*$"
# Parts of addresses beside which no account may stand.
RESERVED = frozenset({"atur-ulang"})


class ResetKind(StrEnum):
    """What of an account is made anew."""

    PASSWORD = "password"  # noqa: S105 - a kind, not a password
    SECOND_FACTOR = "second_factor"

    @property
    def label(self) -> str:
        """The kind as users read it."""
        return {"password": "Kata sandi", "second_factor": "Faktor kedua"}[self.value]


class ResetState(StrEnum):
    """How a reset stands."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The state as users read it."""
        return {"waiting": "Menunggu orang kedua", "done": "Selesai", "refused": "Ditolak"}[self.value]
