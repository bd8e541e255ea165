"""What kind of act a dated row is: the same everywhere."""

from __future__ import annotations

from pamong.ledger.choices import Act

__all__ = ["Act"]
