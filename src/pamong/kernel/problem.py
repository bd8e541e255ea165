"""A doubt about data, kept as a value: where it stands, what was read, which rule it breaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Severity = Literal["block", "warn", "info"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. ``severity``: block = the row (or file) can't go in, warn = it goes in with a doubt, info.

    ``message`` is Indonesian and reads on after the place: ``17 digit, harus 18``. ``row`` is the 1-based
    line of the file or row of the sheet, ``value`` what stood there, ``rule`` what was expected, ``subject``
    whom it is about (a NIP, a name), ``source`` the file.
    """

    code: str
    message: str
    severity: Severity
    source: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    rule: str = ""
    subject: str = ""

    def __post_init__(self) -> None:
        if self.severity not in get_args(Severity):
            raise ValueError(f"unknown severity {self.severity!r}")

    @property
    def place(self) -> str:
        """Where it stands, in Indonesian: ``pegawai.csv, baris 12, NIP``; may be empty."""
        row = "" if self.row is None else f"baris {self.row}"
        who = self.subject if self.row is None else ""
        return ", ".join(part for part in (self.source, row, self.column, who) if part)

    def __str__(self) -> str:
        """The full sentence: ``baris 12, NIP, 17 digit, harus 18``."""
        return f"{self.place}, {self.message}" if self.place else self.message


def has_block(problems: Iterable[Problem]) -> bool:
    """Tell whether any of them keeps something out."""
    return any(problem.severity == "block" for problem in problems)
