"""The month's own sheet ("isian bulanan"): work minutes, base salary and what else is entered by hand."""

from __future__ import annotations

import polars as pl

from pamong.interop.monthly_rows import read_columns
from pamong.interop.tables import file_problem
from pamong.kernel.errors import InvalidValue
from pamong.kernel.problem import Problem

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "nip": pl.String,
    "pin": pl.String,
    "job_class": pl.Int32,
    "pay_group": pl.String,
    "minutes": pl.Int32,
    "behaviour": pl.Int32,
    "fixed_income": pl.Int64,
    "lhkpn_late": pl.Boolean,
    "negative_activity": pl.Boolean,
    "musters_missed": pl.Int32,
    "hours_left": pl.Int32,
    "productivity_score": pl.Int32,
    "ptkp": pl.String,
    "excused": pl.String,
    "week": pl.String,
    "line": pl.Int32,
    "file": pl.String,
}


def read_monthly(data: bytes, name: str) -> tuple[pl.DataFrame, list[Problem]]:
    """Read the sheet into the columns of ``SCHEMA``, one row a person.

    Empty cells: numbers, group and PTKP stay null (missing is not zero), and missed musters, which musters
    that were agreed to tell too; yes/no cells and hours out are what an office leaves empty for "none", so
    they become false and 0, and null where their column is not there; the week becomes ``5``. A row with a
    wrong value does not go in (one ``block`` problem with its row); a file that can't be used gives no rows
    and one ``block`` problem without a row.
    """
    try:
        columns, problems = read_columns(data, name)
    except InvalidValue as refusal:
        return pl.DataFrame(schema=SCHEMA), [file_problem(refusal, name)]
    return pl.DataFrame(columns, schema=SCHEMA), problems
