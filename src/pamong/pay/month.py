"""The month's facts for everybody: people, isian bulanan and punches put together, with every doubt told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl

from pamong.attendance.calendars import month_calendar, unconfirmed_ramadan
from pamong.attendance.choices import WEEKS
from pamong.attendance.derive import derive_days
from pamong.kernel.period import Period
from pamong.kernel.problem import Problem
from pamong.law.engine.plan import Law
from pamong.pay.checks import (
    ABSENT,
    check_confirmed_absence,
    check_fixed_income,
    check_other_months,
    check_silent_units,
)
from pamong.pay.presence import presence_days

_MONTHLY = (
    "pin",
    "job_class",
    "pay_group",
    "minutes",
    "behaviour",
    "fixed_income",
    "lhkpn_late",
    "negative_activity",
    "musters_missed",
    "hours_left",
    "productivity_score",
    "ptkp",
    "excused",
    "week",
)


@dataclass(frozen=True)
class MonthFiles:
    """What was read from the files: frames as `pamong.interop` declares them, and what could not be read.

    `punches` has `file` as a number into `names`; where `presence` is there, nobody's are read.
    """

    people: pl.DataFrame
    monthly: pl.DataFrame
    punches: pl.DataFrame
    names: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    presence: pl.DataFrame | None = None  # the register of presence, in the place of punches


@dataclass
class MonthFacts:
    """One row a person in `people` (by unit and name), and the rows of the lower levels."""

    people: pl.DataFrame
    segments: pl.DataFrame
    days: pl.DataFrame
    names: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)


def month_facts(law: Law, month: Period, files: MonthFiles) -> MonthFacts:
    """Put the files together. The outcome does not depend on the order of rows in any of them."""
    last = month.last_day or month.start
    problems = list(files.problems)
    people = _people(files, last, problems)
    calendar = [day for week in WEEKS for day in month_calendar(law, month, week)]
    if unconfirmed_ramadan(law, month):
        problems.append(
            Problem(
                "ramadan_expected", "awal atau akhir Ramadan bulan ini masih perkiraan; tetapkan dulu", "warn"
            )
        )
    first = {week: min((day.on.day for day in calendar if day.week == week), default=1) for week in WEEKS}
    people = people.with_columns(
        days_in_month=pl.lit(last.day, pl.Int32),
        first_work_day=pl.col("week").replace_strict(first, return_dtype=pl.Int32),
    )
    notes = _notes(people, problems, last.day)
    excused, paid = notes.filter(pl.col("excuse") != ABSENT), people.filter(pl.col("pay_group") == "tpp")
    if files.presence is not None:
        found = presence_days(paid, files.presence, excused)
        days = found.days
        people = people.join(found.lacking, on="person", how="left", maintain_order="left").with_columns(
            no_punch=pl.col("lacking").is_not_null()
        )
    else:
        punches = _own_punches(people, files, month, problems)
        days = derive_days(paid, punches, excused, calendar)
        silent = _without_punch(people, punches, notes, days)
        people = people.with_columns(no_punch=silent, lacking=pl.lit(None, pl.String))
    problems += check_confirmed_absence(people, notes, days)
    problems += check_silent_units(people, days)
    problems += check_fixed_income(law, month, people)
    return MonthFacts(people, _segments(people, month), days, files.names, problems)


def _segments(people: pl.DataFrame, month: Period) -> pl.DataFrame:
    """The parts of the month by the class of the seat; one part where nothing tells of several."""
    seated = people.filter(pl.col("segments").is_not_null()).select(
        "person", "from_day", "to_day", "segments"
    )
    parts = (
        seated.explode("segments")
        .unnest("segments")
        .with_columns(
            segment_class=pl.col("job_class"),
            segment_first=pl.max_horizontal("first", "from_day"),
            segment_last=pl.min_horizontal("last", "to_day"),
        )
    )
    whole = people.filter(pl.col("segments").is_null()).with_columns(
        segment_class=pl.col("job_class"), segment_first=pl.col("from_day"), segment_last=pl.col("to_day")
    )
    wanted = ("person", "segment_class", "segment_first", "segment_last")
    found = pl.concat([parts.select(wanted), whole.select(wanted)])
    return (
        found.filter(pl.col("segment_first") <= pl.col("segment_last"))
        .sort("person", "segment_first")
        .with_columns(on=pl.lit(month.start) + pl.duration(days=pl.col("segment_first") - 1))
        .select("person", "on", *wanted[1:])
    )


def _people(files: MonthFiles, last: date, problems: list[Problem]) -> pl.DataFrame:
    monthly = _once(files.monthly, "isian bulanan", problems)
    roster = _as_register(_once(files.people, "data pegawai", problems))
    strangers = monthly.join(roster, on="nip", how="anti")
    problems += [
        Problem(
            "no_person",
            "ada di isian bulanan, tetapi tidak ada di data pegawai",
            "warn",
            row["file"],
            row["line"],
            "NIP",
            row["nip"],
        )
        for row in strangers.sort("line").iter_rows(named=True)
    ]
    joined = roster.join(
        monthly.select("nip", *_MONTHLY, in_monthly=pl.lit(True)), on="nip", how="left"
    ).sort("opd_name", "unit_name", "name", "nip", nulls_last=True)
    problems += _other_class(joined)
    started = pl.col("start_on")
    in_month = (started > last.replace(day=1)) & (started <= last)
    return joined.with_columns(
        job_class=pl.coalesce(_SEAT_CLASS, "job_class"),
        person=pl.int_range(joined.height, dtype=pl.UInt32),
        is_cpns=pl.col("kind") == "CPNS",
        mkg=pl.col("mkg_years"),
        tax_status=pl.col("ptkp"),
        week=pl.col("week").fill_null("5"),
        in_monthly=pl.col("in_monthly").fill_null(False),
        lhkpn_late=pl.col("lhkpn_late").fill_null(False),
        negative_activity=pl.col("negative_activity").fill_null(False),
        musters_missed=pl.col("musters_missed").fill_null(0),
        hours_left=pl.col("hours_left").fill_null(0),
        from_day=pl.coalesce(
            "from_day", pl.when(in_month).then(started.dt.day().cast(pl.Int32)).otherwise(1)
        ),
        to_day=pl.coalesce("to_day", pl.lit(last.day, pl.Int32)),
        not_yet=(started > last).fill_null(False),
    )


_SEAT_CLASS = pl.col("segments").list.last().struct.field("job_class")
# What the register knows of a month and a file does not.
_REGISTER: dict[str, pl.DataType | type[pl.DataType]] = {
    "from_day": pl.Int32,
    "to_day": pl.Int32,
    "segments": pl.List(pl.Struct({"first": pl.Int32, "last": pl.Int32, "job_class": pl.Int32})),
}


def _as_register(roster: pl.DataFrame) -> pl.DataFrame:
    missing = {name: kind for name, kind in _REGISTER.items() if name not in roster.columns}
    return roster.with_columns(pl.lit(None, kind).alias(name) for name, kind in missing.items())


def _other_class(joined: pl.DataFrame) -> list[Problem]:
    """The sheet tells another class than the seat: the seat counts, and the sheet's keeper should know."""
    other = joined.filter(pl.col("job_class").is_not_null() & (pl.col("job_class") != _SEAT_CLASS))
    rows = other.select("nip", "job_class", seat=_SEAT_CLASS).sort("nip").iter_rows()
    return [
        Problem(
            "other_class",
            f"kelas {told} di isian bulanan, padahal kelas posisinya {seat}; dipakai {seat}",
            "warn",
            column="KELAS JABATAN",
            value=str(told),
            subject=nip,
        )
        for nip, told, seat in rows
    ]


