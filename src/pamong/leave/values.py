"""What services of leave take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

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


def listed(row: Mapping[str, Any]) -> ListedLeave:
    """A row as it was kept."""
    leave = Leave(
        ExcuseKind(row["kind"]), date.fromisoformat(row["first"]), date.fromisoformat(row["last"]),
        row["number"], date.fromisoformat(row["dated_on"]),
    )  # fmt: skip
    return ListedLeave(row["line"], row["nip"], leave)
