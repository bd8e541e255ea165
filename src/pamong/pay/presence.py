"""Days of a month from the register of presence, in the place of files from machines."""

from __future__ import annotations

import polars as pl

from pamong.attendance.columns import DISTURBED, UNNUMBERED
from pamong.attendance.derive import DAYS

_UNDECIDED = ("planned", "open")
_PLACES = {"in_from": pl.String, "out_from": pl.String}


_ASKED = ("state", "waits", "source")  # what tells whether a day is decided


def presence_days(people: pl.DataFrame, register: pl.DataFrame, notes: pl.DataFrame) -> pl.DataFrame:
    """The days of these people while in service as ``derive_days`` gives them, with where each punch was
    read, and what ``lacking`` asks for. What the month's sheet notes excuses where no document does.

    `people`: person, nip, from_day, to_day. `notes`: person, day, excuse.
    """
    day = pl.col("day").dt.day()
    mine = (
        register.join(people.select("nip", "person", "from_day", "to_day"), on="nip", how="inner")
        .filter(day.is_between(pl.col("from_day"), pl.col("to_day")))
        .rename({"day": "on"})
        .with_columns(day=pl.col("on").dt.day())
        .join(
            notes.select("person", "day", noted="excuse").unique(["person", "day"], keep="first"),
            on=["person", "day"], how="left",
        )
        .with_columns(excuse=pl.coalesce("excuse", "noted"))
        .sort("person", "on", "shift_start")
    )  # fmt: skip
    missing = {name: pl.lit(None, kind) for name, kind in DAYS.items() if name.endswith(("_file", "_line"))}
    days = mine.with_columns(
        person=pl.col("person").cast(pl.UInt32), is_excused=pl.col("excuse").is_not_null(), **missing
    )
    return days.select(*DAYS, *_PLACES, *_ASKED)


def then(days: pl.DataFrame, cut_off: int, later: pl.DataFrame) -> pl.DataFrame:
    """The days of ``presence_days`` up to a day of the month, and after it `later`, as ``derive_days`` gives
    them, as planned."""
    asked = {"state": "planned", "waits": None, "source": "week"}
    told = {name: pl.lit(None, pl.String) for name in _PLACES} | {
        name: pl.lit(value, pl.String) for name, value in asked.items()
    }
    known = days.filter(pl.col("on").dt.day() <= cut_off)
    return pl.concat([known, later.with_columns(**told).select(days.columns)]).sort(
        "person", "on", "shift_start"
    )


def planned(days: pl.DataFrame) -> pl.DataFrame:
    """The days on which somebody is expected, as pay computes from them."""
    return days.filter(pl.col("source") != "unplanned").drop(_ASKED)


def dates_of(register: pl.DataFrame) -> pl.DataFrame:
    """The days of a register as `at`, as punches have it: to tell whether it is of another month."""
    return register.select(at=pl.col("day").cast(pl.Datetime))


def lacking(people: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """Person, and why his month can't be worked out: days not decided, no hours known, no day at all."""
    open_days = days.filter(pl.col("state").is_in(_UNDECIDED) & pl.col("excuse").is_null())
    waits = open_days.group_by("person").agg(
        count=pl.len(), machines=pl.col("waits").str.split(" ").list.explode().drop_nulls().unique().sort()
    )
    unplanned = days.filter(pl.col("source") == "unplanned").select("person").unique()
    without = people.join(days, on="person", how="anti").select("person")
    rows = [
        *((person, _waiting(count, machines)) for person, count, machines in waits.iter_rows()),
        *((person, _UNPLANNED) for (person,) in unplanned.iter_rows()),
        *((person, _NO_DAYS) for (person,) in without.iter_rows()),
    ]
    schema = {"person": pl.UInt32, "lacking": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row").unique("person", keep="first", maintain_order=True)


_UNPLANNED = "Pola hari kerja unitnya belum dicatat, jadi hari kerjanya tidak diketahui."
_NO_DAYS = "Tidak ada hari kerja di data presensi. Periksa jabatan dan jadwalnya pada bulan ini."


def _waiting(count: int, machines: list[str]) -> str:
    """How many days, and whose data they wait for."""
    told = f"{count} hari belum diputuskan"
    if UNNUMBERED in machines:
        return f"{told}: PIN di mesin presensi belum dicatat."
    if DISTURBED in machines:
        return f"{told}: gangguan presensi di lokasinya belum disahkan atau belum selesai."
    if machines:
        return f"{told}: data mesin {', '.join(machines)} belum lengkap."
    return f"{told}: data mesin presensinya belum lengkap."
