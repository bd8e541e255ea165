"""Keeps files as they were handed in, under the hash of their bytes. Nothing in it is ever changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from pamong.kernel.errors import DomainError


class FileLost(DomainError):
    """A kept file is gone or no longer the same."""

    def __init__(self, sha256: str) -> None:
        super().__init__(
            f"Berkas dengan sidik {sha256[:12]}… tidak ada lagi atau berubah. "
            "Pulihkan folder berkas dari cadangan."
        )


@dataclass(frozen=True, slots=True)
class Stored:
    """A kept file: its hash (hexadecimal SHA-256) and its size in bytes."""

    sha256: str
    size: int


def keep(data: bytes) -> Stored:
    """Keep the bytes and return their hash and size. Keeping the same bytes twice keeps one file, and mends
    it where it was damaged."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = _path(sha256)
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Written beside and renamed, so that a crash leaves no half file under the hash.
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    return Stored(sha256, len(data))


def read(sha256: str) -> bytes:
    """The bytes under a hash; `FileLost` if they are gone or differ."""
    path = _path(sha256)
    data = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise FileLost(sha256)
    return data


def _path(sha256: str) -> Path:
    return Path(settings.PAMONG_FILES_ROOT) / sha256[:2] / sha256
