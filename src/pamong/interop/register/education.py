"""Schooling: a row a diploma of an employee."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from pamong.interop.fields import Fields
from pamong.interop.people import order_of_dates
from pamong.interop.register import education_sheet as sheet
from pamong.interop.register.cells import (
    other_lines,
    places_of,
    read_codes,
    read_name,
    read_text,
    tell_future,
)
from pamong.interop.tables import file_problem
from pamong.interop.values import DateOrder, clean, read_date, read_int
from pamong.kernel.errors import InvalidValue
from pamong.kernel.nip import Nip
from pamong.kernel.problem import Problem

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "line": pl.Int32,
    "file": pl.String,
    "nip": pl.String,
    "level_code": pl.String,
    "level": pl.String,
    "programme": pl.String,
    "school": pl.String,
    "graduated_on": pl.Date,
    "graduated_year": pl.Int32,
    "diploma_no": pl.String,
    "front_title": pl.String,
    "back_title": pl.String,
}


# Code and name as SIASN has them, and the short spellings of offices.
_LEVELS: dict[tuple[str, str], tuple[str, ...]] = {
    ("05", "Sekolah Dasar"): ("SD", "MI", "PAKET A"),
    ("10", "SLTP"): ("SMP", "MTS", "PAKET B"),
    ("12", "SLTP Kejuruan"): ("ST",),
    ("15", "SLTA"): ("SMA", "SMU", "MA", "PAKET C"),
    ("17", "SLTA Kejuruan"): ("SMK", "STM", "SMEA", "MAK"),
    ("18", "SLTA Keguruan"): ("SPG", "SGO"),
    ("20", "Diploma I"): ("D1", "DI"),
    ("25", "Diploma II"): ("D2", "DII"),
    ("30", "Diploma III/Sarjana Muda"): ("D3", "DIII", "DIPLOMA III", "SARJANA MUDA"),
    ("35", "Diploma IV"): ("D4", "DIV"),
    ("40", "S-1/Sarjana"): ("S1", "SARJANA"),
    ("45", "S-2"): ("S2", "MAGISTER"),
    ("50", "S-3/Doktor"): ("S3", "DOKTOR"),
}


def _squeezed(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


_BY_WORD = {
    _squeezed(word): level for level, words in _LEVELS.items() for word in (level[0], level[1], *words)
}
_EARLIEST = 1940


def read_education(
    data: bytes, name: str, *, today: date, day_first: bool | None = None
) -> tuple[pl.DataFrame, list[Problem]]:
    """Read diplomas into the columns of ``SCHEMA``; ``level_code`` and ``level`` are those of SIASN.

    ``graduated_year`` is the year of the date where only that is written; of two that differ the row stays
    out. A row with a ``block`` problem does not go in; a file that can't be used gives no rows and one
    ``block`` problem without a row (``file`` or ``ambiguous_dates``, which ``day_first`` answers).
    Graduations after ``today`` are refused.
    """
    try:
        fields = sheet.SHEET.open(data, name)
    except InvalidValue as refusal:
        return pl.DataFrame(schema=SCHEMA), [file_problem(refusal, name)]
    order = order_of_dates(fields, (sheet.DAY,), day_first)
    columns = _read(fields, order, today)
    if order:
        tell_future(fields, sheet.DAY, columns["graduated_on"], today)
        _compare_years(fields, columns)
        _tell_copies(fields, columns)
        _tell_shared_numbers(fields, columns)
    kept = fields.kept(columns) if order else {column: [] for column in columns}
    return pl.DataFrame(kept, schema=SCHEMA), fields.in_order()


def _read(fields: Fields, order: DateOrder | None, today: date) -> dict[str, list[Any]]:
    lines = fields.table.lines
    levels = fields.read(sheet.LEVEL, _read_level, "level")
    columns: dict[str, list[Any]] = {
        "line": list(lines),
        "file": [fields.table.name] * len(lines),
        "nip": fields.read_ids("NIP", once=False),
        "level_code": [level and level[0] for level in levels],
        "level": [level and level[1] for level in levels],
        "programme": fields.read("PROGRAM STUDI", read_text, "text"),
        "school": fields.read("SEKOLAH", read_text, "text"),
        "graduated_on": fields.read(sheet.DAY, lambda text: read_date(text, order), "date"),
        "graduated_year": fields.read(sheet.YEAR, lambda text: read_int(text, _EARLIEST, today.year), "year"),
        "diploma_no": read_codes(fields, sheet.NUMBER, "diploma_no"),
        "front_title": fields.read("GELAR DEPAN", read_name, "title"),
        "back_title": fields.read("GELAR BELAKANG", read_name, "title"),
    }
    return {column: columns[column] for column in SCHEMA}


def _read_level(text: str) -> tuple[tuple[str, str] | None, str]:
    bare = clean(text)
    if not bare:
        return None, "kosong, harus diisi"
    found = _BY_WORD.get(_squeezed(bare))
    return found, "" if found else (
        f"'{bare[:40]}' bukan tingkat pendidikan, isi SD, SMP, SMA, SMK, D1, D2, D3, D4, S1, S2, atau S3"
    )


def _compare_years(fields: Fields, columns: Mapping[str, list[Any]]) -> None:
    """Date and year agree, and come after the birth that the NIP tells."""
    days, years = columns["graduated_on"], columns["graduated_year"]
    for place, (day, year) in enumerate(zip(days, years, strict=True)):
        if day and year and day.year != year:
            fields.tell(place, "two_years", sheet.YEAR, f"{year} berbeda dari tanggal lulus {day:%d-%m-%Y}")
        years[place] = year or (day.year if day else None)
        nip = columns["nip"][place]
        if nip and years[place] and years[place] <= Nip(nip).birth_date.year:
            column = sheet.YEAR if year else sheet.DAY
            fields.tell(place, "before_birth", column, f"{years[place]} tidak sesudah tahun lahir dalam NIP")


def _tell_copies(fields: Fields, columns: Mapping[str, list[Any]]) -> None:
    """A diploma written twice goes in once; rows that differ in something else are all told."""
    cells = (columns[name] for name in ("nip", "level_code", "programme", "school", "graduated_year"))
    keys = [key if key[0] and key[1] else None for key in zip(*cells, strict=True)]
    told = [name for name in columns if name != "line"]
    for _, places in places_of(keys):
        same = len({tuple(columns[name][place] for name in told) for place in places}) == 1
        for place in places[1:] if same else places:
            others = other_lines(fields, places, place)
            text = f"ijazah ini juga ada di baris {others} dengan isi lain, sisakan satu baris"
            if same:
                text = f"baris ini sama dengan baris {fields.table.lines[places[0]]}, dipakai sekali"
            fields.tell(place, "diploma_twice", sheet.LEVEL, text)


def _tell_shared_numbers(fields: Fields, columns: Mapping[str, list[Any]]) -> None:
    """One number under several people: schools number each for itself, so it is told and goes in."""
    cells = zip(columns["diploma_no"], columns["school"], columns["nip"], strict=True)
    keys = [(number, school) if number and school and nip else None for number, school, nip in cells]
    for _, places in places_of(keys):
        for place in places if len({columns["nip"][place] for place in places}) > 1 else ():
            others = other_lines(fields, places, place)
            text = f"nomor ijazah ini juga dipakai NIP lain di baris {others}, periksa keduanya"
            fields.tell(place, "diploma_shared", sheet.NUMBER, text, "warn")
