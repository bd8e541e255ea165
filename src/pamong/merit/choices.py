"""Steps of a vacancy, who sits on a panel, and when conditions are asked, with the words that users read."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """How far a vacancy has come; each step is taken once, and none is taken back.

    ``SCORED``: all scores are in, so that they open. ``LOCKED``: the ranks and the best names stand.
    """

    ANNOUNCED = "announced"
    CLOSED = "closed"
    SCORED = "scored"
    LOCKED = "locked"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The state as users read it."""
        return _STEPS[self]


_STEPS = {
    Step.ANNOUNCED: "Diumumkan",
    Step.CLOSED: "Pelamaran ditutup",
    Step.SCORED: "Selesai dinilai",
    Step.LOCKED: "Peringkat dikunci",
    Step.CANCELLED: "Dibatalkan",
}


class Source(StrEnum):
    """From where a member of a panel comes (PP 11/2017 Article 114(5))."""

    OWN = "own"
    OTHER = "other"
    EXPERT = "expert"

    @property
    def label(self) -> str:
        """The source as users read it."""
        return _SOURCES[self]


_SOURCES = {
    Source.OWN: "Pejabat pimpinan tinggi dari instansi sendiri",
    Source.OTHER: "Pejabat pimpinan tinggi dari instansi lain",
    Source.EXPERT: "Akademisi, pakar, atau profesional",
}


class Moment(StrEnum):
    """When the conditions of an applicant were asked."""

    APPLICATION = "application"
    LOCK = "lock"
    ORDER = "order"

    @property
    def label(self) -> str:
        """The moment as users read it."""
        return {"application": "Saat melamar", "lock": "Saat dikunci", "order": "Saat SK dibuat"}[self.value]


class Performance(StrEnum):
    """The axis of performance, in the words of PermenPANRB 20/2025 Article 17."""

    ABOVE = "above"
    EXPECTED = "expected"
    BELOW = "below"

    @property
    def label(self) -> str:
        """The level as users read it."""
        words = {
            "above": "Di atas ekspektasi",
            "expected": "Sesuai ekspektasi",
            "below": "Di bawah ekspektasi",
        }
        return words[self.value]


class Potential(StrEnum):
    """The axis of potential, in the words of the same article."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def label(self) -> str:
        """The level as users read it."""
        return {"high": "Tinggi", "medium": "Menengah", "low": "Rendah"}[self.value]
