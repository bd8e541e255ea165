"""All slips of a run as items, read by COPY. Only run processes and the audit import this."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import polars as pl

from pamong.ledger.tree.merkle import leaf_hash
from pamong.pay.items import FIELDS, OfRun, as_json, body_of, content_parts, head_parts
from pamong.pay.slip_content import slips_hash
from pamong.pay.slip_rows import SLIPS

_WHOLE = ("ceiling", "earned", "gross", "health", "net", "tax", "job_class", "number", "slip_id")
SCHEMA: dict[str, Any] = {
    name: pl.Int64 if name in _WHOLE else pl.String for name in (*FIELDS, "slip_id", "subject", "facts")
}
_PLAIN = r"^[ !#-\[\]-~]*$"  # printable ASCII but the quote and the backslash
_LINES = """
SELECT l.slip_id, l.number, l.kind, l.code, l.method, l.amount
FROM pay_slipline l JOIN pay_slip s ON s.id = l.slip_id
"""
_LINE_SCHEMA: dict[str, Any] = {
    "slip_id": pl.Int64, "number": pl.Int64, "kind": pl.String, "code": pl.String, "method": pl.String,
    "amount": pl.Int64,
}  # fmt: skip


def read_month(conn: Any, run_id: int) -> pl.DataFrame:
    """Every slip of a run by number as ``SCHEMA``, with its ``lines`` as ``items.lines_json`` writes them."""
    of_run = f"WHERE s.run_id = {int(run_id)}"
    slips = _copy(conn, f"{SLIPS} {of_run} ORDER BY s.number", SCHEMA)
    lines = _joined(_copy(conn, f"{_LINES} {of_run}", _LINE_SCHEMA))
    return slips.join(lines, on="slip_id", how="left", maintain_order="left").with_columns(
        pl.concat_str(pl.lit("["), pl.col("lines").fill_null(""), pl.lit("]")).alias("lines"),
        pl.col("facts").fill_null(""),
    )


def content_hash(conn: Any, run_id: int, month: pl.DataFrame) -> str:
    """The hash over what all slips of a run say (``slip_content``), as they and their lines are stored."""
    numbers = month.select("slip_id", slip="number")
    lines = _copy(conn, f"{_LINES} WHERE s.run_id = {int(run_id)}", _LINE_SCHEMA)
    return slips_hash(month, lines.join(numbers, on="slip_id").drop("slip_id"))


def hashes(common: OfRun, month: pl.DataFrame, keys: Mapping[UUID, bytes]) -> Iterator[bytes | None]:
    """The item's hash of each slip of ``read_month``; None where there is no key to derive its salts from."""
    told = {name: _as_json(month, name) for name in FIELDS}
    lines, facts = pl.col("lines"), pl.col("facts")
    texts = month.select(
        "uid",
        "subject",
        content=_join(content_parts(common, told, lines, facts)),
        head=_join(head_parts(common, told)),
    )
    for uid, subject, content, head in texts.iter_rows():
        key = keys.get(UUID(subject))
        yield None if key is None else leaf_hash(body_of(common, uid, content.encode(), head.encode(), key))


def _join(parts: list[Any]) -> pl.Expr:
    return pl.concat_str([pl.lit(part) if isinstance(part, str) else part for part in parts])


def _as_json(month: pl.DataFrame, name: str) -> pl.Expr:
    """A column as JSON. What needs no escape is only quoted: that is nearly all."""
    column = pl.col(name)
    if month.schema[name] != pl.String:
        return column.cast(pl.String).fill_null("null")
    odd = month.filter(~column.str.contains(_PLAIN))[name].unique().to_list()
    plain = pl.concat_str(pl.lit('"'), column, pl.lit('"')).fill_null("null")
    if not odd:
        return plain
    return pl.when(column.is_in(odd)).then(_each(column, odd)).otherwise(plain)


def _each(column: pl.Expr, values: list[str]) -> pl.Expr:
    return column.replace_strict(
        values, [as_json(each) for each in values], default=None, return_dtype=pl.String
    )


def _joined(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines of each slip as one text, in the order of their numbers."""
    parts = pl.concat_str("number", "kind", "code", "method", "amount", separator=",")
    return (
        lines.with_columns(_as_json(lines, name).alias(name) for name in ("kind", "code", "method"))
        .sort("slip_id", "number")
        .select("slip_id", pl.concat_str(pl.lit("["), parts, pl.lit("]")).alias("line"))
        .group_by("slip_id", maintain_order=True)
        .agg(pl.col("line").str.join(",").alias("lines"))
    )


def _copy(conn: Any, query: str, schema: dict[str, Any]) -> pl.DataFrame:
    """COPY a query's rows out. An unquoted empty field is null, a quoted one an empty text."""
    buffer = io.BytesIO()
    with conn.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)") as copy:
        for block in copy:
            buffer.write(block)
    if not buffer.tell():
        return pl.DataFrame(schema=schema)
    buffer.seek(0)
    return pl.read_csv(buffer, has_header=False, schema=schema)
