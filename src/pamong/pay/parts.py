"""The month of each person cut into parts with one class and one standing, and the posts stood in for."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pamong.attendance.calendars import WorkDay
from pamong.kernel.period import Period
from pamong.kernel.problem import Problem
from pamong.law.engine.plan import Law

# What a register of people tells of a month and a file does not.
_PIECE = {"first": pl.Int32, "last": pl.Int32}
REGISTER: dict[str, pl.DataType | type[pl.DataType]] = {
    "from_day": pl.Int32,
    "to_day": pl.Int32,
    "segments": pl.List(pl.Struct({**_PIECE, "job_class": pl.Int32})),
    "standings": pl.List(pl.Struct({**_PIECE, "standing": pl.String})),
    "acting": pl.List(pl.Struct({**_PIECE, "kind": pl.String, "job_class": pl.Int32, "steps": pl.Int32})),
    "died": pl.Boolean,
    "heir": pl.String,
    "first_opd": pl.String,
}
_LEAVE = {"segment_leave": pl.String, "segment_leave_month": pl.Int32}
SEGMENT = ("segment_class", "segment_standing", *_LEAVE, "segment_first", "segment_last")
EVENT = ("acting_kind", "acting_level", "acting_class", "acting_work_days", "acting_first", "acting_last")


def as_register(roster: pl.DataFrame) -> pl.DataFrame:
    """A people file or an older register with the columns of a register, empty where it tells nothing."""
    missing = {name: kind for name, kind in REGISTER.items() if name not in roster.columns}
    return roster.with_columns(pl.lit(None, kind).alias(name) for name, kind in missing.items())


def with_payer(roster: pl.DataFrame, payer: str) -> pl.DataFrame:
    """The people with the OPD that pays each: that of his last day, or of his first in the month. Who has no
    post there any more is paid by the other of the two."""
    last, first = (pl.col(name).replace("", None) for name in ("opd_name", "first_opd"))
    order = (first, last) if payer == "first_day" else (last, first)
    return roster.with_columns(opd_name=pl.coalesce(*order, "opd_name"))


def service(month: Period) -> dict[str, pl.Expr]:
    """From when until when each serves in the month, and how that ends."""
    last = month.last_day or month.start
    started = pl.col("start_on")
    in_month = (started > month.start) & (started <= last)
    first = pl.when(in_month).then(started.dt.day().cast(pl.Int32)).otherwise(1)
    until = pl.coalesce("to_day", pl.lit(last.day, pl.Int32))
    return {
        "from_day": pl.coalesce("from_day", first),
        "to_day": until,
        "last_day": until,
        "is_dead": pl.col("died").fill_null(False),
        "died_on": pl.when("died").then(_date(month, "to_day")),
        "not_yet": (started > last).fill_null(False),
        "days_in_month": pl.lit(last.day, pl.Int32),
    }


def segments(people: pl.DataFrame, month: Period) -> pl.DataFrame:
    """The parts of the month by class of the seat and standing; one where nothing tells of several."""
    classes = _spans(people, "segments", "job_class")
    standings = _spans(people, "standings", "standing")
    found = classes.join(standings, on="person", how="inner", suffix="_s").select(
        "person",
        segment_class=pl.col("job_class"),
        segment_standing=pl.col("standing"),
        **{name: pl.lit(None, kind) for name, kind in _LEAVE.items()},
        segment_first=pl.max_horizontal("first", "first_s"),
        segment_last=pl.min_horizontal("last", "last_s"),
    )
    return (
        found.filter(pl.col("segment_first") <= pl.col("segment_last"))
        .sort("person", "segment_first")
        .with_columns(on=_date(month, "segment_first"))
        .select("person", "on", *SEGMENT)
    )


def _spans(people: pl.DataFrame, column: str, value: str) -> pl.DataFrame:
    """The pieces of a list within each person's days of service; his whole service where it is empty."""
    told = (
        people.filter(pl.col(column).is_not_null())
        .select("person", "from_day", "to_day", column)
        .explode(column)
        .unnest(column)
        .with_columns(first=pl.max_horizontal("first", "from_day"), last=pl.min_horizontal("last", "to_day"))
    )
    whole = people.filter(pl.col(column).is_null()).with_columns(
        first=pl.col("from_day"), last=pl.col("to_day")
    )
    wanted = ("person", "first", "last", value)
    return pl.concat([told.select(wanted), whole.select(wanted)])


