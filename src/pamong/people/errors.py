"""Refusals of people; each message tells what is wrong and what to do."""

from __future__ import annotations

from pamong.kernel.errors import DomainError


class ReasonMissing(DomainError):
    """Somebody else's number is shown in full only with a reason."""

    def __init__(self) -> None:
        super().__init__(
            "Tulis alasan Anda membuka nomor ini. Alasan itu dicatat dan dapat dibaca pemiliknya."
        )


class PersonNotFound(DomainError):
    """There is no such person, or none whom the actor may see: the answer is the same."""

    def __init__(self) -> None:
        super().__init__("Pegawai ini tidak ada, atau di luar wewenang Anda.")
