"""A paid list beside what Pamong computes: every rupiah of difference stands under a cause. Pure frames.

The net is taken apart in the same four parts on both sides: maximum, cuts, tax, contribution. What each part
differs by is one line, so that the lines of a person add up to the difference of his net exactly, and those
of everybody to the difference of the totals. A part that only follows from another (tax at the same rate on
another gross) stands under that one's cause. What nothing explains is not known, and is said to be so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from pamong.pay.choices import Cause

ROUNDING = 100  # rupiah: what two ways of rounding a slip's few lines can differ by
LINES: dict[str, pl.DataType | type[pl.DataType]] = {
    "nip": pl.String,
    "name": pl.String,
    "opd_name": pl.String,
    "cause": pl.String,
    "part": pl.String,
    "paid": pl.Int64,
    "computed": pl.Int64,
    "amount": pl.Int64,
}
_PARTS = ("ceiling", "cut", "tax", "health", "rest")


@dataclass(frozen=True)
class Differences:
    """`lines`: one row a person and part that differs, as `LINES`: the nets of both sides, and what the part
    adds to the difference (paid less computed). `people`: how many stand in list or run; `same`: whose
    net is the same."""

    lines: pl.DataFrame
    people: int
    same: int
    paid: int
    computed: int

    def by_cause(self) -> dict[Cause, tuple[int, int, int]]:
        """Of each cause: people, the sum of its lines, and the sum of their sizes. Every cause is named."""
        found = self.lines.group_by("cause").agg(
            pl.col("nip").n_unique(),
            pl.col("amount").sum().alias("sum"),
            pl.col("amount").abs().sum().alias("size"),
        )
        known = {cause: (people, total, size) for cause, people, total, size in found.iter_rows()}
        return {cause: known.get(cause.value, (0, 0, 0)) for cause in Cause}


def compare_paid(paid: pl.DataFrame, slips: pl.DataFrame, shares: Sequence[int]) -> Differences:
    """Compare a list as `interop.register.paid` reads it with slips as `columns.read_slips` does.

    `shares` are the denominators by which a part of a month may have been counted: calendar or working days.
    Columns that the list lacks are null: what they would tell apart then stands under the coarser part.
    """
    both = _joined(paid, slips)
    lone = both.filter(pl.col("p_net").is_null() | pl.col("s_net").is_null())
    pairs = both.filter(pl.col("p_net").is_not_null() & pl.col("s_net").is_not_null())
    lines = pl.concat([_missing(lone), _lines(_caused(_parted(pairs), shares))])
    same = pairs.filter(pl.col("p_net") == pl.col("s_net")).height
    return Differences(
        lines.sort(pl.col("amount").abs(), "nip", "part", descending=[True, False, False]),
        both.height,
        same,
        int(paid["net"].sum()),
        int(slips["net"].sum()),
    )


def _joined(paid: pl.DataFrame, slips: pl.DataFrame) -> pl.DataFrame:
    """Everybody of both, except whom neither side pays anything."""
    amounts = ("job_class", "ceiling", "gross", "tax", "health", "net")
    ours = slips.select("nip", "name", "opd_name", *(pl.col(name).alias(f"s_{name}") for name in amounts))
    theirs = paid.select(
        "nip",
        pl.col("name").alias("p_name"),
        pl.col("opd_name").alias("p_opd"),
        *(pl.col(name).alias(f"p_{name}") for name in (*amounts, "cut")),
    )
    joined = theirs.join(ours, on="nip", how="full", coalesce=True)
    return joined.filter(pl.col("p_net").is_not_null() | pl.col("s_net").is_not_null()).with_columns(
        name=pl.coalesce("name", "p_name").fill_null(""),
        opd_name=pl.coalesce("opd_name", "p_opd").fill_null(""),
    )


def _missing(lone: pl.DataFrame) -> pl.DataFrame:
    """Only one side has an amount: paid without a slip that could be computed, or computed and not paid."""
    return lone.select(
        "nip",
        "name",
        "opd_name",
        cause=pl.lit(Cause.MISSING.value),
        part=pl.when(pl.col("p_net").is_null()).then(pl.lit("unpaid")).otherwise(pl.lit("uncomputed")),
        paid="p_net",
        computed="s_net",
        amount=pl.col("p_net").fill_null(0) - pl.col("s_net").fill_null(0),
    ).select(*LINES)


def _parted(pairs: pl.DataFrame) -> pl.DataFrame:
    """What each part adds to the difference of the nets; `rest` makes them add up."""
    # A list without a gross may still name its cuts, and the other way round.
    gross = pl.coalesce("p_gross", pl.col("p_ceiling") - pl.col("p_cut"), pl.col("p_net") + _paid_off())
    ceiling = pl.coalesce("p_ceiling", gross + pl.col("p_cut"))
    framed = pairs.with_columns(p_gross=gross, p_ceiling=ceiling)
    cut = (pl.col("p_ceiling") - pl.col("p_gross")) - (pl.col("s_ceiling") - pl.col("s_gross"))
    parts = {
        "ceiling": pl.col("p_ceiling") - pl.col("s_ceiling"),
        "cut": -cut,
        "tax": pl.col("s_tax") - pl.col("p_tax"),
        "health": pl.col("s_health") - pl.col("p_health"),
    }
    framed = framed.with_columns(part.fill_null(0).alias(f"d_{name}") for name, part in parts.items())
    return framed.with_columns(
        d_rest=pl.col("p_net") - pl.col("s_net") - pl.sum_horizontal(f"d_{name}" for name in parts)
    )


def _paid_off() -> pl.Expr:
    """Tax and contribution of the list, null where it names neither."""
    return pl.col("p_tax") + pl.col("p_health")


def _caused(parted: pl.DataFrame, shares: Sequence[int]) -> pl.DataFrame:
    """The cause of each part. Order matters: what follows from a part stands under that part's cause."""
    other_class = (pl.col("p_job_class") != pl.col("s_job_class")).fill_null(False)
    ceiling = _first(
        (_small("d_ceiling"), Cause.ROUNDING),
        (other_class, Cause.CLASS),
        (_is_share(shares), Cause.PRORATION),
    )
    with_ceiling = parted.with_columns(c_ceiling=ceiling)
    cut = (
        pl.when(_small("d_cut"))
        .then(pl.lit(Cause.ROUNDING.value))
        .when(~_small("d_ceiling") & _same_rate("cut"))
        .then("c_ceiling")
        .otherwise(pl.lit(Cause.ATTENDANCE.value))
    )
    main = pl.when(pl.col("d_ceiling").abs() >= pl.col("d_cut").abs()).then("c_ceiling").otherwise("c_cut")
    framed = with_ceiling.with_columns(
        p_cutdown=pl.col("p_ceiling") - pl.col("p_gross"), s_cutdown=pl.col("s_ceiling") - pl.col("s_gross")
    ).with_columns(c_cut=cut)
    other_gross = ~_small("d_gross")
    tax = (
        pl.when(_small("d_tax"))
        .then(pl.lit(Cause.ROUNDING.value))
        .when(other_gross & _same_rate("tax"))
        .then(main)
        .otherwise(pl.lit(Cause.UNKNOWN.value))
    )
    # A contribution is a small share of all income: more than this of another gross is another income.
    follows = pl.col("d_health").abs() * 20 <= pl.col("d_gross").abs() + ROUNDING
    health = (
        pl.when(_small("d_health"))
        .then(pl.lit(Cause.ROUNDING.value))
        .when(other_gross & follows)
        .then(main)
        .otherwise(pl.lit(Cause.BASE_SALARY.value))
    )
    return framed.with_columns(d_gross=pl.col("d_ceiling") + pl.col("d_cut")).with_columns(
        c_tax=tax, c_health=health, c_rest=_rest(other_class)
    )


