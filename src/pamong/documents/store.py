"""Keeps files as they were handed in, under the hash of their bytes. Nothing in it is ever changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
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


def keep(data: bytes | Iterable[bytes]) -> Stored:
    """Keep the bytes, whole or in parts, and return their hash and size. Keeping the same bytes twice keeps
    one file, and mends it where it was damaged."""
    root = Path(settings.PAMONG_FILES_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    sha, size = hashlib.sha256(), 0
    # Written beside and renamed, so that a crash leaves no half file under the hash; never whole in memory.
    handle, name = tempfile.mkstemp(dir=root)
    try:
        with os.fdopen(handle, "wb") as file:
            for part in (data,) if isinstance(data, bytes) else data:
                sha.update(part)
                size += len(part)
                file.write(part)
            sha256 = sha.hexdigest()
            path = _path(sha256)
            if not path.is_file() or _hash(path) != sha256:
                file.flush()
                os.fsync(file.fileno())
                path.parent.mkdir(exist_ok=True, mode=0o700)
                Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
    return Stored(sha256, size)


def read(sha256: str) -> bytes:
    """The bytes under a hash; `FileLost` if they are gone or differ."""
    path = _path(sha256)
    data = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise FileLost(sha256)
    return data


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _path(sha256: str) -> Path:
    return Path(settings.PAMONG_FILES_ROOT) / sha256[:2] / sha256