def acting(
    people: pl.DataFrame, month: Period, calendar: Sequence[WorkDay], problems: list[Problem]
) -> pl.DataFrame:
    """The posts that each stood in for, with the working days of his week in that time.

    Where no text compares the level of a post with one's own, the doubt is told and the post left out.
    """
    told = (
        people.filter(pl.col("acting").is_not_null())
        .select("person", "nip", "week", "to_day", "acting")
        .explode("acting")
        .unnest("acting")
        .with_columns(last=pl.min_horizontal("last", "to_day"))
        .filter(pl.col("first") <= pl.col("last"))
    )
    problems += _unknown_levels(told)
    return (
        _worked(told.filter(pl.col("steps").is_not_null()), calendar)
        .with_columns(on=_date(month, "acting_first"))
        .select("person", "on", *EVENT)
    )


def _worked(told: pl.DataFrame, calendar: Sequence[WorkDay]) -> pl.DataFrame:
    """The posts with the working days of each one's week, in the order of persons."""
    days = pl.DataFrame(
        [(work.week, work.on.day) for work in calendar],
        schema={"week": pl.String, "day": pl.Int32},
        orient="row",
    )
    steps = pl.col("steps")
    level = (
        pl.when(steps > 0).then(pl.lit("up")).when(steps == 0).then(pl.lit("same")).otherwise(pl.lit("down"))
    )
    return (
        told.with_row_index("row")
        .join(days, on="week", how="left")
        .with_columns(works=pl.col("day").is_between("first", "last").fill_null(False))
        .group_by("row", maintain_order=True)
        .agg(
            pl.first("person", "first", "last"),
            acting_kind=pl.first("kind"),
            acting_level=level.first(),
            acting_class=pl.first("job_class"),
            acting_work_days=pl.col("works").sum().cast(pl.Int32),
        )
        .rename({"first": "acting_first", "last": "acting_last"})
        .sort("person", "row")
    )


def _unknown_levels(told: pl.DataFrame) -> list[Problem]:
    rows = told.filter(pl.col("steps").is_null()).sort("nip", "first")
    return [
        Problem(
            "acting_level_unknown",
            f"{_SHORT[row['kind']]} tanggal {row['first']}-{row['last']} pada kelas {row['job_class']}: "
            "tingkatnya dibanding jabatan sendiri belum ada dalam data peraturan, jadi TPP Plt/Plh belum "
            "dihitung",
            "warn",
            subject=row["nip"],
        )
        for row in rows.iter_rows(named=True)
    ]


def with_leave(segments: pl.DataFrame, notes: pl.DataFrame, law: Law, month: Period) -> pl.DataFrame:
    """The parts of those on leave, where the region pays by the month of a leave.

    A note on a day does not say when the leave began, so the month stays open and holds the person.
    """
    table = law.by_name.get("leave_share")
    if table is None or law.profile.methods["leave_effect"] != "by_kind_and_month":
        return segments
    kinds = sorted({kind for kind, _ in table.on(month.start).value})
    away = notes.filter(pl.col("excuse").is_in(kinds)).sort("person", "day").unique("person", keep="first")
    return (
        segments.drop("segment_leave")
        .join(away.select("person", segment_leave="excuse"), on="person", how="left", maintain_order="left")
        .select(segments.columns)
    )


_SHORT = {"plt": "Plt.", "plh": "Plh."}


def at_work(days: pl.DataFrame, parts: pl.DataFrame, law: Law, month: Period) -> pl.DataFrame:
    """The days without those spent in a standing that is not paid: nobody is expected at work then."""
    table = law.by_name["tpp_standing"].on(month.start).value
    idle = [standing for (standing,), paid in table.items() if not paid]
    away = parts.filter(pl.col("segment_standing").is_in(idle)).select(
        "person", "segment_first", "segment_last"
    )
    if away.is_empty():
        return days
    marked = days.select("person", "on").join(away, on="person", how="inner")
    off = marked.filter(pl.col("on").dt.day().is_between("segment_first", "segment_last"))
    return days.join(off.select("person", "on"), on=["person", "on"], how="anti", maintain_order="left")


AFTER_CUT_OFF = "BATAS"


def until_cut_off(days: pl.DataFrame, cut_off: int | None) -> pl.DataFrame:
    """The days with every one after the cut-off day counted as present, whatever is recorded of it."""
    if cut_off is None:
        return days
    later = pl.col("on").dt.day() > cut_off
    return days.with_columns(
        is_excused=pl.col("is_excused") | later,
        excuse=pl.when(later).then(pl.coalesce("excuse", pl.lit(AFTER_CUT_OFF))).otherwise("excuse"),
    )


def _date(month: Period, day: str) -> pl.Expr:
    return pl.lit(month.start) + pl.duration(days=pl.col(day) - 1)
