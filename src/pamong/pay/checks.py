"""Doubts that the law itself raises about the files of a month."""

from __future__ import annotations

import polars as pl

from pamong.kernel.period import Period
from pamong.kernel.problem import Problem
from pamong.law.engine.plan import Law
from pamong.law.engine.show import show

_TABLES = {"table_salary_pns": pl.col("golongan").str.contains("/"), "table_salary_pppk": pl.lit(True)}


def check_fixed_income(law: Law, month: Period, people: pl.DataFrame) -> list[Problem]:
    """Fixed income that is less than the table's base salary for golongan and years: the sheet is doubtful.

    `people` holds nip, golongan, mkg, is_cpns and fixed_income. Persons without one of them are not
    checked, and candidates neither, who receive a part of the base salary.
    """
    end = month.end or month.start
    left = people.filter(
        ~pl.col("is_cpns") & pl.all_horizontal(pl.col("golongan", "mkg", "fixed_income").is_not_null())
    )
    found: list[Problem] = []
    for table, mine in _TABLES.items():
        rows = left.filter(mine)
        left = left.filter(~mine)
        if rows.height:
            plan = law.plan((table,), month.start, end)
            found += _below(rows.hstack(plan.columns(rows.select("golongan", "mkg"))), table)
    return found


def _below(rows: pl.DataFrame, table: str) -> list[Problem]:
    low = rows.filter(pl.col("fixed_income") < pl.col(table)).sort("nip")
    return [
        Problem(
            code="income_below_table",
            message=(
                f"penghasilan tetap {show(row['fixed_income'], 'rupiah')} lebih kecil daripada gaji pokok "
                f"{row['golongan']} masa kerja {row['mkg']} tahun menurut tabel, "
                f"{show(row[table], 'rupiah')}; periksa lagi"
            ),
            severity="warn",
            column="PENGHASILAN TETAP",
            value=str(row["fixed_income"]),
            subject=row["nip"],
        )
        for row in low.iter_rows(named=True)
    ]
