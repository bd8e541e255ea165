"""The same files the other way: as an office or a machine hands them in. For the demo, templates, tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import xlsxwriter

from pamong.interop.headings import MONTHLY_HEADINGS, SIASN_HEADINGS

SCANLOG_HEADINGS = (
    "No. ID",
    "NIP",
    "Nama",
    "Departemen",
    "Tanggal",
    "Jam Kerja",
    "Scan Masuk",
    "Scan Pulang",
    "Terlambat",
    "Pulang Cepat",
    "Absent",
    "Jml Kehadiran",
    "Keterangan",
)
_BOM = "\ufeff"


def write_people_csv(rows: Iterable[Mapping[str, str]]) -> bytes:
    """The SIASN export: 67 headings, commas, CRLF. Rows map headings to text; absent ones stay empty.

    KeyError for a heading that the export does not have.
    """
    return _csv(SIASN_HEADINGS, rows, ",").encode()


def write_monthly_csv(rows: Iterable[Mapping[str, object]], *, delimiter: str = ";") -> bytes:
    """The month's sheet as a spreadsheet program of an Indonesian office saves it: BOM, ``;``, CRLF."""
    return (_BOM + _csv(MONTHLY_HEADINGS, rows, delimiter)).encode()


def write_monthly_xlsx(rows: Iterable[Mapping[str, object]]) -> bytes:
    """The month's sheet as XLSX: NIP and PIN as text, whole numbers as numbers."""
    return write_xlsx(MONTHLY_HEADINGS, rows, sheet="Isian Bulanan")


def write_xlsx(headings: Sequence[str], rows: Iterable[Mapping[str, object]], *, sheet: str) -> bytes:
    """A workbook with one sheet: text stays text, int becomes a number, date and datetime a dated cell.

    KeyError for a key that is no heading.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
    )
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - same rows, same bytes
    page = book.add_worksheet(sheet)
    dated = book.add_format({"num_format": "dd-mm-yyyy"})
    page.write_row(0, 0, headings)
    places = {heading: column for column, heading in enumerate(headings)}
    for line, row in enumerate(rows, start=1):
        for heading, value in row.items():
            if isinstance(value, bool) or value is None:
                page.write_string(line, places[heading], _text(value))
            elif isinstance(value, int | float):
                page.write_number(line, places[heading], value)
            elif isinstance(value, date):
                page.write_datetime(line, places[heading], value, dated)
            else:
                page.write_string(line, places[heading], str(value))
    book.close()
    return stream.getvalue()


def write_attlog(rows: Iterable[tuple[str, datetime]], *, device: str = "1") -> bytes:
    """``attlog.dat``: PIN padded to nine, wall time, machine, state, verification, work code; CRLF."""
    lines = (f"{pin:>9}\t{at.isoformat(' ', 'seconds')}\t{device}\t0\t1\t0\r\n" for pin, at in rows)
    return "".join(lines).encode()


def write_glg(rows: Iterable[tuple[str, str, datetime]], *, device: str = "1") -> bytes:
    """The older GLG export of (PIN, name, wall time): padded numbers, slashes, two spaces; CRLF."""
    lines = [
        f"{n}\t{device}\t{pin:0>9}\t{name}\t1\t0\t{at:%Y/%m/%d  %H:%M:%S}\r\n"
        for n, (pin, name, at) in enumerate(rows, start=1)
    ]
    return "".join(["No\tTMNo\tEnNo\tName\tGMNo\tMode\tDateTime\r\n", *lines]).encode()


def write_fingerspot_csv(rows: Iterable[Mapping[str, str]]) -> bytes:
    """Fingerspot's scan log: BOM, ``;``, CRLF; ``Tanggal`` is text dd/mm/yyyy, scans are text HH:MM."""
    return (_BOM + _csv(SCANLOG_HEADINGS, rows, ";")).encode()


def _csv(headings: Sequence[str], rows: Iterable[Mapping[str, object]], delimiter: str) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(headings)
    known = set(headings)
    for row in rows:
        unknown = row.keys() - known
        if unknown:
            raise KeyError(f"no such heading: {', '.join(sorted(unknown))}")
        writer.writerow([_text(row.get(heading)) for heading in headings])
    return stream.getvalue()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value)
