"""What services of leave take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pamong.attendance.choices import ExcuseKind, ExcusePart


@dataclass(frozen=True, slots=True)
class Leave:
    """What a leave says: its kind, its first and last day, and the document that grants it."""

    kind: ExcuseKind
    first: date
    last: date
    number: str
    dated_on: date
    part: ExcusePart = ExcusePart.WHOLE


@dataclass(frozen=True, slots=True)
class ListedLeave:
    """A row of a list of leave: where it stands, whose leave by his NIP, and what it says."""

    line: int
    nip: str
    leave: Leave


@dataclass(frozen=True, slots=True)
class ListProblem:
    """What is wrong with a row, in a sentence; line None for the file as a whole."""

    line: int | None
    text: str
