"""Plain lists of texts as files, as offices open them, without the library of columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from pamong.interop.write import write_xlsx

_BOM = "\ufeff"
# A spreadsheet program takes a text that begins so for a formula, whoever wrote it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONG = re.compile("[0-9]{16,}")  # and rounds a NIP to its first 15 digits


def list_csv(headings: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Texts under Indonesian headings: BOM, ``;``, CRLF; what looks like a formula begins with ``'``."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_safe(row.get(heading, "")) for heading in headings])
    return (_BOM + stream.getvalue()).encode()


def list_xlsx(headings: Sequence[str], rows: Iterable[Mapping[str, str]], sheet: str) -> bytes:
    """The same as a workbook with one sheet: every cell is text, so a NIP keeps its digits."""
    return write_xlsx(headings, rows, sheet=sheet)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) or _LONG.fullmatch(text) else text
