"""Opens workbooks in a process of its own, with a bound on its memory.

One damaged digit can say that a sheet has a billion cells. The library then asks for memory until there is
none, which would end the worker (and the database beside it); so the worst a file can do is end its reader.
"""

from __future__ import annotations

import io
import os
import resource
import zipfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from python_calamine import CalamineWorkbook, PasswordError

from pamong.interop.values import storable
from pamong.kernel.errors import InvalidValue

Row = tuple[int, list[object] | None]  # place, cells; None for a row that can't be split into cells
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # what a workbook with a password holds instead of sheets
_MAX_UNPACKED = 1 << 30  # bytes; a sheet of 100,000 people is far below, a bomb is far above
_MEMORY = 4 * 1024**3  # bytes: some ten times what a sheet of 50,000 people takes
_PATIENCE = 600  # seconds


def read_sheets(data: bytes, name: str) -> list[list[Row]]:
    """The rows of each sheet with their numbers from 1; ``InvalidValue`` for what can't be opened."""
    pool = _Reader.pool()
    try:
        return pool.submit(_sheets, data, name).result(_PATIENCE)
    except (BrokenProcessPool, MemoryError, TimeoutError) as error:
        _Reader.end()
        raise InvalidValue(f"{name}: lembar kerja ini {_BROKEN}.") from error


class _Reader:
    """The reading process, started when the first workbook comes and kept for the next."""

    _pool: ProcessPoolExecutor | None = None

    @classmethod
    def pool(cls) -> ProcessPoolExecutor:
        """The pool of one process. `spawn`, because the caller has threads and database connections."""
        if cls._pool is None:
            cls._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_bound)
        return cls._pool

    @classmethod
    def end(cls) -> None:
        """Forget a process that died or does not answer."""
        if cls._pool is not None:
            for process in list((cls._pool._processes or {}).values()):
                process.kill()
            cls._pool.shutdown(wait=False, cancel_futures=True)
        cls._pool = None


def _bound() -> None:
    # The library's dying words are a long trace on the error stream; the caller tells it in one sentence.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


_BROKEN = (
    "rusak atau tidak lengkap. Buka dengan Excel atau LibreOffice, simpan ulang sebagai .xlsx, "
    "lalu unggah hasilnya"
)


def _sheets(data: bytes, name: str) -> list[list[Row]]:
    try:
        _refuse_bomb(data, name)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [list(_rows(book, sheet)) for sheet in book.sheet_names] or [[]]
    except InvalidValue:
        raise
    except BaseException as error:
        # The Rust side reports some broken files as a panic, which is no Exception.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        if isinstance(error, PasswordError) or _LOCKED in data:
            reason = "terkunci kata sandi. Simpan tanpa kata sandi, lalu unggah hasilnya"
        else:
            reason = _BROKEN
        raise InvalidValue(f"{name}: lembar kerja ini {reason}.") from error


def _rows(book: CalamineWorkbook, sheet: str) -> Iterator[Row]:
    """The rows that hold anything: a stray cell far below must not bring a million empty ones along."""
    for number, cells in enumerate(book.get_sheet_by_name(sheet).iter_rows(), start=1):
        if any(cell != "" for cell in cells):
            # Old programs end a text with a zero, which no database takes.
            yield number, [storable(cell) if isinstance(cell, str) else cell for cell in cells]


def _refuse_bomb(data: bytes, name: str) -> None:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
            raise InvalidValue(f"{name}: isi lembar kerja ini terlalu besar.")
