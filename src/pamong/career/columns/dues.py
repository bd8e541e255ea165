"""When the next raise is due and what it gives, for everybody at once.

Months are numbers here: year x 12 + month - 1; who began within a month is counted from the next.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pamong.career.columns.away import ENDED, NO_ROW, first_of, lost_until, served_later
from pamong.law.kgb import Ground, Rules

_YEAR = 12  # months
_SCALE = ["scale", "golongan"]


def next_raises(people: pl.DataFrame, delays: pl.DataFrame, away: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """The next row of the table, when it is reached, from when it is given, and what that makes."""
    tables = _tables(rules)
    found = served_later(_due(people, tables, rules), away)
    return _new_steps(_disciplined(_delayed(found, delays), delays), away, tables)


def _tables(rules: Rules) -> pl.DataFrame:
    """Both salary tables: scale, golongan, row (years), reached (months), base (rupiah)."""
    rows = [
        (scale, golongan, years, years * _YEAR, rupiah)
        for scale, table in (("pns", rules.pns), ("pppk", rules.pppk))
        for golongan, each in table.rows.items()
        for years, rupiah in each
    ]
    numbers = dict.fromkeys(("row", "reached", "base"), pl.Int64)
    schema = {"scale": pl.String, "golongan": pl.String, **numbers}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("reached")


def _due(people: pl.DataFrame, tables: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """``due``: the month in which the next row is reached; ``first``; ``why_not`` where there is none."""
    scale = pl.when(pl.col("kind").str.starts_with("PPPK")).then(pl.lit("pppk")).otherwise(pl.lit("pns"))
    served = pl.col("mkg_years").cast(pl.Int64) * _YEAR + pl.col("mkg_months")
    ends = tables.group_by(_SCALE).agg(
        pl.col("reached").min().alias("lowest"), pl.col("reached").sort().get(1).alias("second")
    )
    found = people.with_columns(scale.alias("scale"), served.alias("served"), _month("since").alias("begun"))
    found = _next_row(found.join(ends, on=_SCALE, how="left"), tables)
    known = pl.col("since").is_not_null() & pl.col("lowest").is_not_null()
    shorter = pl.col("golongan").is_in(list(rules.first_interval))
    return found.with_columns(
        pl.when(~known)
        .then(pl.lit(NO_ROW))
        .when(pl.col("next").is_null())
        .then(pl.lit(ENDED))
        .alias("why_not"),
        (pl.col("begun") + pl.col("next") - pl.col("served")).alias("due"),
        (shorter & (pl.col("served") < pl.col("second"))).fill_null(value=False).alias("first"),
    )


def _next_row(people: pl.DataFrame, tables: pl.DataFrame) -> pl.DataFrame:
    """``next``: the months of service of the first row above what is served."""
    above = tables.select(
        *_SCALE, (pl.col("reached") - 1).alias("served"), pl.col("reached").alias("next")
    )  # fmt: skip
    return _looked_up(people, above, "served", "forward")


def _delayed(people: pl.DataFrame, delays: pl.DataFrame) -> pl.DataFrame:
    """``effective``: the month after each delay that a raise falls into, one delay after the other."""
    found = people.with_columns(pl.col("due").alias("effective"))
    ordered = delays.sort("person_id", "since", "until").select(
        "person_id",
        pl.col("since").alias("from"),
        pl.col("until").alias("to"),
        _month("until").alias("after"),
        pl.int_range(pl.len()).over("person_id").alias("place"),
    )
    day = first_of("effective")
    falls = (pl.col("from") <= day) & (day < pl.col("to"))
    for place in sorted(set(ordered["place"])):
        each = ordered.filter(pl.col("place") == place).drop("place")
        given = pl.when(falls).then(pl.col("after")).otherwise(pl.col("effective"))
        found = found.join(each, on="person_id", how="left").with_columns(given.alias("effective"))
        found = found.drop("from", "to", "after")
    return found


def _disciplined(people: pl.DataFrame, delays: pl.DataFrame) -> pl.DataFrame:
    """``disciplined``: a disciplinary delay lies between when a raise is due and when it is given."""
    ours = delays.filter(pl.col("ground") == Ground.DISCIPLINE.value).rename({"since": "from"})
    within = (pl.col("from") < first_of("effective")) & (pl.col("until") > first_of("due"))
    found = ours.join(people.select("person_id", "due", "effective"), on="person_id").filter(within)
    return people.with_columns(pl.col("person_id").is_in(found["person_id"].implode()).alias("disciplined"))


def _new_steps(people: pl.DataFrame, away: pl.DataFrame, tables: pl.DataFrame) -> pl.DataFrame:
    """The row that is reached, the service then, and what the table gives before and after."""
    then = pl.col("served") + pl.col("effective") - pl.col("begun") - pl.col("lost")
    found = lost_until(people, away, "effective").with_columns(then.alias("then"))
    found = _reached(found, tables, "served", {"base": "base_before"})
    found = _reached(found, tables, "then", {"base": "base_after", "row": "row"})
    sure = ~pl.col("disciplined")
    return found.with_columns(
        first_of("due").alias("due_on"),
        first_of("effective").alias("effective_on"),
        pl.when(sure).then(pl.col("then") // _YEAR).alias("new_years"),
        pl.when(sure).then(pl.col("then") % _YEAR).alias("new_months"),
    )


def _reached(
    people: pl.DataFrame, tables: pl.DataFrame, months: str, names: Mapping[str, str]
) -> pl.DataFrame:
    """Columns of the table's row that is reached after so many months, under other names."""
    shown = (pl.col(old).alias(new) for old, new in names.items())
    return _looked_up(
        people, tables.select(*_SCALE, pl.col("reached").alias(months), *shown), months, "backward"
    )


def _looked_up(people: pl.DataFrame, rows: pl.DataFrame, on: str, strategy: str) -> pl.DataFrame:
    """The nearest row of one's own table in a direction, its own number among them; nothing for nobody's."""
    nobody = people.filter(pl.col(on).is_null())
    found = people.filter(pl.col(on).is_not_null()).sort(on)
    joined = found.join_asof(
        rows.sort(on), on=on, by=_SCALE, strategy=strategy, check_sortedness=False  # type: ignore[arg-type]
    )  # fmt: skip
    return pl.concat([joined, nobody], how="diagonal").sort("person_id")


def _month(column: str) -> pl.Expr:
    """A day as the number of the month that begins then, or next."""
    day = pl.col(column)
    return (
        day.dt.year().cast(pl.Int64) * _YEAR + day.dt.month() - 1 + (day.dt.day() > 1).cast(pl.Int64)
    )  # fmt: skip
