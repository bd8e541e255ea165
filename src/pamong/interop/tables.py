"""Any table that an office sends (CSV, XLSX, XLS, ODS), recognised by content: headings and columns of text.

Rows keep their place: the 1-based physical line of a text file, the row number of a sheet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from pamong.interop.headings import normal_heading
from pamong.interop.workbooks import Row, read_sheets
from pamong.kernel.errors import InvalidValue
from pamong.kernel.problem import Problem

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_STARTS = (
    b"<html",
    b"<!doctype",
    b"<table",
    b"<meta",
    b"<head",
    b"<body",
    b"<div",
    b"<style",
    b"<?xml",
    b"<!--",
)
_PICTURES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_DELIMITERS = (",", ";", "\t")
_HEADING_ROWS = 20  # titles of an office's sheet stand above the headings; nobody writes more than that
_EXACT_FLOAT = 10**15


@dataclass(slots=True)
class Table:
    """A file's table. ``columns`` holds the known columns, all as long as ``lines``; '' is an empty cell.

    ``numbers`` tells, per column, the rows whose cell was a number in the sheet (digits may be lost).
    """

    name: str
    headings: tuple[str, ...] = ()
    columns: dict[str, list[str]] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    numbers: dict[str, set[int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def column(self, heading: str) -> list[str]:
        """The column, or empty cells if the file lacks it."""
        return self.columns.get(heading) or [""] * len(self.lines)

    @property
    def extra(self) -> list[str]:
        """Headings that the reader does not use."""
        return [heading for heading in self.headings if heading and heading not in self.columns]


def read_table(data: bytes, name: str, known: Callable[[str], str | None]) -> Table:
    """Read a table. ``known`` turns a normalised heading into the column's name, ``None`` if it is of no use.

    The heading row is the one of the first 20 with the most known headings (in a workbook: over all
    sheets); with none the table has no columns, and the caller says what it missed. Raises ``InvalidValue``
    with one Indonesian sentence for a file that is no table at all.
    """
    sources = (
        read_sheets(data, name) if data[:4] == _ZIP or data[:8] == _OLE else [_csv_source(data, name, known)]
    )
    best = max(sources, key=lambda rows: _heading_place(rows, known)[0])
    table = _assemble(name, best, known)
    if table.columns and not table.lines and not table.problems:
        raise InvalidValue(f"{name}: file hanya berisi judul kolom, belum ada baris data.")
    return table


def file_problem(refusal: InvalidValue, name: str) -> Problem:
    """The refusal of a whole file as a problem: ``block``, without a row."""
    return Problem("file", str(refusal).removeprefix(f"{name}: "), "block", source=name)


def decode(data: bytes, name: str) -> str:
    """Bytes as text: UTF-8 with or without BOM, UTF-16 with BOM, else cp1252. Raises ``InvalidValue``."""
    _refuse_other_kinds(data, name)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if "\x00" in text[:4096]:
        raise InvalidValue(f"{name}: isi file bukan teks dan bukan lembar kerja.")
    return text.replace("\x00", "")


def _refuse_other_kinds(data: bytes, name: str) -> None:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not data.strip():
        raise InvalidValue(f"{name}: berkas kosong.")
    if head.startswith(_HTML_STARTS):
        raise InvalidValue(
            f"{name}: isi berkas ini halaman web (HTML atau XML), bukan lembar kerja. Buka dengan Excel atau "
            "LibreOffice, simpan sebagai .xlsx, lalu unggah hasilnya."
        )
    if data.startswith(_PICTURES):
        raise InvalidValue(f"{name}: isi berkas ini bukan tabel. Unggah berkas CSV atau XLSX.")


def _csv_source(data: bytes, name: str, known: Callable[[str], str | None]) -> list[Row]:
    lines = list(io.StringIO(decode(data, name), newline=""))
    if lines and lines[0].lower().startswith("sep="):
        lines[0] = "\n"  # Excel's own remark about the delimiter; the line keeps its number
    delimiter = max(_DELIMITERS, key=lambda mark: _delimiter_score(lines, mark, known))
    return list(_csv_rows(lines, delimiter))


def _delimiter_score(lines: list[str], mark: str, known: Callable[[str], str | None]) -> tuple[int, int]:
    head = list(_csv_rows(lines[:_HEADING_ROWS], mark))
    return _heading_place(head, known)[0], max((len(cells or ()) for _, cells in head), default=0)


def _csv_rows(lines: list[str], delimiter: str) -> Iterator[Row]:
    """Rows with their first physical line; a line with broken quotes gives ``None`` and reading goes on."""
    start = 0
    while start < len(lines):
        # An index instead of a slice: a file with many broken rows must not be copied for each of them.
        reader = csv.reader(
            map(lines.__getitem__, range(start, len(lines))), delimiter=delimiter, strict=True
        )
        done = start
        try:
            for row in reader:
                yield done + 1, list(row)
                done = start + reader.line_num
        except csv.Error:
            yield done + 1, None
            start = done + 1
        else:
            return


def _heading_place(rows: Iterable[Row], known: Callable[[str], str | None]) -> tuple[int, int]:
    """(how many known headings the best of the first rows has, its index); (0, -1) if none has any."""
    best = (0, -1)
    for index, (_, cells) in zip(range(_HEADING_ROWS), rows, strict=False):
        score = len({known(normal_heading(cell)) for cell in cells or () if isinstance(cell, str)} - {None})
        if score > best[0]:
            best = (score, index)
    return best


def _assemble(name: str, rows: list[Row], known: Callable[[str], str | None]) -> Table:
    _, at = _heading_place(rows, known)
    if at < 0:
        return Table(name)
    headings = tuple(normal_heading(_cell_text(cell)) for cell in rows[at][1] or ())
    places = _column_places(headings, known)
    table = Table(name, tuple(known(heading) or heading for heading in headings))
    good = [row for row in rows[at + 1 :] if _take(table, row, len(headings))]
    table.lines = [line for line, _ in good]
    for heading, place in places.items():
        cells = [row[place] if place < len(row) else "" for _, row in good if row is not None]
        table.columns[heading], table.numbers[heading] = _column_text(cells, table.lines)
    twice = [heading for heading in table.columns if table.headings.count(heading) > 1]
    for heading in twice:
        text = f"judul kolom '{heading}' ada dua kali, hanya yang pertama dibaca"
        table.problems.append(
            Problem("heading_twice", text, "warn", source=name, row=rows[at][0], column=heading)
        )
    return table


def _column_text(cells: list[object], lines: list[int]) -> tuple[list[str], set[int]]:
    """A column as text, and the rows in which a number stood."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    if len(texts) == len(cells):
        return texts, set()
    numbers = {line for line, cell in zip(lines, cells, strict=True) if type(cell) in (float, int)}
    return [cell if isinstance(cell, str) else _cell_text(cell) for cell in cells], numbers


