"""Kinds of acts on dated rows (the same everywhere), and of requests about accounts."""

from __future__ import annotations

from enum import StrEnum

from pamong.ledger.choices import Act

__all__ = ["MOST_TRIES", "RESERVED", "RESETS", "USERNAME", "Act", "RequestKind", "RequestState"]

# Names of accounts stand in addresses: nothing that would end a part of one, or mean the part above it.
USERNAME = r"^[a-z0-9][a-z0-9._-]*$"
# Parts of addresses beside which no account may stand.
RESERVED = frozenset({"permintaan"})
MOST_TRIES = 3  # of one reminder, within its day


class RequestKind(StrEnum):
    """What is asked for an account by one operator and decided by another."""

    PASSWORD = "password"  # noqa: S105 - a kind, not a password
    SECOND_FACTOR = "second_factor"
    ROLE = "role"
    LINK = "link"
    UNLINK = "unlink"

    @property
    def label(self) -> str:
        """The kind as users read it."""
        return _KINDS[self]

    @property
    def resets(self) -> bool:
        """Whether a way to sign in is made anew."""
        return self in RESETS

    @property
    def permission(self) -> str:
        """What asking and deciding need."""
        return "access:reset" if self.resets else "access:grant"


RESETS = (RequestKind.PASSWORD, RequestKind.SECOND_FACTOR)
_KINDS = {
    RequestKind.PASSWORD: "Kata sandi",
    RequestKind.SECOND_FACTOR: "Faktor kedua",
    RequestKind.ROLE: "Peran",
    RequestKind.LINK: "Hubungan dengan pegawai",
    RequestKind.UNLINK: "Lepas dari pegawai",
}


class RequestState(StrEnum):
    """How a request stands."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state as users read it."""
        return _STATES[self]


_STATES = {
    RequestState.WAITING: "Menunggu operator kedua",
    RequestState.DONE: "Dilaksanakan",
    RequestState.REFUSED: "Ditolak",
    RequestState.WITHDRAWN: "Ditarik peminta",
}
