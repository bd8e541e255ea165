"""All slips of a run as items, read by COPY. Only run processes and the audit import this."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import polars as pl

from pamong.pay.items import FIELDS, Item, OfRun, as_json, item_of
from pamong.pay.slip_rows import SLIPS

_WHOLE = ("ceiling", "earned", "gross", "health", "net", "tax", "job_class", "number", "slip_id")
SCHEMA: dict[str, Any] = {
    name: pl.Int64 if name in _WHOLE else pl.String for name in (*FIELDS, "slip_id", "subject", "facts")
}
_LINES = """
SELECT l.slip_id, l.number, l.kind, l.code, l.method, l.amount
FROM pay_slipline l JOIN pay_slip s ON s.id = l.slip_id WHERE s.run_id = %s
"""
_LINE_SCHEMA: dict[str, Any] = {
    "slip_id": pl.Int64, "number": pl.Int64, "kind": pl.String, "code": pl.String, "method": pl.String,
    "amount": pl.Int64,
}  # fmt: skip


def read_month(conn: Any, run_id: int) -> pl.DataFrame:
    """Every slip of a run by number as ``SCHEMA``, with its ``lines`` as ``items.lines_json`` writes them."""
    slips = _copy(conn, f"{SLIPS} WHERE s.run_id = %s ORDER BY s.number", run_id, SCHEMA)
    lines = _joined(_copy(conn, _LINES, run_id, _LINE_SCHEMA))
    return slips.join(lines, on="slip_id", how="left", maintain_order="left").with_columns(
        pl.concat_str(pl.lit("["), pl.col("lines").fill_null(""), pl.lit("]")).alias("lines"),
        pl.col("facts").fill_null(""),
    )


def items(
    common: OfRun, month: pl.DataFrame, keys: Mapping[UUID, bytes]
) -> Iterator[tuple[int, Item | None]]:
    """The number and the item of each slip; None where there is no key to derive its salts from."""
    place = FIELDS.index("number")
    for *values, _, subject, facts, lines in month.iter_rows():
        key = keys.get(UUID(subject))
        yield values[place], None if key is None else item_of(common, values, lines, facts, key)


def _joined(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines of each slip as one text, in the order of their numbers."""
    parts = pl.concat_str("number", "kind", "code", "method", "amount", separator=",")
    return (
        lines.with_columns(_quoted(lines, name) for name in ("kind", "code", "method"))
        .sort("slip_id", "number")
        .select("slip_id", pl.concat_str(pl.lit("["), parts, pl.lit("]")).alias("line"))
        .group_by("slip_id", maintain_order=True)
        .agg(pl.col("line").str.join(",").alias("lines"))
    )


def _quoted(lines: pl.DataFrame, name: str) -> pl.Series:
    known = lines[name].unique().to_list()
    return lines[name].replace_strict(known, [as_json(each) for each in known], return_dtype=pl.String)


def _copy(conn: Any, query: str, run_id: int, schema: dict[str, Any]) -> pl.DataFrame:
    """COPY a query's rows out. An unquoted empty field is null, a quoted one an empty text."""
    buffer = io.BytesIO()
    with conn.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)", [run_id]) as copy:
        for block in copy:
            buffer.write(block)
    if not buffer.tell():
        return pl.DataFrame(schema=schema)
    buffer.seek(0)
    return pl.read_csv(buffer, has_header=False, schema=schema)
