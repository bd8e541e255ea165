"""Writing files such that a reader, or a machine that starts again, finds the old or the new one whole."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

PUBLISHED = 0o644


def write_atomically(path: Path, data: bytes, mode: int = PUBLISHED) -> None:
    """Put a file in place at once and for good: written aside, flushed to disk, renamed, its folder flushed.

    Makes missing folders, open to whom the file is. OSError as from any writing; then nothing of it stays.
    """
    _make_folder(path.parent, mode)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        _write_new(aside, data, mode)
        aside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise
    _flush_folder(path.parent)


def write_new(path: Path, data: bytes, mode: int = PUBLISHED) -> None:
    """Like ``write_atomically``, but FileExistsError where the file is there already."""
    _make_folder(path.parent, mode)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        _write_new(aside, data, mode)
        path.hardlink_to(aside)  # unlike a rename, it never replaces
    finally:
        with contextlib.suppress(OSError):
            aside.unlink()
    _flush_folder(path.parent)


def _write_new(path: Path, data: bytes, mode: int) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with os.fdopen(number, "wb") as file:
        os.fchmod(number, mode)  # whatever the umask is
        file.write(data)
        file.flush()
        os.fsync(number)


def _make_folder(folder: Path, mode: int) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent, mode)
    folder.mkdir(exist_ok=True)
    folder.chmod(mode | (mode & 0o444) >> 2)  # who may read the file may enter; whatever the umask is
    _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(number)
    finally:
        os.close(number)
