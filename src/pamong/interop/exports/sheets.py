"""XLSX for people: numbers as numbers, NIP as text, nothing that could be taken for a formula."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC
from typing import Any

import polars as pl
import xlsxwriter

from pamong.interop.exports.flat import told_problems
from pamong.interop.exports.totals import Totals
from pamong.interop.exports.wide import Wide, in_words
from pamong.kernel.clock import format_month
from pamong.pay.choices import Mode
from pamong.pay.progress import Progress, quiet
from pamong.pay.queries import RunRow

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_MONEY = "#,##0"  # shown as 1.234.567 where the office's language is Indonesian
_EXACT = 2**53  # a cell's number is a double: a larger amount stands as text rather than as another amount
_BLOCK = 1_000  # rows between two lines of progress
_WIDTHS = {
    "No": 6,
    "NIP": 20,
    "Nama": 32,
    "Jabatan": 34,
    "Unit kerja": 32,
    "Perangkat daerah": 34,
    "Keterangan": 42,
}
_MONEY_WIDTH, _OTHER_WIDTH = 17, 14
_PROBLEM_WIDTHS = {"No": 6, "Berkas": 26, "Isi": 30, "Masalah": 70, "Tentang": 22}


def slips_xlsx(
    wide: Wide, problems: pl.DataFrame, totals: Totals, run: RunRow, progress: Progress = quiet
) -> bytes:
    """A workbook of a run: *Ringkasan* (control totals), *Rincian* (a row a person), *Masalah*.

    The same slips of the same run give the same bytes.
    """
    stream = io.BytesIO()
    with _book(stream, run) as (book, styles):
        _summary(book.add_worksheet("Ringkasan"), styles, totals, run)
        details = book.add_worksheet("Rincian")
        money = frozenset(column.title for column in wide.money)
        _table(details, styles, in_words(wide), money, _WIDTHS, progress)
        details.freeze_panes(1, 3)
        _table(book.add_worksheet("Masalah"), styles, told_problems(problems), frozenset(), _PROBLEM_WIDTHS)
    return stream.getvalue()


def problems_xlsx(problems: pl.DataFrame, run: RunRow) -> bytes:
    """All problems of a run as a workbook with one sheet."""
    stream = io.BytesIO()
    with _book(stream, run) as (book, styles):
        _table(book.add_worksheet("Masalah"), styles, told_problems(problems), frozenset(), _PROBLEM_WIDTHS)
    return stream.getvalue()


def tables_xlsx(tables: Mapping[str, pl.DataFrame], money: frozenset[str], run: RunRow) -> bytes:
    """Tables with Indonesian headings as a workbook, a sheet each; `money` names the columns of rupiah."""
    stream = io.BytesIO()
    with _book(stream, run) as (book, styles):
        for title, frame in tables.items():
            _table(book.add_worksheet(title), styles, frame, money, _WIDTHS)
    return stream.getvalue()


@contextmanager
def _book(stream: io.BytesIO, run: RunRow) -> Iterator[tuple[Any, dict[str, Any]]]:
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    made = run.published_at or run.started_at
    book.set_properties({"title": _title(run), "created": made.astimezone(UTC).replace(tzinfo=None)})
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEF2F5"}
        ),
        "money": book.add_format({"num_format": _MONEY}),
        "text": book.add_format({"num_format": "@"}),
        "bold": book.add_format({"bold": True}),
    }
    yield book, styles
    book.close()


def _title(run: RunRow) -> str:
    return f"Tambahan Penghasilan Pegawai {format_month(run.month.year, run.month.month)}"


def _table(
    page: Any,
    styles: dict[str, Any],
    frame: pl.DataFrame,
    money: frozenset[str],
    widths: dict[str, int],
    progress: Progress = quiet,
) -> None:
    """A frame under a frozen head with a filter; empty cells where a value is missing."""
    for place, name in enumerate(frame.columns):
        page.set_column(place, place, widths.get(name, _MONEY_WIDTH if name in money else _OTHER_WIDTH))
        page.write_string(0, place, name, styles["head"])
    looks = [styles["money"] if name in money else styles["text"] for name in frame.columns]
    for line, row in enumerate(frame.iter_rows(), start=1):
        _row(page, line, row, looks)
        if line % _BLOCK == 0:
            progress("Menulis XLSX", line, frame.height)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(frame.height, 1), max(frame.width - 1, 0))


def _row(page: Any, line: int, row: Sequence[Any], looks: Sequence[Any]) -> None:
    for place, value in enumerate(row):
        if value is None or value == "":
            continue
        if not isinstance(value, int):
            page.write_string(line, place, value, looks[place])
        elif abs(value) < _EXACT:
            page.write_number(line, place, value, looks[place] if looks[place].num_format == _MONEY else None)
        else:
            page.write_string(line, place, str(value))


def _summary(page: Any, styles: dict[str, Any], totals: Totals, run: RunRow) -> None:
    """The control totals, block under block: what, how many people, how much."""
    page.set_column(0, 0, 46)
    page.set_column(1, 8, _MONEY_WIDTH)
    page.write_string(0, 0, _title(run), styles["title"])
    line = 1
    if run.mode is not Mode.REAL:
        page.write_string(line, 0, f"{run.mode.label}, bukan dasar pembayaran", styles["bold"])
        line += 1
    for block in totals.blocks:
        line += 1
        for place, head in enumerate(block.heads):
            page.write_string(line, place, head, styles["head"])
        for row in block.rows:
            line += 1
            for place, value in enumerate(row):
                if isinstance(value, int):
                    page.write_number(line, place, value, styles["money"])
                else:
                    page.write_string(line, place, value, styles["text"])
        line += 1
