"""The small city with three raises of January, on the morning of the tests, and its browsers."""

from __future__ import annotations

from typing import Any

import pytest

from pamong.access import services as access
from pamong.kernel.actor import Actor
from tests.support.deciding import Desk
from tests.support.people import AT, TODAY
from tests.support.raising import BEFORE, RaiseDesk
from tests.web.decisions.conftest import client_of, desk

__all__ = ["client_of", "desk"]


@pytest.fixture
def raises(desk: Desk, settings: Any) -> RaiseDesk:
    """One passes, one needs a word, one is kept back; ``siti`` sits in the treasury."""
    settings.PAMONG_PROFILE = "contoh"
    operator = Actor.operator("uji", TODAY)
    access.create_user(actor=operator, at=AT, username="siti", display_name="Siti", password=None)
    access.grant_role(
        actor=operator, at=AT, username="siti", role="treasury", unit_path="", start_on=TODAY, reason="uji"
    )
    made = RaiseDesk(desk)
    for key in ("own", "mate", "foreign"):
        made.step(key, BEFORE)
    made.rate("baik", "own")
    made.rate("butuh perbaikan", "mate")
    made.rate("kurang", "foreign")
    return made
