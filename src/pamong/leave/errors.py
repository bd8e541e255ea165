"""What can keep leave from being looked after; each message says what to do."""

from __future__ import annotations

from pamong.kernel.errors import DomainError


class ConflictClosed(DomainError):
    """Nothing of that day waits for the actor: it was looked at, the leave ends earlier, or it is his own."""

    def __init__(self) -> None:
        super().__init__("Hari ini tidak menunggu pemeriksaan Anda lagi. Muat ulang daftarnya.")


class KeepingUnexplained(DomainError):
    """No reason, or none that says anything."""

    def __init__(self) -> None:
        super().__init__(
            "Tulis mengapa hari ini tetap cuti walaupun ada presensi, paling sedikit satu kata dan sepuluh "
            "huruf."
        )
