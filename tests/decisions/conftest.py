"""Fixtures of the tests of decisions."""

from __future__ import annotations

import pytest

from tests.support.deciding import Desk, desk_of
from tests.support.people import People


@pytest.fixture
def desk(small: People) -> Desk:
    """The small city with accounts of all who decide, in a transaction that is rolled back."""
    return desk_of(small)
