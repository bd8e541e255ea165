"""Fixtures of the tests of decisions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from pamong.ledger.sequencer.places import Places
from tests.support.deciding import Desk, desk_of
from tests.support.people import People
from tests.support.sealing import SITE, places_in


@pytest.fixture
def desk(small: People) -> Desk:
    """The small city with accounts of all who decide, in a transaction that is rolled back."""
    return desk_of(small)


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Places]:
    """Where the log, files and certificates of this test stand, for processes that it starts too."""
    made = places_in(tmp_path / "ledger")
    told = {
        "PAMONG_LEDGER": made.public, "PAMONG_SITE": SITE, "PAMONG_FILES": tmp_path / "files",
        "PAMONG_CERTIFICATES": tmp_path / "certificates", "PAMONG_LEDGER_SECRETS": "hanya-untuk-uji",
        "PAMONG_SECRET_KEY": "hanya-untuk-uji",
    }  # fmt: skip
    for name, value in told.items():
        monkeypatch.setenv(name, str(value))
    with override_settings(
        PAMONG_LEDGER=made.public, PAMONG_SITE=SITE, PAMONG_FILES_ROOT=tmp_path / "files",
        PAMONG_CERTIFICATES=tmp_path / "certificates",
    ):  # fmt: skip
        yield made
