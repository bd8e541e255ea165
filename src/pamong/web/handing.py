"""Files that a process of its own makes and this one hands out: the web process never loads the libraries of
columns, workbooks and documents."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.db import connection
from django.http import HttpResponse

from pamong.kernel.errors import DomainError

PATIENCE_SECONDS = 300
REFUSED = 3
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


class UnknownFile(DomainError):
    """There is no such kind of file."""

    def __init__(self) -> None:
        super().__init__("Berkas ini tidak ada. Pilih salah satu berkas di halamannya.")


class FileRefused(DomainError):
    """The file can't be made; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file as it is handed out."""

    name: str
    content_type: str
    data: bytes


def run(program: str, *arguments: str, given: bytes = b"") -> bytes:
    """What a program of ``pamong.jobs`` writes, which reads what is ``given``. ``FileRefused`` with its
    sentence where it refuses."""
    command = [sys.executable, "-m", program, *arguments]
    # A debugging cursor can't copy, and one process needs no pool.
    own = {"DATABASE_URL": _address(connection.settings_dict), "PAMONG_DB_POOL": "0", "PAMONG_DEBUG": "0"}
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, env=os.environ | own, timeout=PATIENCE_SECONDS,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise FileRefused("Berkas ini terlalu lama dibuat. Coba lagi sebentar lagi.") from None
    if done.returncode == REFUSED:
        raise FileRefused(done.stderr.decode())
    if done.returncode:
        raise RuntimeError(f"{program} ended with {done.returncode}: {done.stderr.decode()[-2000:]}")
    return done.stdout


def answer(file: Download, disposition: str) -> HttpResponse:
    """The file as an answer; ``disposition`` is 'attachment' or 'inline'."""
    headers = {
        "Content-Disposition": f'{disposition}; filename="{file.name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(file.data, content_type=file.content_type, headers=headers)


def _address(settings: dict[str, Any]) -> str:
    """The database that this process reads, for another one."""
    user, password, name = (quote(str(settings[key]), safe="") for key in ("USER", "PASSWORD", "NAME"))
    where = urlencode({"host": settings["HOST"], "port": settings["PORT"]})
    return f"postgresql://{user}:{password}@/{name}?{where}"