def _rest(other_class: pl.Expr) -> pl.Expr:
    """Where the list tells no parts, its whole difference is here: a class that differs still explains it."""
    coarse = pl.col("p_ceiling").is_null()
    return _first((_small("d_rest"), Cause.ROUNDING), (coarse & other_class, Cause.CLASS))


def _first(*cases: tuple[pl.Expr, Cause]) -> pl.Expr:
    found = pl.lit(Cause.UNKNOWN.value)
    for holds, cause in reversed(cases):
        found = pl.when(holds).then(pl.lit(cause.value)).otherwise(found)
    return found


def _small(name: str) -> pl.Expr:
    return pl.col(name).abs() <= ROUNDING


def _is_share(shares: Sequence[int]) -> pl.Expr:
    """One maximum is so many days of the other: 14/31, 15/22."""
    low, high = (op("p_ceiling", "s_ceiling") for op in (pl.min_horizontal, pl.max_horizontal))
    holds = pl.lit(False)
    for days in shares:
        counted = (low * days + high // 2) // high
        fits = (low * days - high * counted).abs() <= days
        holds = holds | (fits & (counted > 0) & (counted < days))
    return (high > 0) & holds


_RATES = {"cut": ("p_cutdown", "s_cutdown", "ceiling"), "tax": ("p_tax", "s_tax", "gross")}


def _same_rate(part: str) -> pl.Expr:
    """The part is the same share of what it is taken from, on both sides."""
    theirs, ours, base = _RATES[part]
    largest = pl.max_horizontal(f"p_{base}", f"s_{base}")
    apart = (pl.col(theirs) * pl.col(f"s_{base}") - pl.col(ours) * pl.col(f"p_{base}")).abs()
    return (apart <= ROUNDING * largest).fill_null(False)


def _lines(caused: pl.DataFrame) -> pl.DataFrame:
    parts = [
        caused.filter(pl.col(f"d_{part}") != 0).select(
            "nip",
            "name",
            "opd_name",
            cause=f"c_{part}",
            part=pl.lit(part),
            paid="p_net",
            computed="s_net",
            amount=f"d_{part}",
        )
        for part in _PARTS
    ]
    return pl.concat(parts).select(*LINES)
