"""Fixtures of the tests of careers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.decisions.conftest import desk
from tests.people.conftest import committed, people
from tests.support.deciding import Desk
from tests.support.raising import BEFORE, RaiseDesk

__all__ = ["committed", "desk", "people"]


@pytest.fixture
def raises(desk: Desk, settings: Any) -> RaiseDesk:
    """Three raises of January 2027 under the law of the example region: one passes, one needs a word, one is
    kept back."""
    settings.PAMONG_PROFILE = "contoh"
    made = RaiseDesk(desk)
    for key in ("own", "mate", "foreign"):
        made.step(key, BEFORE)
    made.rate("baik", "own")
    made.rate("butuh perbaikan", "mate")
    made.rate("kurang", "foreign")
    return made
