"""What can keep a selection from going on; each message says what to do."""

from __future__ import annotations

from pamong.kernel.errors import DomainError


class VacancyNotFound(DomainError):
    """There is none, or the actor may not see it."""

    def __init__(self) -> None:
        super().__init__("Lowongan ini tidak ada atau tidak terbuka untuk Anda. Periksa tautannya.")


class ApplicationNotFound(DomainError):
    """There is none, or the actor may not see it."""

    def __init__(self) -> None:
        super().__init__("Lamaran ini tidak ada atau tidak terbuka untuk Anda. Periksa tautannya.")


class NotNow(DomainError):
    """The vacancy is not at that step. ``str()`` says what comes before."""


class NotOnPanel(DomainError):
    """Only members who have not stood aside, or only the chair. ``str()`` says which."""


class ScoreUnfit(DomainError):
    """A score that can't be. ``field`` names the cell of the sheet."""

    def __init__(self, sentence: str, field: str = "") -> None:
        self.field = field
        super().__init__(sentence)


class ScoresMissing(DomainError):
    """Scores are still to come."""

    def __init__(self, names: str) -> None:
        super().__init__(f"Nilai belum lengkap. Yang belum mengisi: {names}.")


class PanelUnfit(DomainError):
    """The panel that is left is too small, even, or has no quorum. ``str()`` says which."""
