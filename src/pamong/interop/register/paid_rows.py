"""Which rows of a paid list are people, and whether its totals are what the rows add up to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from enum import Enum
from itertools import accumulate
from typing import Any

from pamong.interop.fields import Fields
from pamong.interop.headings import normal_heading
from pamong.interop.tables import Table
from pamong.interop.values import clean
from pamong.kernel.money import Rupiah
from pamong.kernel.nip import nip_fault
from pamong.kernel.problem import Problem, Severity


class Row(Enum):
    """What a row of a list is."""

    PERSON = "person"
    TOTAL = "total"
    HEADING = "heading"
    NUMBERS = "numbers"
    REMARK = "remark"


_TOTAL = re.compile(
    r"(?:SUB ?-?)?(?:GRAND )?(?:JUMLAH|TOTAL|PINDAHAN)\b.*|SUB ?-?(?:JUMLAH|TOTAL)\b.*", re.IGNORECASE
)
_COLUMN_NUMBER = re.compile(r"\(?[0-9]{1,2}\)?")
_WARN: Severity = "warn"
_INFO: Severity = "info"
_LABELS = ("NO", "NIP", "NAMA", "OPD", "UNIT", "KELAS JABATAN")
_FEWEST_DIGITS = 8  # of something that is meant to be a NIP


def sort_rows(table: Table, money: Sequence[str]) -> list[Row]:
    """Tell what each row is, by its labels and by whether amounts stand in the columns of ``money``."""
    labels = {heading: table.column(heading) for heading in _LABELS}
    amounts = [table.columns[heading] for heading in money if heading in table.columns]
    return [
        _kind(
            {heading: clean(cells[place]) for heading, cells in labels.items()},
            [clean(cells[place]) for cells in amounts],
        )
        for place in range(len(table.lines))
    ]


def _kind(labels: Mapping[str, str], amounts: Sequence[str]) -> Row:
    nip, name = labels["NIP"], labels["NAMA"]
    if normal_heading(nip) == "NIP" or (normal_heading(name) == "NAMA" and not _digits(nip)):
        return Row.HEADING
    if not nip_fault(nip) or (_digits(nip) >= _FEWEST_DIGITS and (any(amounts) or name)):
        return Row.PERSON
    filled = [cell for cell in (*labels.values(), *amounts) if cell]
    if nip and all(_COLUMN_NUMBER.fullmatch(cell) for cell in filled):
        return Row.NUMBERS
    if any(_TOTAL.fullmatch(cell) for cell in labels.values()):
        return Row.TOTAL
    if not any(amounts):
        return Row.REMARK
    # Amounts without anybody's name or number: the sums of a list that does not call them so.
    return Row.PERSON if nip or name else Row.TOTAL


def _digits(text: str) -> int:
    return sum(sign.isdigit() for sign in text)


def tell_totals(
    fields: Fields,
    columns: Mapping[str, list[Any]],
    totals: Table,
    amounts: Mapping[str, list[Any]],
    headings: Mapping[str, str],
) -> None:
    """Compare each total with the rows since the last total, or with all rows above it; tell the outcome.

    ``columns`` are those of all people read, also of the refused; ``amounts`` those of the total rows;
    ``headings`` maps names of amounts to their columns.
    """
    lines = columns["line"]
    running = {name: _running(columns[name]) for name in headings}
    first = 0
    for place, line in enumerate(totals.lines):
        end = bisect_left(lines, line)
        compared = [name for name in headings if amounts[name][place] is not None]
        wrong = False
        for name in compared:
            told, sums = amounts[name][place], running[name]
            if told not in (sums[end] - sums[first], sums[end]):
                wrong = True
                text = f"jumlah tertulis {Rupiah(told)}, sedangkan baris di atasnya berjumlah "
                fields.problems.append(_problem(totals, line, text + str(Rupiah(sums[end])), headings[name]))
        if not wrong:
            text = (
                "sama dengan jumlah baris di atasnya" if compared else "tanpa angka yang dapat dibandingkan"
            )
            fields.problems.append(_problem(totals, line, f"baris jumlah, {text}"))
        first = end


def _running(values: Sequence[int | None]) -> list[int]:
    """Sums of the first 0, 1, 2 ... values."""
    return list(accumulate((value or 0 for value in values), initial=0))


def _problem(table: Table, line: int, text: str, column: str = "") -> Problem:
    """A wrong amount where a column is named, else a remark."""
    code, severity = ("total", _WARN) if column else ("total_row", _INFO)
    value = table.column(column)[table.lines.index(line)][:200] if column else ""
    return Problem(code, text, severity, source=table.name, row=line, column=column, value=value, rule=code)
