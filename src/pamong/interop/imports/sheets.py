"""The file of an import, read: rows as plain values, problems, and the unit that each line speaks of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from pamong.interop.headings import PEOPLE_ALIASES
from pamong.interop.register.education import read_education
from pamong.interop.register.family import read_family
from pamong.interop.register.peta import read_peta_jabatan
from pamong.interop.register.siasn import read_register
from pamong.interop.tables import read_table
from pamong.kernel.errors import InvalidValue
from pamong.kernel.problem import Problem
from pamong.people.choices import BatchKind

SaidRow = Mapping[str, Any]
_UNIT_HEADINGS = {"UNOR NAMA": "UNIT", "NAMA UNIT": "UNIT", "NAMA UNIT KERJA": "UNIT", "UNIT KERJA": "UNIT"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows`` that may go in, by line; of a peta jabatan its ``units`` apart, parents first.

    ``said_units`` names the unit of each line, those that are refused too; '' where it names none.
    """

    name: str
    rows: Sequence[SaidRow]
    problems: list[Problem]
    units: Sequence[SaidRow] = ()
    said_units: Mapping[int, str] = field(default_factory=dict)

    @property
    def refused(self) -> dict[int, Problem]:
        """Lines that a problem keeps out, each with its first such problem."""
        found: dict[int, Problem] = {}
        for problem in self.problems:
            if problem.severity == "block" and problem.row is not None:
                found.setdefault(problem.row, problem)
        return found


def read_sheet(
    kind: BatchKind,
    data: bytes,
    name: str,
    *,
    today: date,
    day_first: bool | None,
    known_units: Collection[str] = (),
) -> Sheet:
    """Read a file of a kind. A file that can't be used gives no rows and a problem without a line."""
    if kind is BatchKind.PETA:
        units, posts, problems = read_peta_jabatan(data, name, known_units=known_units)
        return Sheet(name, _rows(posts), problems, _rows(units), _said_units(data, name))
    readers = {
        BatchKind.REGISTER: read_register,
        BatchKind.FAMILY: read_family,
        BatchKind.EDUCATION: read_education,
    }
    frame, problems = readers[kind](data, name, today=today, day_first=day_first)
    return Sheet(name, _rows(frame), problems, said_units=_said_units(data, name))


def _rows(frame: pl.DataFrame) -> list[SaidRow]:
    return list(frame.iter_rows(named=True))


def _said_units(data: bytes, name: str) -> dict[int, str]:
    """The unit that each line names: problems are told by unit too, also of lines that stay out."""
    try:
        table = read_table(
            data, name, lambda heading: _UNIT_HEADINGS.get(PEOPLE_ALIASES.get(heading, heading))
        )
    except InvalidValue:
        return {}  # told by the reader
    return {
        line: " ".join(text.split())
        for line, text in zip(table.lines, table.column("UNIT"), strict=True)
        if text.strip()
    }
