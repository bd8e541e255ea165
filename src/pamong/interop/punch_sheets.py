"""A sheet of punches that no machine wrote: somebody says which columns tell who, which day, what time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl

from pamong.interop.fields import Fields
from pamong.interop.punch_rows import PUNCH_SCHEMA, PunchFile
from pamong.interop.scanlog import names_somebody, read_clock, read_scanlog, whole_nips
from pamong.interop.tables import read_table
from pamong.interop.values import DateOrder, clean, read_date, read_pin
from pamong.kernel.errors import InvalidValue

_SAMPLES = 3
_OUT = ("PULANG", "KELUAR", "OUT")
_IN = ("MASUK", "DATANG", "IN")
_MOMENT = re.compile(r"(\S+(?: [A-Za-z]+ \d{4})?)[ T]+([0-9]{1,2}[:.][0-9]{2}\S*)")


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """Which columns of a sheet tell a punch, by their headings as ``describe_sheet`` shows them.

    Either ``moment`` holds day and time in one cell, or ``day`` the day and each of ``times`` a time of it.
    ``is_nip``: whether ``person`` holds NIPs instead of the numbers of machines.
    """

    person: str
    is_nip: bool = False
    day: str = ""
    times: tuple[str, ...] = ()
    moment: str = ""
    order: DateOrder = "day"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in a sheet: its headings, its first rows as text, and the columns that it likely means,
    which may not be all that are needed."""

    headings: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    guess: SheetChoice | None


def describe_sheet(data: bytes, name: str) -> Sheet:
    """Look at a sheet before its columns are chosen. ``InvalidValue`` for what is no table."""
    table = read_table(data, name, lambda heading: heading or None)
    headings = tuple(table.columns)
    if not headings:
        raise InvalidValue(f"{name}: tidak ada judul kolom di berkas ini.")
    rows = range(min(_SAMPLES, len(table.lines)))
    samples = tuple(tuple(table.columns[heading][row] for heading in headings) for row in rows)
    return Sheet(headings, samples, _guess(headings, samples))


def _guess(headings: Sequence[str], samples: Sequence[Sequence[str]]) -> SheetChoice | None:
    """By what the headings say and the first rows hold; what is not recognised is ''; None without a time."""
    nip = _first(headings, ("NIP",))
    person = nip or _first(headings, ("PIN", "NO ID", "ID", "USER"))
    held = {heading: [row[place] for row in samples] for place, heading in enumerate(headings)}
    moment = next(
        (h for h, cells in held.items() if any(_MOMENT.fullmatch(clean(cell)) for cell in cells)), ""
    )
    day = _first(headings, ("TANGGAL", "TGL", "DATE", "HARI"))
    times = tuple(h for h, cells in held.items() if any(read_clock(cell)[0] for cell in cells))
    if not (moment or day or times):
        return None
    return (
        SheetChoice(person, bool(nip), moment=moment)
        if moment
        else SheetChoice(person, bool(nip), day, times)
    )


def is_moment(text: str) -> bool:
    """Whether a text holds a day and a time, as no heading does."""
    return _read_moment(text, "day")[0] is not None


def _first(headings: Sequence[str], words: Sequence[str]) -> str:
    return next((h for word in words for h in headings if h == word or h.startswith(f"{word} ")), "")


def read_punch_sheet(data: bytes, name: str, choice: SheetChoice) -> PunchFile:
    """Read the chosen columns into ``PUNCH_SCHEMA``; every cell that can't be read is a problem of its row.

    ``InvalidValue`` where a chosen column is not in the file, or no time was chosen.
    """
    known = _known(choice, name)
    table = read_table(data, name, known.get)
    missing = [heading for heading, column in known.items() if column not in table.columns]
    if missing:
        raise InvalidValue(f"{name}: kolom {', '.join(missing)} tidak ada. Pilih lagi kolomnya.")
    if not choice.moment:
        return read_scanlog(data, name, known.get, choice.order)
    fields = Fields(table, "NIP" if choice.is_nip else "PIN")
    moments = fields.read("WAKTU", lambda text: _read_moment(text, choice.order), "impossible_time")
    pins = fields.read("PIN", read_pin, "pin", "warn")
    nips = whole_nips(fields)
    rows: list[dict[str, Any]] = []
    for place, found in enumerate(moments):
        if found is not None and names_somebody(fields, place, pins[place], nips[place]):
            at, grain = found
            rows.append(
                {
                    "pin": pins[place],
                    "nip": nips[place],
                    "at": at,
                    "line": table.lines[place],
                    "precision": grain,
                }
            )
    frame = pl.DataFrame(rows, schema=PUNCH_SCHEMA)
    return PunchFile(frame.with_columns(device=pl.lit(""), file=pl.lit(name)), fields.in_order())


def _known(choice: SheetChoice, name: str) -> dict[str, str]:
    """The chosen headings, and as what each is read."""
    if not choice.moment and not (choice.day and choice.times):
        raise InvalidValue(f"{name}: kolom waktunya belum dipilih.")
    if not choice.person:
        raise InvalidValue(f"{name}: kolom PIN atau NIP belum dipilih.")
    known = {choice.person: "NIP" if choice.is_nip else "PIN"}
    if choice.moment:
        return known | {choice.moment: "WAKTU"}
    return known | {choice.day: "TANGGAL"} | _scans(choice.times)


def _scans(times: Sequence[str]) -> dict[str, str]:
    """Columns of times as those of a scan log. A leaving earlier than its coming belongs to the next day."""
    known: dict[str, str] = {}
    for place, heading in enumerate(times, start=1):
        words = heading.split()
        word = "PULANG" if set(words) & set(_OUT) else "MASUK" if set(words) & set(_IN) else str(place)
        free = f"SCAN {word}" not in known.values()
        known[heading] = f"SCAN {word}" if free else f"SCAN {place}"
    return known


def _read_moment(text: str, order: DateOrder) -> tuple[tuple[datetime, str] | None, str]:
    bare = clean(text)
    if not bare:
        return None, ""
    match = _MOMENT.fullmatch(bare)
    if match is None:
        return None, f"'{bare[:40]}' bukan tanggal dan jam, contoh yang benar: 02-11-2026 07:12"
    day, fault = read_date(match[1], order)
    clock, wrong = read_clock(match[2])
    if day is None or clock is None:
        return None, fault or wrong
    return (datetime.combine(day, clock[0]), clock[1]), ""
