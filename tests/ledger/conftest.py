"""A ledger of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from pamong.ledger.sequencer.places import Places
from tests.support.sealing import places_in


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Where a test's logs, keys and policy stand."""
    return places_in(tmp_path / "ledger")
