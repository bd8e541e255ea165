"""Invented employees for the speed measurements: one row a person and month, as many as wanted.

Every cell is a pure function of (seed, column, row), by the splitmix64 mixing function written as column
arithmetic. So row 7 is the same in a table of ten rows and of a million, and on any version of Polars.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from polars._typing import PolarsDataType

# fmt: off
PNS = (
    "I/a", "I/b", "I/c", "I/d", "II/a", "II/b", "II/c", "II/d",
    "III/a", "III/b", "III/c", "III/d", "IV/a", "IV/b", "IV/c", "IV/d", "IV/e",
)
PPPK = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII",
    "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
)
GOLONGAN = (*PNS, *PPPK)
GOLONGAN_TYPE = pl.Enum(GOLONGAN)

# Persons in a thousand of each golongan, as in a middle-sized government: mostly III, a third PPPK.
WEIGHTS = (
    1, 1, 2, 6, 8, 12, 40, 60, 90, 100, 90, 110, 80, 50, 12, 5, 2,
    2, 1, 1, 2, 55, 2, 45, 2, 189, 15, 10, 2, 1, 1, 1, 1, 1,
)
# The lowest class and the fixed income in a month, in rupiah, from which a golongan scatters upwards.
LOWEST_CLASS = (
    1, 1, 1, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8, 9, 10, 11, 12,
    1, 1, 1, 2, 3, 3, 4, 4, 6, 7, 7, 8, 8, 9, 9, 10, 11,
)
# fmt: on
FIXED_INCOME = tuple(1_900_000 + 330_000 * step for step in range(17)) * 2

_MASK = 2**64 - 1
_GOLDEN = 0x9E3779B97F4A7C15


def make_people(n: int, seed: int) -> pl.DataFrame:
    """Invent `n` people. Same `n` and `seed`, same rows; a smaller `n` gives the first rows of a larger one.

    Columns: job_class Int64 (1..15), golongan Enum of the 34 names, is_cpns Boolean, minutes Int64
    (0..8,999), behaviour Int64 (0..100), absent_days Int64 (0..22), points_lost Int64 (0..139), fixed_income
    Int64 (rupiah, about 1 % missing), lhkpn_late Boolean, negative_activity Boolean.
    Raises ValueError if n is negative.
    """
    if n < 0:
        raise ValueError(f"n must not be negative: {n}")
    rows = pl.select(row=pl.int_range(n, dtype=pl.UInt64)).lazy()
    grades = rows.select("row", grade=_pick(WEIGHTS, _roll(seed, "golongan", 1000)))
    return grades.select(
        job_class=_job_class(seed),
        golongan=_by_grade(GOLONGAN, GOLONGAN_TYPE),
        is_cpns=_is_entry_grade() & (_roll(seed, "is_cpns", 100) < 15),
        minutes=_minutes(seed),
        behaviour=_mostly(
            seed,
            "behaviour",
            900,
            75 + _roll(seed, "behaviour usual", 26),
            _roll(seed, "behaviour rare", 101),
        ),
        absent_days=_mostly(seed, "absent_days", 880, pl.lit(0), _skewed(seed, "absent_days", 23)),
        points_lost=_mostly(
            seed, "points_lost", 970, _skewed(seed, "points_lost", 31), _roll(seed, "points_lost rare", 140)
        ),
        fixed_income=_fixed_income(seed),
        lhkpn_late=_roll(seed, "lhkpn_late", 1000) < 30,
        negative_activity=_roll(seed, "negative_activity", 1000) < 12,
    ).collect()


def _roll(seed: int, label: str, sides: int) -> pl.Expr:
    """Whole numbers 0..sides-1 (Int64), evenly spread, independent between labels."""
    start = _mix_int(seed & _MASK)
    for byte in label.encode():
        start = _mix_int(start ^ byte)
    mixed = _mix(pl.col("row") * _word(_GOLDEN) + _word(start))
    # The upper 32 bits times the sides: an even spread without a modulo.
    return (mixed // _word(1 << 32) * _word(sides) // _word(1 << 32)).cast(pl.Int64)


def _word(value: int) -> pl.Expr:
    return pl.lit(value, dtype=pl.UInt64)


def _mix(word: pl.Expr) -> pl.Expr:
    """The finaliser of splitmix64; UInt64 products wrap, a division by a power of two shifts."""
    word = (word ^ word // _word(1 << 30)) * _word(0xBF58476D1CE4E5B9)
    word = (word ^ word // _word(1 << 27)) * _word(0x94D049BB133111EB)
    return word ^ word // _word(1 << 31)


def _mix_int(word: int) -> int:
    """The same step on one Python number, to make a column's starting point."""
    word = (word + _GOLDEN) & _MASK
    word = (word ^ word >> 30) * 0xBF58476D1CE4E5B9 & _MASK
    word = (word ^ word >> 27) * 0x94D049BB133111EB & _MASK
    return word ^ word >> 31


def _mostly(seed: int, label: str, per_mille: int, usual: pl.Expr, rare: pl.Expr) -> pl.Expr:
    """`usual` for so many of a thousand people, else `rare`."""
    return pl.when(_roll(seed, f"{label} which", 1000) < per_mille).then(usual).otherwise(rare).cast(pl.Int64)


def _skewed(seed: int, label: str, sides: int) -> pl.Expr:
    """0..sides-1, small numbers far more often than large ones (the cube of an even spread)."""
    even = _roll(seed, f"{label} skewed", 1000)
    return even * even * even * sides // 1_000_000_000


def _pick(weights: tuple[int, ...], roll: pl.Expr) -> pl.Expr:
    """The place in `weights` that a roll below their sum falls on."""
    places = [place for place, weight in enumerate(weights) for _ in range(weight)]
    return pl.lit(pl.Series(places, dtype=pl.UInt8)).gather(roll)


def _by_grade(values: Sequence[int | str], dtype: PolarsDataType = pl.Int64) -> pl.Expr:
    return pl.lit(pl.Series(values, dtype=dtype)).gather(pl.col("grade"))


def _is_entry_grade() -> pl.Expr:
    """A candidate enters at II/a to III/b; a PPPK has no candidate's year."""
    return pl.col("grade").is_between(GOLONGAN.index("II/a"), GOLONGAN.index("III/b"))


def _job_class(seed: int) -> pl.Expr:
    usual = _by_grade(LOWEST_CLASS) + _roll(seed, "job_class", 4)
    return _mostly(seed, "job_class", 980, usual, 1 + _roll(seed, "job_class rare", 15)).clip(1, 15)


def _minutes(seed: int) -> pl.Expr:
    """Most people reach 4,500 to 7,499 minutes, some little, some none at all."""
    rare = _mostly(seed, "minutes none", 900, _roll(seed, "minutes rare", 9_000), pl.lit(0))
    return _mostly(seed, "minutes", 900, 4_500 + _roll(seed, "minutes usual", 3_000), rare)


def _fixed_income(seed: int) -> pl.Expr:
    """Around the golongan's amount; now and then above the cap of 12 million; about 1 % missing."""
    usual = _by_grade(FIXED_INCOME) + _roll(seed, "fixed_income", 1_500_000)
    rare = usual + 5_000_000 + _roll(seed, "fixed_income rare", 4_000_000)
    income = _mostly(seed, "fixed_income", 980, usual, rare)
    return pl.when(_roll(seed, "fixed_income missing", 100) > 0).then(income)
