"""From punches to days: the first punch in and the last punch out of each expected day, for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import polars as pl

from pamong.attendance.calendars import WorkDay
from pamong.attendance.choices import WEEKS

# A punch is packed into one number, so that the first and the last punch keep their file and line: second of
# the day, then the place. Of punches in the same second the one that stands first in the files counts, so the
# place of a punch out is turned around before the greatest is taken. 17 bits of second and 46
# of place fill an Int64;
# there is room for 16,384 files.
_PLACE, _LINE = 2**46, 2**32
# A day of a month and a weekly pattern, as one small number: pattern x 32 + day.
_DAYS = 32

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
    """The expected days of all people with what was recorded; columns as in `DAYS`, by person and day.

    `people`: person (row number), week, from_day, to_day (days of the month in service). `punches`: person,
    at (local wall time), file (number), line. `excuses`: person, day (of the month), excuse. The outcome does
    not depend on the order in which punches arrive.
    """
    shifts = _shifts(calendar)
    weeks = people.select(
        "person", slot=pl.col("week").cast(pl.Enum(WEEKS)).to_physical().cast(pl.Int32) * _DAYS
    )
    marks = _marks(punches, weeks, shifts)
    noted = excuses.lazy().unique(["person", "day"], keep="first", maintain_order=True)
    return (
        _expected(people, weeks, shifts)
        .join(marks, on="key", how="left")
        .join(noted.select("excuse", key=_key()), on="key", how="left")
        .sort("key")
        .select(
            pl.col("person").cast(pl.UInt32),
            "on",
            "shift_start",
            "shift_end",
            first_in=_second("first"),
            last_out=_second("last"),
            is_excused=pl.col("excuse").is_not_null(),
            excuse=pl.col("excuse"),
            in_file=(_place("first") // _LINE).cast(pl.Int32),
            in_line=(_place("first") % _LINE).cast(pl.Int32),
            out_file=(_turned("last") // _LINE).cast(pl.Int32),
            out_line=(_turned("last") % _LINE).cast(pl.Int32),
        )
        .collect()
    )


def _expected(people: pl.DataFrame, weeks: pl.DataFrame, shifts: pl.DataFrame) -> pl.LazyFrame:
    """Each person's days of work while in service."""
    return (
        weeks.lazy()
        .join(people.lazy().select("person", "from_day", "to_day"), on="person", how="inner")
        .join(shifts.lazy(), on="slot", how="inner")
        .filter(pl.col("day").is_between(pl.col("from_day"), pl.col("to_day")))
        .with_columns(key=_key())
    )


def _key() -> pl.Expr:
    """A person's day as one number."""
    return pl.col("person").cast(pl.Int64) * _DAYS + pl.col("day").cast(pl.Int64)


def _second(mark: str) -> pl.Expr:
    return (pl.col(mark) // _PLACE).cast(pl.Int32)


def _place(mark: str) -> pl.Expr:
    return pl.col(mark) % _PLACE


def _turned(mark: str) -> pl.Expr:
    return _PLACE - 1 - _place(mark)


def _shifts(calendar: Iterable[WorkDay]) -> pl.DataFrame:
    rows = [
        (WEEKS.index(w.week) * _DAYS, w.on, w.on.day, w.start, w.end, w.opens, w.closes, w.middle)
        for w in calendar
    ]
    schema = {
        "slot": pl.Int32,
        "on": pl.Date,
        "day": pl.Int8,
        "shift_start": pl.Int32,
        "shift_end": pl.Int32,
        "opens": pl.Int32,
        "closes": pl.Int32,
        "middle": pl.Int32,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _marks(punches: pl.DataFrame, weeks: pl.DataFrame, shifts: pl.DataFrame) -> pl.LazyFrame:
    """For each person's day, the packed first punch in and last punch out within the window of that day."""
    at = pl.col("at")
    seconds = (at.dt.epoch("s") % 86_400).cast(
        pl.Int32
    )  # wall time without a zone, so days have 86,400 seconds
    # Punches of persons who are not in `people` have no slot, and fall out with those outside the windows.
    slots = pl.lit(_by_number(weeks, "person", "slot")).gather(pl.col("person"), null_on_oob=True)
    slot = slots + at.dt.day()
    windows = {
        name: pl.lit(_by_number(shifts.with_columns(pl.col("slot") + pl.col("day")), "slot", name)).gather(
            pl.col("slot")
        )
        for name in ("opens", "closes", "middle")
    }
    place = pl.col("file").cast(pl.Int64) * _LINE + pl.col("line")
    packed = pl.col("second").cast(pl.Int64) * _PLACE
    early = pl.col("second") < pl.col("middle")
    return (
        punches.lazy()
        .select("person", "file", "line", second=seconds, day=at.dt.day(), slot=slot)
        .with_columns(**windows)
        .filter(pl.col("second").is_between(pl.col("opens"), pl.col("closes")))
        .select(
            key=_key(),
            first=pl.when(early).then(packed + place),
            last=pl.when(~early).then(packed + (_PLACE - 1 - place)),
        )
        .group_by("key")
        .agg(pl.col("first").min(), pl.col("last").max())
    )


def _by_number(frame: pl.DataFrame, index: str, value: str) -> pl.Series:
    """A column as a dense list over a small number; numbers that do not occur have no value."""
    greatest = cast(int | None, frame[index].max())
    size = max(len(WEEKS) * _DAYS, (greatest or 0) + 1)
    dense = pl.DataFrame({index: pl.int_range(size, eager=True).cast(frame.schema[index])})
    return dense.join(frame.select(index, value), on=index, how="left", maintain_order="left")[value]
