"""Punches from fingerprint machines: recognised by content, read in bulk, every unreadable line told.

Whether a punch was in or out is not read: machines and people press the wrong key, two firmwares swap the
column with the kind of verification, and presence is judged by the first and the last punch of the day. So
the order of those two columns needs no question here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

from pamong.attendance.choices import OLDEST, FileForm
from pamong.interop.kinds import kind_in_words
from pamong.interop.punch_rows import PUNCH_SCHEMA, PunchFile, distinct, empty_punches
from pamong.interop.punch_sheets import SheetChoice, read_punch_sheet
from pamong.interop.scanlog import is_scanlog, read_json, read_scanlog
from pamong.interop.tabbed import is_attlog, is_glg, read_attlog, read_glg
from pamong.interop.tables import decode, file_problem
from pamong.kernel.errors import InvalidValue
from pamong.kernel.problem import Problem

__all__ = ["FORMATS", "merge_punches", "read_punches", "recognise_punches"]

FORMATS = {form.value: form.label for form in FileForm if form is not FileForm.SHEET}

_READERS: dict[str, Callable[[bytes, str], PunchFile]] = {
    "attlog": read_attlog,
    "glg": read_glg,
    "fingerspot_scanlog": read_scanlog,
    "fingerspot_json": read_json,
}
_HEAD = 8192  # bytes: enough lines to recognise a file by
_END_YEAR = 2100
_MANY = 1000


def recognise_punches(data: bytes, name: str) -> str:
    """The format of a file (a key of ``FORMATS``); ``InvalidValue`` says what it seems to be instead."""
    if data[:4] == b"PK\x03\x04" or data[:4] == b"\xd0\xcf\x11\xe0":
        if is_scanlog(data, name):
            return "fingerspot_scanlog"
        raise InvalidValue(f"{name}: lembar kerja ini bukan data presensi, kolom Tanggal dan Scan tidak ada.")
    head = decode(data[:_HEAD], name).replace("\r\n", "\n").replace("\r", "\n")
    if head.lstrip()[:1] in ("{", "["):
        return "fingerspot_json"
    if is_glg(head):
        return "glg"
    if is_attlog(head):
        return "attlog"
    if is_scanlog(data[:_HEAD].rpartition(b"\n")[0] or data[:_HEAD], name):
        return "fingerspot_scanlog"
    other = kind_in_words(head)
    reason = "format data presensi ini belum dikenal"
    if other:
        reason = f"berkas ini tampaknya {other}, bukan data presensi"
    raise InvalidValue(f"{name}: {reason}.")


def read_punches(
    data: bytes, name: str, choice: str | SheetChoice | None = None, *, until: date | None = None
) -> tuple[pl.DataFrame, list[Problem]]:
    """Read one file into the columns of ``PUNCH_SCHEMA``: ``at`` is the wall time that the machine showed.

    ``choice`` forces a format of ``FORMATS``, or says which columns of a sheet tell a punch. Punches before
    2015, or on or after ``until``, are told (``out_of_range``) and left out; keeping to a month is the
    caller's part. The same person in the same second is one punch. ``line`` is the physical line (a sheet's
    row); ``precision`` is ``epoch`` where a machine wrote seconds since 1970, read as its own wall time,
    which the caller should confirm. A file that can't be used gives no rows and one ``block`` problem
    without a row.
    """
    try:
        if isinstance(choice, SheetChoice):
            found = read_punch_sheet(data, name, choice)
        else:
            found = _READERS[choice or recognise_punches(data, name)](data, name)
        _refuse_if_mostly_unreadable(found, name)
    except InvalidValue as refusal:
        return empty_punches(), [file_problem(refusal, name)]
    frame, problems = _within_range(found.frame, name, until)
    kept = distinct(frame)
    problems = found.problems + problems
    if kept.height < frame.height:
        text = f"{frame.height - kept.height} baris berulang (orang dan detik yang sama) dihitung sekali"
        problems.append(Problem("repeated", text, "info", source=name))
    if kept.is_empty() and not problems:
        problems.append(Problem("no_punches", "tidak ada presensi di berkas ini", "warn", source=name))
    return kept, sorted(problems, key=lambda problem: problem.row or 0)


def _refuse_if_mostly_unreadable(found: PunchFile, name: str) -> None:
    """A huge file in another form is one refusal, not a million problems."""
    unreadable = sum(1 for problem in found.problems if problem.severity == "block")
    if unreadable > _MANY and unreadable > found.frame.height:
        first = next(problem for problem in found.problems if problem.severity == "block")
        raise InvalidValue(
            f"{name}: lebih dari separuh isi file tidak terbaca, mulai baris {first.row} ({first.message})."
        )


def _within_range(frame: pl.DataFrame, name: str, until: date | None) -> tuple[pl.DataFrame, list[Problem]]:
    inside = pl.col("at").is_between(OLDEST, until or date(_END_YEAR, 1, 1), closed="left")
    outside = frame.filter(~inside)
    if outside.is_empty():
        return frame, []
    reason = "di luar jangkauan, jam mesin mungkin salah saat itu"
    rows = outside.select("line", "at", pl.coalesce("pin", "nip", pl.lit(""))).iter_rows()
    code = "out_of_range"
    problems = [
        Problem(code, f"waktu {at} {reason}", "warn", name, line, "waktu", str(at), code, who)
        for line, at, who in rows
    ]
    return frame.filter(inside), problems


def merge_punches(frames: list[pl.DataFrame]) -> pl.DataFrame:
    """All files' punches as one table, each punch once, with the file and line where it stood first.

    The same person in the same second over two files is one punch. A punch known only to the minute is left
    out if the same person has one with seconds in that minute (the same scan, exported twice). A NIP
    without a PIN is matched to the PIN beside which it stands elsewhere, if there is exactly one.
    """
    if not frames:
        return empty_punches()
    table = pl.concat(frames)
    rough = pl.col("precision") == "minute"
    if not (table["precision"] == "minute").any() and not table["pin"].null_count():
        return table if len(frames) == 1 else distinct(table)
    table = table.with_row_index("order").with_columns(who=_who(table))
    exact = distinct(table.filter(~rough), by="who")
    seen = exact.select("who", pl.col("at").dt.truncate("1m"))
    minutes = distinct(table.filter(rough), by="who").join(seen, on=["who", "at"], how="anti")
    return pl.concat([exact, minutes]).sort("order").select(list(PUNCH_SCHEMA))


def _who(table: pl.DataFrame) -> pl.Series:
    """One key a person: the PIN; for a NIP alone the PIN that it stands beside elsewhere, else the NIP."""
    both = pl.col("pin").is_not_null() & pl.col("nip").is_not_null()
    pairs = table.filter(both).select("nip", "pin").unique()
    single = pairs.filter(pl.len().over("nip") == 1)
    beside = pl.col("nip").replace(single["nip"], single["pin"])
    return table.select(pl.coalesce("pin", beside)).to_series()
