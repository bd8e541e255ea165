"""The month's facts for everybody: people, isian bulanan and punches put together, with every doubt told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import polars as pl

from pamong.attendance.calendars import WorkDay, month_calendar, unconfirmed_ramadan
from pamong.attendance.choices import WEEKS
from pamong.attendance.derive import derive_days
from pamong.kernel.period import Period
from pamong.kernel.problem import Problem
from pamong.law.december import cut_off_day
from pamong.law.engine.plan import Law
from pamong.pay import parts, presence
from pamong.pay.checks import (
    ABSENT,
    check_confirmed_absence,
    check_fixed_income,
    check_other_months,
    check_silent_units,
)

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
    "waits_for",
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
    acting: pl.DataFrame
    names: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)

    def of(self, people: pl.DataFrame) -> MonthFacts:
        """The same of some persons alone: rows of `people`."""
        rows = {
            name: getattr(self, name).join(people, on="person", how="semi")
            for name in ("segments", "days", "acting")
        }
        return replace(self, people=people, **rows)


def month_facts(
    law: Law, month: Period, files: MonthFiles, *, final: bool = False, in_force: bool = True
) -> MonthFacts:
    """Put the files together. The outcome does not depend on the order of rows in any of them.

    `in_force`: without rules for the month no day of it can be told, and only its people are.

    `final`: the month as it was, also where December was paid as of a cut-off day; what differs from what was
    paid then comes with January's list.
    """
    problems = list(files.problems)
    calendar = _calendar(law, month, problems) if in_force else []
    people = _people(files, month, problems, law.profile.methods["payer"]).with_columns(_first_days(calendar))
    notes = _notes(people, problems, (month.last_day or month.start).day)
    punches = _own_punches(people, files, month, problems)
    cut_off = None if final or not in_force else cut_off_day(law, month)
    days = _days(people, files, punches, notes, calendar, cut_off)
    segments = parts.segments(people, month)
    if in_force:
        days = parts.at_work(days, segments, law, month)
        segments = parts.with_leave(segments, _excused(notes, days), law, month)
        days = parts.until_cut_off(days, cut_off)
    people = _with_silence(people, files, punches, notes, days)
    days = days if files.presence is None else presence.planned(days)
    problems += check_confirmed_absence(people, notes, days)
    problems += check_silent_units(people, days)
    problems += check_fixed_income(law, month, people)
    acting = parts.acting(people, month, calendar, problems)
    return MonthFacts(people, segments, days, acting, files.names, problems)


def _calendar(law: Law, month: Period, problems: list[Problem]) -> list[WorkDay]:
    """The working days of the month of each weekly pattern."""
    if unconfirmed_ramadan(law, month):
        problems.append(
            Problem(
                "ramadan_expected", "awal atau akhir Ramadan bulan ini masih perkiraan; tetapkan dulu", "warn"
            )
        )
    return [day for week in WEEKS for day in month_calendar(law, month, week)]


def _first_days(calendar: Sequence[WorkDay]) -> pl.Expr:
    """The first working day of each one's week; the first of the month where none is known."""
    first = {week: min((day.on.day for day in calendar if day.week == week), default=1) for week in WEEKS}
    return pl.col("week").replace_strict(first, return_dtype=pl.Int32).alias("first_work_day")


def _people(files: MonthFiles, month: Period, problems: list[Problem], payer: str) -> pl.DataFrame:
    monthly = _as_inputs(_once(files.monthly, "isian bulanan", problems))
    roster = parts.as_register(_once(files.people, "data pegawai", problems))
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
    joined = (
        parts.with_payer(roster, payer)
        .join(monthly.select("nip", *_MONTHLY, in_monthly=pl.lit(True)), on="nip", how="left")
        .sort("opd_name", "unit_name", "name", "nip", nulls_last=True)
    )
    problems += _other_class(joined)
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
        **parts.service(month),
    )


_SEAT_CLASS = pl.col("segments").list.last().struct.field("job_class")


def _as_inputs(monthly: pl.DataFrame) -> pl.DataFrame:
    """A sheet of an office is verified by who hands it in: only the register tells who has yet to."""
    if "waits_for" in monthly.columns:
        return monthly
    return monthly.with_columns(waits_for=pl.lit(None, pl.String))


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


def _days(
    people: pl.DataFrame,
    files: MonthFiles,
    punches: pl.DataFrame,
    notes: pl.DataFrame,
    calendar: Sequence[WorkDay],
    cut_off: int | None,
) -> pl.DataFrame:
    """The expected days with what was recorded: from the register of presence, else from punches.

    A register tells nothing of days to come. Those after a cut-off day, which all count as present, are the
    days of each one's week.
    """
    paid = people.filter(pl.col("pay_group") == "tpp")
    excused = notes.filter(pl.col("excuse") != ABSENT)
    if files.presence is None:
        return derive_days(paid, punches, excused, calendar)
    days = presence.presence_days(paid, files.presence, excused)
    if cut_off is None:
        return days
    later = [day for day in calendar if day.on.day > cut_off]
    return presence.then(days, cut_off, derive_days(paid, punches.clear(), excused, later))


def _excused(notes: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """What a sheet notes of days, and what documents excuse on them."""
    told = days.filter(pl.col("excuse").is_not_null())
    return pl.concat(
        [notes, told.select("person", pl.col("on").dt.day().cast(pl.Int8).alias("day"), "excuse")]
    )


def _with_silence(
    people: pl.DataFrame,
    files: MonthFiles,
    punches: pl.DataFrame,
    notes: pl.DataFrame,
    days: pl.DataFrame,
) -> pl.DataFrame:
    """Whose month can't be worked out by what was recorded of it, and why where the register knows."""
    if files.presence is None:
        silent = _without_punch(people, punches, notes, days)
        return people.with_columns(no_punch=silent, lacking=pl.lit(None, pl.String))
    why = presence.lacking(people.filter(pl.col("pay_group") == "tpp"), days)
    return people.join(why, on="person", how="left", maintain_order="left").with_columns(
        no_punch=pl.col("lacking").is_not_null()
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
