"""Kept files: under their hashes, mended where they were damaged, never another file for a hash."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from pamong.documents import store


@pytest.fixture
def kept(tmp_path: Path, settings: Settings) -> Path:
    """A file in the store."""
    settings.PAMONG_FILES_ROOT = tmp_path
    found = store.keep(b"isi")
    return tmp_path / found.sha256[:2] / found.sha256


def test_a_damaged_file_is_refused_and_handing_it_in_again_mends_it(kept: Path) -> None:
    sha256 = hashlib.sha256(b"isi").hexdigest()
    assert store.read(sha256) == b"isi"
    for damage in (b"", b"is?"):
        kept.write_bytes(damage)
        with pytest.raises(store.FileLost):
            store.read(sha256)
        store.keep(b"isi")
        assert store.read(sha256) == b"isi"
    assert [path.name for path in kept.parent.iterdir()] == [sha256]


def test_a_file_in_parts_is_the_same_file(kept: Path) -> None:
    found = store.keep(part for part in (b"i", b"", b"si"))
    assert (found.sha256, found.size) == (hashlib.sha256(b"isi").hexdigest(), 3)
    root = kept.parent.parent
    assert [path for path in root.rglob("*") if path.is_file()] == [kept]
