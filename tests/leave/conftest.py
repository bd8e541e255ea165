"""Fixtures of the tests of leave."""

from __future__ import annotations

from typing import Any

import pytest

from tests.decisions.conftest import desk, places
from tests.people.conftest import committed, people
from tests.support.deciding import Desk
from tests.support.leaving import LeaveDesk, leave_desk

__all__ = ["committed", "desk", "leaves", "people", "places"]


@pytest.fixture
def leaves(desk: Desk, settings: Any) -> LeaveDesk:
    """The small city under the law of the example region."""
    settings.PAMONG_PROFILE = "contoh"
    return leave_desk(desk)
