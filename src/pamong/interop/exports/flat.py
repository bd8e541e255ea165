"""Parquet and CSV, for other programs."""

from __future__ import annotations

import io

import polars as pl

from pamong.interop.exports.wide import Wide, in_words
from pamong.pay.choices import Severity

_BOM = "\ufeff"
# A spreadsheet program takes a text that begins so for a formula, whoever wrote it, and rounds a NIP to its
# first 15 digits. An apostrophe before it, as SIASN writes too, keeps both; every reader of ours drops it.
_FORMULA = r"^(?:[=+\-@\t\r]|[0-9]{16,}$)"
PROBLEM_TITLES = {
    "number": "No",
    "severity": "Tingkat",
    "file": "Berkas",
    "line": "Baris",
    "column": "Kolom",
    "value": "Isi",
    "message": "Masalah",
    "subject": "Tentang",
    "code": "Kode",
}
SEVERITIES = {severity.value: severity.label for severity in Severity}


def slips_parquet(wide: Wide) -> bytes:
    """All slips as Parquet: texts and Int64 rupiah, never a float. Columns by their short English names."""
    buffer = io.BytesIO()
    wide.frame.write_parquet(buffer, compression="zstd", statistics=True)
    return buffer.getvalue()


def slips_csv(wide: Wide) -> bytes:
    """All slips as CSV with Indonesian headings, as offices open them: BOM, `;`, CRLF."""
    return _csv(in_words(wide))


def problems_csv(problems: pl.DataFrame) -> bytes:
    """All problems as CSV with Indonesian headings, in the order in which they were found."""
    return _csv(told_problems(problems))


def table_csv(frame: pl.DataFrame) -> bytes:
    """A table with Indonesian headings as CSV, in the same form."""
    return _csv(frame)


def told_problems(problems: pl.DataFrame) -> pl.DataFrame:
    """Problems under Indonesian headings, with words for the severity."""
    named = problems.with_columns(pl.col("severity").replace(SEVERITIES))
    return named.select(pl.col(name).alias(title) for name, title in PROBLEM_TITLES.items())


def _csv(frame: pl.DataFrame) -> bytes:
    safe = frame.with_columns(pl.col(pl.String).str.replace(_FORMULA, "'$0"))
    return (_BOM + safe.write_csv(separator=";", line_terminator="\r\n")).encode()
