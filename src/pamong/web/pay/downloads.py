"""Files of a run and slips as PDF, made by a process of their own (``pamong.jobs.handout``): the web process
never loads the libraries of columns and documents."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.db import connection
from django.http import HttpResponse

from pamong.kernel.actor import Actor
from pamong.kernel.errors import DomainError
from pamong.pay import policies, queries

PROGRAM = "pamong.jobs.handout"
PATIENCE_SECONDS = 300
_REFUSED = 3
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Kind: the end of the file's name, and what it is.
KINDS = {
    "xlsx": (".xlsx", _XLSX),
    "csv": (".csv", "text/csv; charset=utf-8"),
    "parquet": (".parquet", "application/vnd.apache.parquet"),
    "problems": ("-masalah.csv", "text/csv; charset=utf-8"),
    "totals": ("-jumlah-kontrol.txt", "text/plain; charset=utf-8"),
}


class UnknownFile(DomainError):
    """There is no such kind of file."""

    def __init__(self) -> None:
        super().__init__("Berkas ini tidak ada. Pilih salah satu berkas di halaman hitungan.")


class FileRefused(DomainError):
    """The file can't be made; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file as it is handed out."""

    name: str
    content_type: str
    data: bytes


def make(*, actor: Actor, at: datetime, uid: UUID, kind: str) -> Download:
    """One file of a run. NotAllowed, RunNotFound, UnknownFile, FileRefused."""
    policies.require_export(actor)
    run = queries.get_run(actor=actor, uid=uid)
    if kind not in KINDS:
        raise UnknownFile
    ending, content_type = KINDS[kind]
    return Download(f"tpp-{run.month:%Y-%m}-{run.profile}{ending}", content_type, _made(kind, uid, actor, at))


def make_slip(*, actor: Actor, at: datetime, uid: UUID) -> Download:
    """One slip as PDF. NotAllowed, SlipNotFound, FileRefused."""
    view = queries.get_slip(actor=actor, at=at, uid=uid)
    name = f"rincian-{view.run.month:%Y-%m}-{view.slip.number}.pdf"
    return Download(name, "application/pdf", _made("slip", uid, actor, at))


def answer(file: Download, disposition: str) -> HttpResponse:
    """The file as an answer; ``disposition`` is 'attachment' or 'inline'."""
    headers = {
        "Content-Disposition": f'{disposition}; filename="{file.name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(file.data, content_type=file.content_type, headers=headers)


def _made(kind: str, uid: UUID, actor: Actor, at: datetime) -> bytes:
    command = [sys.executable, "-m", PROGRAM, kind, str(uid), str(actor.user_id), at.isoformat()]
    # A debugging cursor can't copy, and one process needs no pool.
    own = {"DATABASE_URL": _address(connection.settings_dict), "PAMONG_DB_POOL": "0", "PAMONG_DEBUG": "0"}
    done = subprocess.run(
        command, capture_output=True, env=os.environ | own, timeout=PATIENCE_SECONDS, check=False
    )
    if done.returncode == _REFUSED:
        raise FileRefused(done.stderr.decode())
    if done.returncode:
        raise RuntimeError(f"{PROGRAM} {kind} ended with {done.returncode}: {done.stderr.decode()[-2000:]}")
    return done.stdout


def _address(settings: dict[str, Any]) -> str:
    """The database that this process reads, for another one."""
    user, password, name = (quote(str(settings[key]), safe="") for key in ("USER", "PASSWORD", "NAME"))
    where = urlencode({"host": settings["HOST"], "port": settings["PORT"]})
    return f"postgresql://{user}:{password}@/{name}?{where}"
