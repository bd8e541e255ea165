"""The sheet of a unit's month as it is handed out: names, a key for each, its days, and what letters mean."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

import xlsxwriter

from pamong.interop.rosters import KEY

_NAME, _WIDE, _NARROW = 32, 12, 4
_MOST_LETTERS = 40  # that a list to choose from offers


def write_roster(
    people: Sequence[tuple[str, str, Mapping[int, str]]],
    *,
    days: int,
    letters: Sequence[tuple[str, str]],
) -> bytes:
    """The workbook: people as ``(key, name, cells by day)``, letters with their words. The same rows give the
    same bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
    )
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - same rows, same bytes
    head, page = book.add_format({"bold": True}), book.add_worksheet("Jadwal")
    page.write_row(0, 0, ["NAMA", KEY, *(str(day) for day in range(1, days + 1))], head)
    page.set_column(0, 0, _NAME)
    page.set_column(1, 1, _WIDE)
    page.set_column(2, days + 1, _NARROW)
    page.freeze_panes(1, 1)
    for line, (key, name, cells) in enumerate(people, start=1):
        page.write_string(line, 0, name)
        page.write_string(line, 1, key)
        for day, text in cells.items():
            page.write_string(line, day + 1, text)
    if people:
        # A letter that the list lacks is let in: two of them stand together as P+S.
        offered = {"validate": "list", "source": [code for code, _ in letters][:_MOST_LETTERS],
                   "error_type": "information"}  # fmt: skip
        page.data_validation(1, 2, len(people), days + 1, offered)
    _tell(book.add_worksheet("Kode"), letters, head)
    book.close()
    return stream.getvalue()


def _tell(page: xlsxwriter.worksheet.Worksheet, letters: Sequence[tuple[str, str]], head: object) -> None:
    page.write_row(0, 0, ["KODE", "ARTI"], head)
    page.set_column(1, 1, _NAME)
    for line, row in enumerate(letters, start=1):
        page.write_row(line, 0, row)
    told = (f"{KEY} menunjuk pegawainya: jangan diubah. Sel kosong dibiarkan seperti adanya.",
            "Dua dinas sehari ditulis dengan tanda tambah, misalnya P+S.")  # fmt: skip
    for line, text in enumerate(told, start=len(letters) + 2):
        page.write_string(line, 0, text)
