"""Fixtures of the tests of imports."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import override_settings

from pamong.kernel.actor import Actor
from tests.interop.imports.support import Office, officer, register_file, siasn


@pytest.fixture
def files(tmp_path: Path):
    """A folder of its own for kept files."""
    with override_settings(PAMONG_FILES_ROOT=tmp_path / "berkas"):
        yield tmp_path


@pytest.fixture
def office(db: None, files: Path) -> Office:
    """The office, in a transaction that is rolled back."""
    return Office()


@pytest.fixture
def committed(committed_db: str, files: Path) -> Office:
    """The office over a database of its own, where everything is committed."""
    return Office()


@pytest.fixture
def nurul(office: Office) -> Actor:
    """Who brings a file; somebody is known already."""
    office.apply(register_file(siasn(1)))
    return officer("nurul")


@pytest.fixture
def endah(office: Office) -> Actor:
    return officer("endah")
