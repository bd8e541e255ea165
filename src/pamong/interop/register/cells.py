"""Columns that several sheets of the register share: codes, NIK, dates that can't be yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pamong.interop.fields import Fields
from pamong.interop.values import clean, clean_name
from pamong.kernel.errors import InvalidValue
from pamong.kernel.nik import Nik
from pamong.kernel.problem import Problem, Severity

_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+")
_SHOWN = 5  # rows that a sentence names
_LOST = "disimpan sebagai angka sehingga digitnya hilang, simpan kolom ini sebagai teks"


def read_text(text: str) -> tuple[str | None, str]:
    """A cell as text; nothing for an empty cell or a literal null."""
    return clean(text) or None, ""


def read_name(text: str) -> tuple[str | None, str]:
    """A name or title exactly as written, single spaces between its words."""
    return clean_name(text) or None, ""


def read_code(text: str) -> tuple[str | None, str]:
    """An identifier as text; what a spreadsheet turned into ``1,98E+17`` is refused."""
    bare = clean(text)
    return (None, _LOST) if _SCIENTIFIC.fullmatch(bare) else (bare or None, "")


def read_codes(fields: Fields, column: str, code: str, severity: Severity = "warn") -> list[str | None]:
    """Read a column of identifiers; one remark a column if a sheet kept them as numbers.

    A number loses the zeros in front of it (and a fraction those behind): ``1.10`` becomes ``1,1``.
    """
    found = fields.read(column, read_code, code, severity)
    numbers = sorted(fields.table.numbers.get(column, ()))
    if numbers:
        text = (
            f"{len(numbers)} sel disimpan sebagai angka, nol di depan atau di belakangnya bisa hilang; "
            "simpan kolom ini sebagai teks"
        )
        fields.problems.append(
            Problem(
                "number_cells",
                text,
                "warn",
                source=fields.table.name,
                row=numbers[0],
                column=column,
                rule=code,
            )
        )
    return found


def read_niks(fields: Fields, column: str = "NIK") -> list[str | None]:
    """Read a column of NIK. A faulty one is told and left out; its row goes in without it."""
    numbers = fields.table.numbers.get(column, set())
    found: list[str | None] = []
    for place, text in enumerate(fields.table.column(column)):
        nik, fault = _read_nik(text, was_number=fields.table.lines[place] in numbers)
        if fault:
            fields.tell(place, "nik", column, f"{fault}; NIK ini tidak dipakai", "warn")
        found.append(nik)
    return found


def _read_nik(text: str, *, was_number: bool) -> tuple[str | None, str]:
    bare = clean(text)
    if not bare:
        return None, ""
    if was_number or _SCIENTIFIC.fullmatch(bare):
        return None, _LOST
    try:
        return Nik.parse(bare).digits, ""
    except InvalidValue as refusal:
        return None, str(refusal).removeprefix("NIK ").rstrip(".")


def compare_niks(
    fields: Fields, niks: Sequence[str | None], born: Sequence[date | None], sexes: Sequence[str | None]
) -> None:
    """A NIK repeats birth date and sex; a difference is told, and the row goes in."""
    for place, digits in enumerate(niks):
        if digits is None:
            continue
        nik, birth, sex = Nik(digits), born[place], sexes[place]
        if birth and not nik.matches_birth(birth):
            text = f"tanggal lahir {birth:%d-%m-%Y} berbeda dari digit 7-12 NIK, periksa keduanya"
            fields.tell(place, "nik_birth", "NIK", text, "warn")
        if sex and nik.sex != sex:
            fields.tell(place, "nik_sex", "NIK", "jenis kelamin berbeda dari digit 7-8 NIK", "warn")


def tell_future(fields: Fields, column: str, days: Sequence[date | None], today: date) -> None:
    """Refuse rows whose date has yet to come."""
    for place, day in enumerate(days):
        if day and day > today:
            text = f"{day:%d-%m-%Y} belum terjadi, periksa tahunnya"
            fields.tell(place, "future", column, text)


def places_of(values: Sequence[object]) -> Iterator[tuple[object, list[int]]]:
    """Values that stand in several places, each with these, in order; ``None`` is no value."""
    found: dict[object, list[int]] = {}
    for place, value in enumerate(values):
        if value is not None:
            found.setdefault(value, []).append(place)
    yield from ((value, places) for value, places in found.items() if len(places) > 1)


def other_lines(fields: Fields, places: Sequence[int], place: int) -> str:
    """The rows of the others, for a sentence: ``4, 9``; long lists are cut."""
    lines = [str(fields.table.lines[other]) for other in places if other != place]
    rest = len(lines) - _SHOWN
    return ", ".join(lines[:_SHOWN]) + (f" dan {rest} baris lain" if rest > 0 else "")
