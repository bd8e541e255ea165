"""What can go wrong when an entry is read."""

from __future__ import annotations

from pamong.kernel.errors import DomainError


class EntryNotFound(DomainError):
    """No entry has this number."""

    def __init__(self, entry_id: int) -> None:
        super().__init__(f"Catatan nomor {entry_id} tidak ada di buku segel.")
