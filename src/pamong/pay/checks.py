"""Doubts about the files of a month as a whole: what the law says of them, and what seems to be left out."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

import polars as pl

from pamong.kernel.clock import format_date, format_month
from pamong.kernel.period import Period
from pamong.kernel.problem import Problem
from pamong.law.engine.plan import Law
from pamong.law.engine.show import show

_TABLES = {"table_salary_pns": pl.col("golongan").str.contains("/"), "table_salary_pppk": pl.lit(True)}
# In KETERANGAN HARI: absent without excuse, and the office knows of it ("tanpa keterangan").
ABSENT = "TK"
_TENTH = 10  # more than one punch of ten outside the month is told as a doubt
_SILENT = 2  # people without a punch: one alone is no sign of a missing file


def refuse_other_month(punches: pl.DataFrame, month: Period) -> list[Problem]:
    """One problem that keeps the whole run from being computed where no punch lies in the month.

    `punches` holds `at`. Files of another month would otherwise make everybody absent.
    """
    within = punches.filter((pl.col("at") >= month.start) & (pl.col("at") < (month.end or date.max)))
    if within.height or punches.is_empty():
        return []
    ends = (cast(datetime, punches["at"].min()), cast(datetime, punches["at"].max()))
    first, last = (format_date(end.date()) for end in ends)
    dates = first if first == last else f"{first} sampai {last}"
    message = (
        f"Tidak satu pun presensi di berkas ini jatuh pada {_name(month)}; isinya dari {dates}. "
        f"Pilih bulan yang sesuai, atau ambil data {_name(month)} dari mesinnya."
    )
    return [Problem("other_month", message, "block")]


def check_other_months(total: int, within: int, month: Period) -> list[Problem]:
    """Punches outside the month are left aside; many of them are a doubt."""
    outside = total - within
    if not outside:
        return []
    many = outside * _TENTH > total
    text = f"{outside} dari {total} presensi di luar {_name(month)} tidak dipakai"
    return [Problem("other_month", text, "warn" if many else "info")]


def check_silent_units(people: pl.DataFrame, days: pl.DataFrame) -> list[Problem]:
    """Units where more than half of those expected have no punch at all: a machine's file may be missing.

    `people` holds person, unit_name, opd_name and no_punch; `days` the expected days.
    """
    expected = people.join(days.filter(~pl.col("is_excused")).select("person"), on="person", how="semi")
    units = (
        expected.group_by(pl.col("opd_name", "unit_name").fill_null(""))
        .agg(pl.len().alias("people"), pl.col("no_punch").sum().cast(pl.Int64).alias("silent"))
        .filter((pl.col("silent") * 2 > pl.col("people")) & (pl.col("silent") >= _SILENT))
        .sort("opd_name", "unit_name")
    )
    return [
        Problem(
            "silent_unit",
            f"{silent} dari {count} orang di {unit or opd or 'unit tanpa nama'} tidak punya satu pun "
            "presensi bulan ini; mungkin berkas mesinnya belum ikut",
            "warn",
            value=", ".join(part for part in (unit, opd) if part),
        )
        for opd, unit, count, silent in units.iter_rows()
    ]


def check_confirmed_absence(people: pl.DataFrame, notes: pl.DataFrame, days: pl.DataFrame) -> list[Problem]:
    """Days that the sheet calls absent, and on which there is a punch: the punch counts, and it is told."""
    absent = notes.filter(pl.col("excuse") == ABSENT).select("person", pl.col("day").cast(pl.Int8))
    if absent.is_empty():
        return []
    seen = days.filter(pl.col("first_in").is_not_null() | pl.col("last_out").is_not_null())
    found = (
        seen.with_columns(day=pl.col("on").dt.day())
        .join(absent, on=["person", "day"], how="semi")
        .join(people.select("person", "nip"), on="person", how="left")
        .sort("nip", "day")
    )
    return [
        Problem(
            "absent_with_punch",
            f"{format_date(on)} ditulis {ABSENT}, padahal ada presensinya; presensinya yang dipakai",
            "warn",
            column="KETERANGAN HARI",
            value=f"{on.day:02d}={ABSENT}",
            subject=nip,
        )
        for nip, on in found.select("nip", "on").iter_rows()
    ]


def _name(month: Period) -> str:
    return format_month(month.start.year, month.start.month)


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
