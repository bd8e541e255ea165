"""Why the sequencer stops."""

from __future__ import annotations

from pamong.kernel.errors import DomainError


class SequencerError(DomainError):
    """The base of all."""


class TreeDisagrees(SequencerError):
    """What the database holds is not what was published or signed: nothing may be built on it."""

    def __init__(self, log: str, what: str) -> None:
        super().__init__(
            f"Buku segel '{log}' tidak cocok: {what} Penyegel berhenti dan tidak menandatangani apa pun. "
            "Jalankan 'pamong audit', simpan folder buku segel apa adanya, dan beri tahu inspektorat."
        )


class KeyMissing(SequencerError):
    """There is no key to sign a log with."""

    def __init__(self, folder: object) -> None:
        super().__init__(
            f"Kunci buku segel tidak ada di '{folder}', padahal buku segelnya sudah pernah terbit. "
            "Kembalikan kuncinya dari simpanan; bila hilang, ikuti bagian 'Kunci hilang' di docs/ledger.md."
        )


class SignerRefuses(SequencerError):
    """The signer was asked to sign what does not continue what it signed before."""

    def __init__(self, log: str, size: int, signed: int, why: str) -> None:
        super().__init__(
            f"Penanda tangan menolak titik segel '{log}' berukuran {size}: yang sudah ditandatangani "
            f"berukuran {signed}, dan {why}."
        )


class LogBusy(SequencerError):
    """Another sequencer holds the log."""

    def __init__(self, log: str) -> None:
        super().__init__(f"Buku segel '{log}' sedang dikerjakan penyegel lain. Hentikan yang itu dahulu.")
