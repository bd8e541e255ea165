"""Fingerspot: the desktop's scan-log sheet, and the JSON of the cloud (reply to ``get_attlog``, webhook)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import polars as pl

from pamong.interop.fields import Fields
from pamong.interop.headings import SCANLOG_ALIASES
from pamong.interop.punch_rows import PUNCH_SCHEMA, PunchFile, unreadable
from pamong.interop.tables import Table, decode, read_table
from pamong.interop.values import DateOrder, clean, read_date, read_nip, read_pin, storable
from pamong.kernel.errors import InvalidValue
from pamong.kernel.problem import Problem

_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2}))?")
_WALL = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9:]{5,8})")
_PIN_KEY = re.compile(r'"pin"\s*:')
_OUT = ("SCAN PULANG", "SCAN KELUAR")


def _column(heading: str) -> str | None:
    return heading if heading.startswith("SCAN ") else SCANLOG_ALIASES.get(heading)


def _scans(table: Table) -> list[str]:
    return [heading for heading in table.columns if heading.startswith("SCAN ")]


def is_scanlog(data: bytes, name: str) -> bool:
    """Tell whether a table has a date, a scan, and something to know the person by."""
    table = read_table(data, name, _column)
    return "TANGGAL" in table.columns and bool({"PIN", "NIP"} & set(table.columns)) and bool(_scans(table))


def read_scanlog(
    data: bytes, name: str, known: Callable[[str], str | None] = _column, order: DateOrder = "day"
) -> PunchFile:
    """One row a person and day, dates dd/mm/yyyy, one punch per filled ``Scan ...`` cell.

    ``known`` says as what a heading is read, where somebody chose the columns.

    The sheet's own judgement (late, early, absent) is not read. A leaving scan earlier than the arriving one
    belongs to the next day, and is told.
    """
    table = read_table(data, name, known)
    if "TANGGAL" not in table.columns or not _scans(table):
        raise InvalidValue(f"{name}: kolom Tanggal dan Scan tidak ada, scanlog memerlukannya.")
    fields = Fields(table, "PIN")
    days = fields.read("TANGGAL", lambda text: read_date(text, order), "impossible_time")
    pins = fields.read("PIN", read_pin, "pin", "warn")
    nips = whole_nips(fields)
    rows: dict[str, list[Any]] = {column: [] for column in ("pin", "nip", "at", "line", "precision")}
    for heading, clocks in _clocks(fields).items():
        for place, clock in enumerate(clocks):
            day = days[place]
            if clock is None or day is None or not names_somebody(fields, place, pins[place], nips[place]):
                continue
            at = datetime.combine(day + _shift(fields, place, heading, clock[0]), clock[0])
            values = (pins[place], nips[place], at, table.lines[place], clock[1])
            for column, value in zip(rows, values, strict=True):
                rows[column].append(value)
    frame = pl.DataFrame(rows, schema={column: PUNCH_SCHEMA[column] for column in rows})
    frame = frame.with_columns(device=pl.lit(""), file=pl.lit(name)).sort("line", maintain_order=True)
    return PunchFile(frame.select(list(PUNCH_SCHEMA)), fields.in_order())


def whole_nips(fields: Fields) -> list[str | None]:
    """NIPs where they are whole; the others are told, and the PIN stands for the person."""
    table = fields.table
    numbers = table.numbers.get("NIP", set())
    cache: dict[tuple[str, bool], tuple[str | None, str]] = {}
    result: list[str | None] = []
    for place, text in enumerate(table.column("NIP")):
        key = (text, table.lines[place] in numbers)
        if key not in cache:
            cache[key] = read_nip(text, was_number=key[1]) if clean(text) else (None, "")
        nip, fault = cache[key]
        if fault:
            fields.tell(place, "nip", "NIP", fault, "warn")
        result.append(nip)
    return result


def _clocks(fields: Fields) -> dict[str, list[tuple[time, str] | None]]:
    return {heading: fields.read(heading, read_clock, "impossible_time") for heading in _scans(fields.table)}


def read_clock(text: str) -> tuple[tuple[time, str] | None, str]:
    """A time of day and how exact it was written, or what is wrong with it; nothing for an empty cell."""
    bare = clean(text)
    if not bare:
        return None, ""
    match = _CLOCK.fullmatch(bare)
    if match is None:
        return None, f"'{bare[:40]}' bukan jam, contoh yang benar: 07:12"
    try:
        clock = time(int(match[1]), int(match[2]), int(match[3] or 0))
        return (clock, "second" if match[3] else "minute"), ""
    except ValueError:
        return None, f"jam {bare[:40]} tidak ada"


def names_somebody(fields: Fields, place: int, pin: str | None, nip: str | None) -> bool:
    """Whether a row names somebody; one that does not is told."""
    if pin is None and nip is None and place not in fields.refused:
        fields.tell(place, "nobody", "PIN", "PIN dan NIP kosong, orangnya tidak diketahui")
    return pin is not None or nip is not None


def _shift(fields: Fields, place: int, heading: str, clock: time) -> timedelta:
    arrived = read_clock(fields.table.column("SCAN MASUK")[place])[0] if heading in _OUT else None
    if arrived is None or clock >= arrived[0]:
        return timedelta(0)
    text = "lebih awal dari Scan Masuk, dihitung sebagai hari berikutnya"
    fields.tell(place, "next_day", heading, text, "warn")
    return timedelta(days=1)


def read_json(data: bytes, name: str) -> PunchFile:
    """A reply of ``get_attlog``, one webhook, or webhooks one per line.

    ``line`` is the physical line where the record's ``pin`` stands (its number if some have none).
    """
    text = decode(data, name)
    lines = [n for n, part in enumerate(text.split("\n"), start=1) for _ in _PIN_KEY.finditer(part)]
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    records = _records(text, name)
    exact = len(lines) == len(records)
    for index, (record, device) in enumerate(records):
        line = lines[index] if exact else index + 1
        row, fault, code = _read_record(record)
        if row is None:
            problems.append(unreadable(name, line, json.dumps(record, ensure_ascii=False), fault, code))
        else:
            rows.append(row | {"device": device, "line": line, "file": name})
    return PunchFile(pl.DataFrame(rows, schema=PUNCH_SCHEMA), problems)


def _load(text: str, name: str) -> list[Any]:
    """One JSON document, or one per line."""
    try:
        try:
            return [json.loads(text)]
        except ValueError:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise InvalidValue(f"{name}: isi JSON rusak atau terpotong.") from error


def _records(text: str, name: str) -> list[tuple[Any, str]]:
    records: list[tuple[Any, str]] = []
    for document in _load(text, name):
        if not isinstance(document, dict):
            raise InvalidValue(f"{name}: isi JSON bukan balasan Fingerspot.")
        if document.get("success") is False:
            message = storable(str(document.get("message", ""))[:200])
            raise InvalidValue(f"{name}: Fingerspot menolak permintaan ({message}), tidak ada data presensi.")
        body = document.get("data")
        if not isinstance(body, list | dict):
            raise InvalidValue(f"{name}: isi JSON tidak memuat data presensi Fingerspot.")
        device = storable(str(document.get("cloud_id", "")))
        records += [(record, device) for record in (body if isinstance(body, list) else [body])]
    return records


def _read_record(record: Any) -> tuple[dict[str, Any] | None, str, str]:
    if not isinstance(record, dict):
        return None, "bukan catatan presensi", "unreadable_line"
    pin, fault = read_pin(str(record.get("pin", "")))
    if pin is None:
        return None, fault or "PIN kosong", "unreadable_line"
    text = str(record.get("scan_date") or record.get("scan") or "").strip()
    match = _WALL.fullmatch(text)
    clock, fault = read_clock(match[2]) if match else (None, "")
    if match is None or clock is None:
        return None, fault or "waktu tidak terbaca", "impossible_time" if fault else "unreadable_line"
    try:
        at = datetime.combine(date.fromisoformat(match[1]), clock[0])
    except ValueError:
        return None, f"waktu {text} tidak ada", "impossible_time"
    return {"pin": pin, "nip": None, "at": at, "precision": clock[1]}, "", ""