def _column_places(headings: tuple[str, ...], known: Callable[[str], str | None]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        column = known(heading)
        if column is not None:
            places.setdefault(column, place)
    return places


def _take(table: Table, row: Row, width: int) -> bool:
    """Tell whether the row goes in: blank rows don't, broken ones leave a problem."""
    line, cells = row
    if cells is None:
        text = "tanda kutip tidak lengkap, baris tidak terbaca"
        table.problems.append(Problem("broken_row", text, "block", source=table.name, row=line))
        return False
    if not any(cell != "" and (not isinstance(cell, str) or cell.strip()) for cell in cells):
        return False
    surplus = [cell for cell in cells[width:] if cell != ""]
    if surplus:
        # A delimiter inside an unquoted cell shifts every cell behind it.
        text = f"{len(cells)} kolom, harus {width}; beri tanda kutip pada isi yang mengandung pemisah kolom"
        value = str(surplus[0])[:200]
        table.problems.append(
            Problem("row_too_wide", text, "block", source=table.name, row=line, value=value)
        )
    return not surplus


def _cell_text(cell: object) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < _EXACT_FLOAT
        # A decimal comma, as the sheet shows it: with a point, 1.234 would be read as one thousand.
        return str(int(cell)) if whole else repr(cell).replace(".", ",")
    if isinstance(cell, datetime):
        return (
            cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
        )
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
