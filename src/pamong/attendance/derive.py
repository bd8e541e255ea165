"""From punches to days: the first punch in and the last punch out of each expected day, for everybody at once."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from pamong.attendance.calendars import WorkDay

# A punch is packed into one number so that "the first" and "the last" keep their file and line.
_FILE, _LINE = 2**40, 2**32

DAYS = {
    "person": pl.UInt32,
    "on": pl.Date,
    "shift_start": pl.Int32,
    "shift_end": pl.Int32,
    "first_in": pl.Int32,
    "last_out": pl.Int32,
    "is_excused": pl.Boolean,
    "excuse": pl.String,
    "in_file": pl.Int32,
    "in_line": pl.Int32,
    "out_file": pl.Int32,
    "out_line": pl.Int32,
}


def derive_days(
    people: pl.DataFrame, punches: pl.DataFrame, excuses: pl.DataFrame, calendar: Iterable[WorkDay]
) -> pl.DataFrame:
    """The expected days of all people with what was recorded on them; columns as in `DAYS`, by person and day.

    `people`: person (row number), week, from_day, to_day (days of the month in service). `punches`: person,
    at (local wall time), file (number), line. `excuses`: person, day (of the month), excuse. The outcome does
    not depend on the order in which punches arrive.
    """
    shifts = _shifts(calendar)
    expected = (
        people.lazy()
        .select("person", "week", "from_day", "to_day")
        .join(shifts.lazy(), on="week", how="inner")
        .filter(pl.col("day").is_between(pl.col("from_day"), pl.col("to_day")))
    )
    marks = _marks(people, punches, shifts)
    return (
        expected.join(marks, on=["person", "day"], how="left")
        .join(excuses.lazy().unique(["person", "day"]), on=["person", "day"], how="left")
        .sort("person", "day")
        .select(
            pl.col("person").cast(pl.UInt32),
            "on",
            "shift_start",
            "shift_end",
            *(_unpack(mark, part) for mark, part in (("first", "in"), ("last", "out"))),
            is_excused=pl.col("excuse").is_not_null(),
            excuse=pl.col("excuse"),
            in_file=_file("first"),
            in_line=_line("first"),
            out_file=_file("last"),
            out_line=_line("last"),
        )
        .collect()
    )


def _shifts(calendar: Iterable[WorkDay]) -> pl.DataFrame:
    rows = [
        (w.week, w.on, w.on.day, w.start, w.end, w.opens, w.closes, w.middle) for w in calendar
    ]
    schema = {
        "week": pl.String,
        "on": pl.Date,
        "day": pl.Int8,
        "shift_start": pl.Int32,
        "shift_end": pl.Int32,
        "opens": pl.Int32,
        "closes": pl.Int32,
        "middle": pl.Int32,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _marks(people: pl.DataFrame, punches: pl.DataFrame, shifts: pl.DataFrame) -> pl.LazyFrame:
    """For each person and day, the packed first punch in and last punch out within the windows."""
    at = pl.col("at")
    seconds = at.dt.hour().cast(pl.Int32) * 3600 + at.dt.minute().cast(pl.Int32) * 60 + at.dt.second()
    pack = pl.col("second").cast(pl.Int64) * _FILE + pl.col("file").cast(pl.Int64) * _LINE + pl.col("line")
    return (
        punches.lazy()
        .select("person", "file", "line", day=at.dt.day(), second=seconds)
        .join(people.lazy().select("person", "week"), on="person", how="inner")
        .join(
            shifts.lazy().select("week", "day", "opens", "closes", "middle"), on=["week", "day"], how="inner"
        )
        .filter(pl.col("second").is_between(pl.col("opens"), pl.col("closes")))
        .with_columns(mark=pack, early=pl.col("second") < pl.col("middle"))
        .group_by("person", "day")
        .agg(
            first=pl.col("mark").filter(pl.col("early")).min(),
            last=_last(),
        )
    )


def _last() -> pl.Expr:
    """The last punch out; of several in the same second, the one that stands first in the files."""
    late = pl.col("mark").filter(~pl.col("early"))
    return late.filter(late // _FILE == (late // _FILE).max()).min()


def _unpack(mark: str, part: str) -> pl.Expr:
    name = "first_in" if part == "in" else "last_out"
    return (pl.col(mark) // _FILE).cast(pl.Int32).alias(name)


def _file(mark: str) -> pl.Expr:
    return (pl.col(mark) % _FILE // _LINE).cast(pl.Int32)


def _line(mark: str) -> pl.Expr:
    return (pl.col(mark) % _LINE).cast(pl.Int32)
