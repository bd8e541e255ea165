"""A small city, and two officers who may change it."""

from __future__ import annotations

import pytest

from pamong.kernel.actor import Actor
from tests.support.organisation import SmallCity, officer, small_city
from tests.support.people import AT, TODAY
from tests.support.worlds import stage


def make_city() -> SmallCity:
    """The small city."""
    return small_city(officer(TODAY), AT)


stage_city = stage(make_city)


@pytest.fixture
def actor() -> Actor:
    """Who enters."""
    return officer(TODAY)


@pytest.fixture
def second() -> Actor:
    """Who adopts."""
    return officer(TODAY, user_id=2)


@pytest.fixture
def city(stage_city: SmallCity, db: None) -> SmallCity:
    """The small city; what a test changes is taken back."""
    return stage_city
