"""A table's columns turned into typed values, each fault a problem of its row."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

from pamong.interop.tables import Table
from pamong.interop.values import read_nip
from pamong.kernel.problem import Problem, Severity

T = TypeVar("T")
Reader = Callable[[str], tuple[T | None, str]]
_VALUE_LENGTH = 200


class Fields:
    """Reads columns of one table and gathers the problems and the rows that can't go in."""

    def __init__(self, table: Table, key: str) -> None:
        self.table = table
        self.problems: list[Problem] = list(table.problems)
        self.refused: set[int] = set()  # places in the table, not line numbers
        self._subjects = table.column(key)

    def tell(self, place: int, code: str, column: str, message: str, severity: Severity = "block") -> None:
        """Add a problem of the row at a place; ``block`` keeps the row out."""
        table = self.table
        self.problems.append(
            Problem(
                code,
                message,
                severity,
                source=table.name,
                row=table.lines[place],
                column=column,
                value=table.column(column)[place][:_VALUE_LENGTH],
                rule=code,
                subject=self._subjects[place].strip("'"),
            )
        )
        if severity == "block":
            self.refused.add(place)

    def read(self, column: str, reader: Reader[T], code: str, severity: Severity = "block") -> list[T | None]:
        """Read a column; equal texts are read once. A faulty cell becomes ``None`` and a problem."""
        texts = self.table.column(column)
        known = {text: reader(text) for text in set(texts)}
        if any(fault for _, fault in known.values()):
            for place, text in enumerate(texts):
                if fault := known[text][1]:
                    self.tell(place, code, column, fault, severity)
        return [known[text][0] for text in texts]

    def read_ids(self, column: str, *, once: bool = True, but: Collection[int] = ()) -> list[str | None]:
        """Read a NIP column, ``but`` for some places: number cells refused; ``once``: several rows with one
        NIP are told."""
        numbers = self.table.numbers.get(column, set())
        result: list[str | None] = []
        places: dict[str, list[int]] = {}
        for place, text in enumerate(self.table.column(column)):
            if place in but:
                result.append(None)
                continue
            nip, fault = read_nip(text, was_number=self.table.lines[place] in numbers)
            if nip is None:
                self.tell(place, "nip", column, fault)
            else:
                places.setdefault(nip, []).append(place)
            result.append(nip)
        for twins in places.values() if once else ():
            self._tell_twins(twins, column)
        return result

    def _tell_twins(self, twins: list[int], column: str) -> None:
        """Rows with one NIP: a mere copy is dropped; where they differ none is believed, and each is told."""
        lines = [self.table.lines[place] for place in twins]
        same = len({tuple(cells[place] for cells in self.table.columns.values()) for place in twins}) == 1
        for place in twins[1:] if same else twins if len(twins) > 1 else ():
            line = self.table.lines[place]
            others = ", ".join(str(other) for other in lines if other != line)
            text = f"baris ini sama dengan baris {lines[0]}, dipakai sekali"
            if not same:
                text = f"NIP juga ada di baris {others} dengan isi lain, sisakan satu baris"
            self.tell(place, "nip_twice", column, text)

    def in_order(self) -> list[Problem]:
        """All problems: those of the file first, then by row."""
        return sorted(self.problems, key=lambda problem: problem.row or 0)

    def kept(self, columns: dict[str, list[object]]) -> dict[str, list[object]]:
        """The columns without the refused rows."""
        keep = [place for place in range(len(self.table.lines)) if place not in self.refused]
        return {name: [values[place] for place in keep] for name, values in columns.items()}
