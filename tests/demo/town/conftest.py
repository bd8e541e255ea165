"""The whole town once, for all tests that only look at it."""

from __future__ import annotations

import pytest

from pamong.demo.town.build import town
from pamong.demo.town.shapes import Town


@pytest.fixture(scope="session")
def whole() -> Town:
    return town(8_200)
