"""A small city, and two officers who may change it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pamong.kernel.actor import Actor
from tests.support.organisation import SmallCity, officer, small_city


@pytest.fixture
def actor() -> Actor:
    """Who enters."""
    return officer(date(2026, 11, 10))


@pytest.fixture
def second() -> Actor:
    """Who adopts."""
    return officer(date(2026, 11, 10), user_id=2)


@pytest.fixture
def city(db: None, actor: Actor, at: datetime) -> SmallCity:
    """The small city, within the test's transaction."""
    return small_city(actor, at)