def _once(frame: pl.DataFrame, what: str, problems: list[Problem]) -> pl.DataFrame:
    """One row a NIP. Two rows for one person: neither is believed, both are told."""
    twice = frame.filter(pl.col("nip").is_duplicated())
    problems += [
        Problem(
            "twice",
            f"NIP ini ada di lebih dari satu baris {what}; sisakan satu",
            "block",
            row["file"],
            row["line"],
            "NIP",
            row["nip"],
        )
        for row in twice.sort("nip", "line").iter_rows(named=True)
    ]
    return frame.filter(~pl.col("nip").is_duplicated())


def _own_punches(
    people: pl.DataFrame, files: MonthFiles, month: Period, problems: list[Problem]
) -> pl.DataFrame:
    """The month's punches with the person they belong to, by NIP or by the PIN of the isian bulanan."""
    within = files.punches.filter((pl.col("at") >= month.start) & (pl.col("at") < (month.end or date.max)))
    problems += check_other_months(files.punches.height, within.height, month)
    pins = _pins(people, problems)
    nips = people.select(pl.col("nip"), by_nip=pl.col("person"))
    found = (
        within.lazy()
        .join(nips.lazy(), on="nip", how="left")
        .join(pins.lazy(), on="pin", how="left")
        .with_columns(person=pl.coalesce("by_nip", "by_pin"))
        .select("person", "at", "file", "line", "pin", "nip")
        .collect()
    )
    _tell_unknown(found.filter(pl.col("person").is_null()), files.names, problems)
    return found.drop_nulls("person").select("person", "at", "file", "line")


