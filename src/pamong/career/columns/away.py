"""Time that is no service, for everybody at once: the rules of ``law.kgb.away`` once more."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from pamong.law.kgb import MONTH_DAYS

_YEAR = 12  # months
NO_ROW, ENDED = "unknown", "ended"  # why nothing is due


def served_later(people: pl.DataFrame, away: pl.DataFrame) -> pl.DataFrame:
    """``due`` moved by the months that are no service; who is away without an end is due at no known day."""
    found = people.with_columns(pl.col("due").alias("whole"), pl.lit(0, pl.Int64).alias("gone"))
    for each in _by_place(away):
        found = found.join(each, on="person_id", how="left")
        meets = (pl.col("from") < first_of("due")) & (
            pl.col("to").is_null() | (pl.col("to") > pl.col("since"))
        )
        days = _days(pl.max_horizontal("from", "since"), pl.col("to"))
        found = found.with_columns(
            pl.when(meets & pl.col("to").is_not_null()).then(pl.col("gone") + days).otherwise(pl.col("gone")),
            (meets & pl.col("to").is_null()).fill_null(value=False).alias("open"),
        )
        known = ~pl.col("open") & pl.col("due").is_not_null()
        due = pl.when(known).then(pl.col("whole") + _months("gone"))
        why = pl.when(pl.col("open")).then(pl.lit(NO_ROW)).otherwise(pl.col("why_not"))
        found = found.with_columns(
            due.alias("due"), why.alias("why_not"), (pl.col("first") & ~pl.col("open")).alias("first")
        ).drop("from", "to", "open")
    return found.drop("whole", "gone")


def lost_until(people: pl.DataFrame, away: pl.DataFrame, column: str) -> pl.DataFrame:
    """``lost``: months since the last step, before the month that a column numbers, that are no service."""
    found, until = people.with_columns(pl.lit(0, pl.Int64).alias("gone")), first_of(column)
    for each in _by_place(away):
        found = found.join(each, on="person_id", how="left")
        first, last = pl.max_horizontal("from", "since"), pl.min_horizontal(pl.col("to"), until)
        meets = pl.col("from").is_not_null() & (first < last)
        days = pl.when(meets).then(_days(first, last)).otherwise(0)
        found = found.with_columns(pl.col("gone") + days).drop("from", "to")
    return found.with_columns(_months("gone").alias("lost")).drop("gone")


def first_of(column: str) -> pl.Expr:
    """The first day of a month by its number (year x 12 + month - 1)."""
    number = pl.col(column)
    return pl.date(number // _YEAR, number % _YEAR + 1, 1)


def _by_place(away: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The first stretch of everybody, then the second ones, and so on: person_id, from, to."""
    ordered = away.sort("person_id", "since").select(
        "person_id", pl.col("since").alias("from"), pl.col("until").alias("to"),
        pl.int_range(pl.len()).over("person_id").alias("place"),
    )  # fmt: skip
    for place in sorted(set(ordered["place"])):
        yield ordered.filter(pl.col("place") == place).drop("place")


def _months(column: str) -> pl.Expr:
    return (pl.col(column) + (MONTH_DAYS - 1)) // MONTH_DAYS


def _days(first: pl.Expr, last: pl.Expr) -> pl.Expr:
    """Days of a stretch by months of thirty days; a 31st counts as the 30th."""

    def each(day: pl.Expr) -> pl.Expr:
        month = day.dt.year().cast(pl.Int64) * _YEAR + day.dt.month()
        return month * MONTH_DAYS + pl.min_horizontal(day.dt.day().cast(pl.Int64), pl.lit(MONTH_DAYS))

    return each(last) - each(first)
