"""Empty workbooks to fill in: headings, one example row, and a sheet that explains each column."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from pamong.interop.register.education_sheet import SHEET as EDUCATION
from pamong.interop.register.family_sheet import SHEET as FAMILY
from pamong.interop.register.peta_cells import SHEET as PETA
from pamong.interop.register.sheets import EXAMPLE, NOTE, Sheet

SHEETS: dict[str, Sheet] = {"peta": PETA, "family": FAMILY, "education": EDUCATION}
FILE_NAMES = {
    "peta": "templat-peta-jabatan.xlsx",
    "family": "templat-data-keluarga.xlsx",
    "education": "templat-riwayat-pendidikan.xlsx",
}
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_WIDTH, _WIDEST = 14, 44


def template(kind: str) -> bytes:
    """The template of ``peta``, ``family`` or ``education`` as XLSX; KeyError for anything else.

    All cells of the data sheet are formatted as text, so that a NIP keeps its digits. The readers know the
    example row by its note and leave it out. The same version gives the same bytes.
    """
    sheet = SHEETS[kind]
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - same version, same bytes
    looks = {
        "head": book.add_format({"bold": True, "bg_color": "#EEF2F5", "bottom": 1, "num_format": "@"}),
        "text": book.add_format({"num_format": "@"}),
        "example": book.add_format({"num_format": "@", "italic": True, "font_color": "#565D6D"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _data_page(book.add_worksheet("Data"), sheet, looks)
    _help_page(book.add_worksheet("Petunjuk"), sheet, looks)
    book.close()
    return stream.getvalue()


def _data_page(page: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    for place, column in enumerate(sheet.columns):
        width = min(_WIDEST, max(_WIDTH, len(column.heading) + 2, len(str(column.example)) + 2))
        page.set_column(place, place, width, looks["text"])
        page.write_string(0, place, column.heading, looks["head"])
        page.write_string(1, place, str(column.example), looks["example"])
    last = len(sheet.columns)
    page.set_column(last, last, _WIDEST, looks["text"])
    page.write_string(0, last, NOTE, looks["head"])
    page.write_string(1, last, EXAMPLE, looks["example"])
    page.freeze_panes(1, 0)


def _help_page(page: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    """What belongs into each column. Its heads are no headings of the data sheet, so readers pass it by."""
    page.set_column(0, 0, 22, looks["wrap"])
    page.set_column(1, 1, 12, looks["wrap"])
    page.set_column(2, 2, 80, looks["wrap"])
    page.set_column(3, 3, 36, looks["wrap"])
    for place, head in enumerate(("Kolom", "Wajib", "Isinya", "Contoh")):
        page.write_string(0, place, head, looks["head"])
    for line, column in enumerate(sheet.columns, start=1):
        cells = (column.heading, "ya" if column.needed else "tidak", column.says, str(column.example))
        for place, cell in enumerate(cells):
            page.write_string(line, place, cell, looks["wrap"])
    text = "Boleh dibiarkan kosong. Baris contoh di lembar Data ditandai di kolom ini dan tidak dibaca."
    for place, cell in enumerate((NOTE, "tidak", text, "")):
        page.write_string(len(sheet.columns) + 1, place, cell, looks["wrap"])