def _pins(people: pl.DataFrame, problems: list[Problem]) -> pl.DataFrame:
    pins = people.filter(pl.col("pin").is_not_null()).select("pin", "nip", by_pin=pl.col("person"))
    shared = pins.filter(pl.col("pin").is_duplicated())
    for (pin,), group in shared.group_by("pin", maintain_order=True):
        who = ", ".join(sorted(group["nip"]))
        problems.append(
            Problem(
                "pin_shared",
                f"PIN {pin} dipakai {group.height} orang ({who}); presensinya tidak dibagikan",
                "block",
                column="PIN",
                value=str(pin),
            )
        )
    return pins.filter(~pl.col("pin").is_duplicated()).select("pin", "by_pin")


def _tell_unknown(lost: pl.DataFrame, names: tuple[str, ...], problems: list[Problem]) -> None:
    """Punches of nobody, one problem a PIN or NIP with its first place."""
    groups = (
        lost.sort("file", "line")
        .group_by("pin", "nip")
        .agg(pl.len().alias("count"), pl.first("file", "line"))
        .sort("pin", "nip", nulls_last=True)
    )
    for row in groups.iter_rows(named=True):
        known = row["pin"] is not None
        column, where = ("PIN", "isian bulanan") if known else ("NIP", "data pegawai")
        text = f"{row['count']} presensi dari {column} yang tidak ada di {where}"
        value = row["pin"] if known else row["nip"]
        problems.append(
            Problem("unknown_pin", text, "warn", names[row["file"]], row["line"], column, str(value))
        )


def _without_punch(
    people: pl.DataFrame, punches: pl.DataFrame, notes: pl.DataFrame, days: pl.DataFrame
) -> pl.Series:
    """Who was expected, has no punch at all in the month, and a day of work without any note.

    A machine's file that is left out looks the same as a month of absence. So the office confirms: a day
    noted as `ABSENT` is an absence that somebody knows of. Missing is not zero.
    """
    silent = days.join(punches.select("person"), on="person", how="anti")
    noted = notes.select("person", day=pl.col("day").cast(pl.Int8))
    open_days = silent.with_columns(day=pl.col("on").dt.day()).join(noted, on=["person", "day"], how="anti")
    return people["person"].is_in(open_days["person"].unique().to_list())


def _notes(people: pl.DataFrame, problems: list[Problem], last_day: int) -> pl.DataFrame:
    """`05=CT,06=DL` as rows of person, day, excuse."""
    rows: list[tuple[int, int, str]] = []
    noted = people.filter(pl.col("excused").fill_null("") != "")
    for person, nip, text in noted.select("person", "nip", "excused").iter_rows():
        for part in text.split(","):
            day, _, code = part.partition("=")
            if 1 <= int(day) <= last_day:
                rows.append((person, int(day), code))
            else:
                problems.append(
                    Problem(
                        "no_such_day",
                        f"tanggal {int(day)} tidak ada di bulan ini",
                        "warn",
                        column="KETERANGAN HARI",
                        value=text,
                        subject=nip,
                    )
                )
    schema = {"person": pl.UInt32, "day": pl.Int8, "excuse": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def month_of(start: date) -> Period:
    """The month that begins on `start`."""
    return Period(start, (start + timedelta(days=31)).replace(day=1))
