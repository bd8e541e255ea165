"""Files of a run and slips as PDF, made by a process of their own (``pamong.jobs.handout``)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pamong.kernel.actor import Actor
from pamong.pay import policies, queries
from pamong.web import handing
from pamong.web.handing import CSV, XLSX, Download, FileRefused, UnknownFile, answer

PROGRAM = "pamong.jobs.handout"
# Kind: the end of the file's name, and what it is.
KINDS = {
    "xlsx": (".xlsx", XLSX),
    "csv": (".csv", CSV),
    "parquet": (".parquet", "application/vnd.apache.parquet"),
    "problems": ("-masalah.csv", CSV),
    "totals": ("-jumlah-kontrol.txt", "text/plain; charset=utf-8"),
}


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
    # The other process reads the slip, and leaves the row in the read log.
    month, number = queries.find_slip(actor=actor, uid=uid)
    name = f"rincian-{month:%Y-%m}-{number}.pdf"
    return Download(name, "application/pdf", _made("slip", uid, actor, at))


def _made(kind: str, uid: UUID, actor: Actor, at: datetime) -> bytes:
    return handing.run(PROGRAM, kind, str(uid), str(actor.user_id), at.isoformat())


__all__ = ["Download", "FileRefused", "UnknownFile", "answer", "make", "make_slip"]
