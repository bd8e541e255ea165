"""Fixtures of the tests of filling posts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.decisions.conftest import desk
from tests.support.deciding import Desk
from tests.support.filling import Filling, filling_of

__all__ = ["desk", "filling"]


@pytest.fixture
def filling(desk: Desk, settings: Any) -> Filling:
    """The small city with a vacant post, under the law of the example region."""
    settings.PAMONG_PROFILE = "contoh"
    return filling_of(desk)
