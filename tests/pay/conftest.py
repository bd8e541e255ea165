"""Fixtures of the tests of pay."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from pamong.kernel.actor import Actor
from tests.pay.support import Office


@pytest.fixture
def office(operator: Actor, at: datetime, tmp_path: Path, settings: Settings) -> Office:
    """Computes months, with a file store of its own."""
    settings.PAMONG_FILES_ROOT = tmp_path / "berkas"
    return Office(operator, at)
