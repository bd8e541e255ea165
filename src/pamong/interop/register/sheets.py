"""Sheets of our own: their columns, said once for the reader, the empty template and its explanation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pamong.interop.fields import Fields
from pamong.interop.headings import normal_heading
from pamong.interop.kinds import kind_in_words, kind_of_headings
from pamong.interop.tables import Table, decode, read_table
from pamong.kernel.errors import InvalidValue
from pamong.kernel.problem import Problem

NOTE = "CATATAN"  # where the template marks its example
EXAMPLE = "Baris contoh, hapus sebelum mengunggah"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, what to write there (one Indonesian sentence), an example, its other spellings.

    ``needed``: without it the file can't be used.
    """

    heading: str
    says: str
    example: str | int = ""
    aliases: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True)
class Sheet:
    """A kind of sheet. ``title`` stands in sentences: ``peta jabatan``."""

    title: str
    key: str
    columns: tuple[Column, ...]

    @cached_property
    def _known(self) -> Mapping[str, str]:
        known = {NOTE: NOTE}
        for column in self.columns:
            known |= dict.fromkeys((column.heading, *column.aliases), column.heading)
        return known

    def column_of(self, heading: str) -> str | None:
        """The column of a normalised heading, ``None`` if the sheet has no such."""
        return self._known.get(normal_heading(heading))

    def open(self, data: bytes, name: str) -> Fields:
        """The sheet's table without its example row. Raises ``InvalidValue`` with one Indonesian sentence."""
        table = read_table(data, name, self.column_of)
        self._require(table, data)
        skipped = _drop_examples(table)
        fields = Fields(table, self.key)
        fields.problems.extend((*self._remarks(table), *skipped))
        return fields

    def _require(self, table: Table, data: bytes) -> None:
        missing = [c.heading for c in self.columns if c.needed and c.heading not in table.columns]
        if not missing:
            return
        other = kind_of_headings(list(table.headings))
        if not table.columns and not other and data[:2] not in (b"PK", b"\xd0\xcf"):
            other = kind_in_words(decode(data[:8192], table.name))
        what = f"{table.name}: kolom {' dan '.join(missing)} tidak ada, {self.title} memerlukannya"
        raise InvalidValue(f"{what}; berkas ini tampaknya {other}." if other else f"{what}.")

    def _remarks(self, table: Table) -> list[Problem]:
        absent = [c.heading for c in self.columns if c.heading not in table.columns]
        told = (
            ("headings_absent", "kolom yang tidak ada dianggap tidak diisi", absent),
            ("headings_extra", "kolom yang tidak dipakai", table.extra),
        )
        return [
            Problem(code, f"{what}: {', '.join(which)}", "info", source=table.name)
            for code, what, which in told
            if which
        ]


def _drop_examples(table: Table) -> list[Problem]:
    """Take the template's example out; it is told, so that nobody misses a row."""
    notes = [" ".join(text.split()).casefold() for text in table.column(NOTE)]
    examples = [place for place, note in enumerate(notes) if note == EXAMPLE.casefold()]
    if not examples:
        return []
    problems = [
        Problem(
            "example",
            "baris contoh dari templat, tidak dibaca",
            "info",
            source=table.name,
            row=table.lines[place],
        )
        for place in examples
    ]
    keep = [place for place in range(len(table.lines)) if place not in set(examples)]
    table.lines = [table.lines[place] for place in keep]
    for heading, cells in table.columns.items():
        table.columns[heading] = [cells[place] for place in keep]
        table.numbers[heading] &= set(table.lines)
    return problems
