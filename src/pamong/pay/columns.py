"""Bulk reads of a run for machines: one frame each for slips, lines and problems, read by COPY."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any
from uuid import UUID

import polars as pl
from django.db import connection as default_connection

from pamong.access import services as access
from pamong.kernel.actor import Actor
from pamong.law.engine.formulas import FORMULAS
from pamong.pay import policies, queries
from pamong.pay.choices import RunState
from pamong.pay.comparison import Comparison as Comparison  # noqa: PLC0414 - part of the face
from pamong.pay.comparison import compare
from pamong.pay.errors import RunNotPublished

SLIPS: dict[str, Any] = {
    "number": pl.Int32,
    "uid": pl.String,
    "nip": pl.String,
    "name": pl.String,
    "kind": pl.String,
    "golongan": pl.String,
    "job_class": pl.Int16,
    "post_name": pl.String,
    "unit_name": pl.String,
    "opd_name": pl.String,
    "pay_group": pl.String,
    "state": pl.String,
    "reason": pl.String,
    "died_on": pl.Date,
    "payee": pl.String,
    "ceiling": pl.Int64,
    "earned": pl.Int64,
    "gross": pl.Int64,
    "tax": pl.Int64,
    "health": pl.Int64,
    "net": pl.Int64,
}
LINES: dict[str, Any] = {
    "slip": pl.Int32,
    "number": pl.Int16,
    "kind": pl.String,
    "code": pl.String,
    "method": pl.String,
    "amount": pl.Int64,
}
PROBLEMS: dict[str, Any] = {
    "number": pl.Int32,
    "severity": pl.String,
    "code": pl.String,
    "file": pl.String,
    "line": pl.Int32,
    "column": pl.String,
    "value": pl.String,
    "message": pl.String,
    "subject": pl.String,
}
_OF_RUN = "(SELECT id FROM pay_run WHERE uid = %s)"


def read_slips(conn: Any | None, run_uid: UUID, *, actor: Actor, at: datetime) -> pl.DataFrame:
    """Every slip of a run by number, as `SLIPS`. Amounts in rupiah, null where there is none.

    Writes one read-log row, on the run, for the whole export. NotAllowed, RunNotFound, RunNotPublished.
    """
    policies.require_export(actor)
    _require_published(actor, run_uid)
    access.log_read(actor=actor, at=at, path=policies.EXPORT, subjects=[run_uid])
    names = ", ".join(f'"{name}"' for name in SLIPS)
    query = f"SELECT {names} FROM pay_slip WHERE run_id = {_OF_RUN} ORDER BY number"  # noqa: S608 (our names)
    return _copy(conn, query, run_uid, SLIPS)


def read_lines(conn: Any | None, run_uid: UUID, *, actor: Actor) -> pl.DataFrame:
    """Every line of a run's slips, as `LINES` with the line's `title`; `slip` is the slip's number.

    Names nobody, so that it belongs to the read-log row of `read_slips`. NotAllowed, RunNotFound,
    RunNotPublished.
    """
    policies.require_export(actor)
    _require_published(actor, run_uid)
    query = (
        "SELECT s.number, l.number, l.kind, l.code, l.method, l.amount FROM pay_slipline l "  # noqa: S608
        f"JOIN pay_slip s ON s.id = l.slip_id WHERE s.run_id = {_OF_RUN} ORDER BY s.number, l.number"
    )
    return _with_titles(_copy(conn, query, run_uid, LINES))


def read_problems(
    conn: Any | None, run_uid: UUID, *, actor: Actor, at: datetime | None = None
) -> pl.DataFrame:
    """Every problem of a run in the order in which it was found, as `PROBLEMS`. NotAllowed, RunNotFound.

    It names people: alone it writes a read-log row, on the run. Beside `read_slips` it belongs to that row,
    and `at` is left out.
    """
    policies.require_export(actor)
    queries.get_run(actor=actor, uid=run_uid)
    if at is not None:
        access.log_read(actor=actor, at=at, path=policies.EXPORT, subjects=[run_uid])
    names = ", ".join(f'"{name}"' for name in PROBLEMS)
    query = f"SELECT {names} FROM pay_runproblem WHERE run_id = {_OF_RUN} ORDER BY number"  # noqa: S608
    return _copy(conn, query, run_uid, PROBLEMS)


def compare_runs(conn: Any | None, old_uid: UUID, new_uid: UUID, *, actor: Actor, at: datetime) -> Comparison:
    """Everybody of two runs side by side; one read-log row a run. NotAllowed, RunNotFound."""
    old, new = (
        (read_slips(conn, uid, actor=actor, at=at), read_lines(conn, uid, actor=actor))
        for uid in (old_uid, new_uid)
    )
    return compare(*old, *new)


def _require_published(actor: Actor, run_uid: UUID) -> None:
    """What is written of a run that was cancelled, or is not finished, is nobody's slip."""
    if queries.get_run(actor=actor, uid=run_uid).state is not RunState.PUBLISHED:
        raise RunNotPublished


def _with_titles(lines: pl.DataFrame) -> pl.DataFrame:
    """The law's name of each line, by code and method."""
    pairs = lines.select("code", "method").unique()
    titles = [
        next((v.title for v in FORMULAS.get(code, ()) if v.method == method), code)
        for code, method in pairs.iter_rows()
    ]
    named = pairs.with_columns(title=pl.Series(titles, dtype=pl.String))
    return lines.join(named, on=["code", "method"], how="left", maintain_order="left")


def _copy(conn: Any | None, query: str, run_uid: UUID, schema: dict[str, Any]) -> pl.DataFrame:
    """COPY a query's rows out as CSV. An unquoted empty field is null, a quoted one an empty text."""
    buffer = io.BytesIO()
    command = f"COPY ({query}) TO STDOUT (FORMAT csv)"
    with (conn or default_connection).cursor() as cursor, cursor.copy(command, [run_uid]) as copy:
        for block in copy:
            buffer.write(block)
    if not buffer.tell():
        return pl.DataFrame(schema=schema)
    buffer.seek(0)
    return pl.read_csv(buffer, has_header=False, schema=schema)
