"""What kind of act a dated row is."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """*Change* (new from a date), *correct* (was wrong all along), *rescind* (undo)."""

    CHANGE = "change"
    CORRECT = "correct"
    RESCIND = "rescind"

    @property
    def label(self) -> str:
        """The act as users read it."""
        return {Act.CHANGE: "Perubahan", Act.CORRECT: "Pembetulan", Act.RESCIND: "Pembatalan"}[self]
