"""Writes slips by COPY, chunk by chunk. A chunk is one transaction; a run goes on with those it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl
from django.db import connection, transaction

from pamong.kernel.ids import uuid7
from pamong.kernel.problem import Problem
from pamong.pay.frames import SLIP_COLUMNS, Worked
from pamong.pay.models import RunChunk
from pamong.people import columns

CHUNK = 2_500  # slips; some 40 ms of work, so that little is lost when a process dies


@dataclass(frozen=True)
class Chunk:
    """The slips `first..last` of a run."""

    number: int
    first: int
    last: int


def chunks(people: int, size: int) -> Iterator[Chunk]:
    """The chunks of a run of so many people. A run keeps the size with which it began."""
    for number, first in enumerate(range(1, people + 1, size)):
        yield Chunk(number, first, min(people, first + size - 1))


def staged(run_id: int) -> set[int]:
    """The numbers of the chunks that are written."""
    return set(RunChunk.objects.filter(run_id=run_id).values_list("number", flat=True))


def stage(run_id: int, chunk: Chunk, worked: Worked, facts: pl.DataFrame) -> None:
    """Write one chunk: slips, lines and inputs, and the mark that it is done."""
    size = chunk.last - chunk.first + 1
    slips = worked.slips.slice(chunk.first - 1, size)
    with transaction.atomic():
        RunChunk.objects.create(run_id=run_id, number=chunk.number, slips=size)
        ids = pl.DataFrame({"slip": slips["number"], "id": _draw_ids(size)})
        persons = columns.persons_by_nip(slips["nip"])
        person = pl.Series("person_id", [persons.get(nip) for nip in slips["nip"]], dtype=pl.Int64)
        uids = pl.Series("uid", [str(uuid7()) for _ in range(size)])
        _copy(
            "pay_slip", slips.select(ids["id"], uids, person, pl.lit(run_id).alias("run_id"), *SLIP_COLUMNS)
        )
        lines = worked.lines.filter(pl.col("slip").is_between(chunk.first, chunk.last))
        _copy(
            "pay_slipline",
            lines.join(ids, on="slip").select(
                pl.col("id").alias("slip_id"), "number", "kind", "code", "method", "amount"
            ),
        )
        texts = facts.slice(chunk.first - 1, size)
        _copy("pay_slipinput", pl.DataFrame({"slip_id": ids["id"], "facts": texts["facts"]}))


def write_problems(run_id: int, problems: list[Problem]) -> None:
    """Write the run's problems, in the order in which they were found."""
    rows = [
        (run_id, number, p.severity, p.code, p.source, p.row, p.column, p.value[:200], p.message, p.subject)
        for number, p in enumerate(problems, start=1)
    ]
    names = ["run_id", "number", "severity", "code", "file", "line", "column", "value", "message", "subject"]
    texts = dict.fromkeys(names, pl.String)
    schema = {**texts, "run_id": pl.Int64, "number": pl.Int32, "line": pl.Int32}
    _copy("pay_runproblem", pl.DataFrame(rows, schema=schema, orient="row"))


def _draw_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('pay_slip', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [row[0] for row in cursor.fetchall()]


def _copy(table: str, frame: pl.DataFrame) -> None:
    """COPY a frame; nulls are empty unquoted fields, empty texts are quoted."""
    if frame.is_empty():
        return
    columns = ", ".join(f'"{name}"' for name in frame.columns)
    data = frame.write_csv(include_header=False, quote_style="necessary").encode()
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN (FORMAT csv)') as copy,
    ):
        copy.write(data)
