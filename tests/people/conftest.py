"""Fixtures of the tests of people."""

from __future__ import annotations

import pytest

from tests.support.people import People, small_people


@pytest.fixture
def people(small: People) -> People:
    """The small city, in a transaction that is rolled back."""
    return small


@pytest.fixture
def committed(committed_db: str) -> People:
    """The small city, committed."""
    return small_people()
