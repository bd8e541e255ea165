"""Times that no machine told: on whose word they stand."""

from __future__ import annotations

from enum import StrEnum

# On whose word an event of a punch p rests; '' where a machine tells it.
VOUCH = """CASE WHEN p.source <> 'manual' THEN '' WHEN starts_with(p.raw, 'koreksi ') THEN 'correction'
  ELSE 'sheet' END"""


class Vouch(StrEnum):
    """Whose word an event of source *manual* rests on: an agreed correction, or an officer's sheet."""

    CORRECTION = "correction"
    SHEET = "sheet"

    @property
    def label(self) -> str:
        """The word for it that stands beside a time."""
        return {Vouch.CORRECTION: "koreksi", Vouch.SHEET: "catatan petugas"}[self]
