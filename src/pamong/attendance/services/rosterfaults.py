"""What is wrong with the cells of a roster: one fault is told once, with all its lines and days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pamong.kernel.problem import Problem

_FEW = 5  # other lines that a sentence names
_RUN = 3  # days in a row that are still told one by one


@dataclass
class Faults:
    """Faults by their sentence; of each the lines with their days, in the order in which they came."""

    found: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)

    def add(self, told: str, line: int, day: int, value: str) -> None:
        """A fault of a cell, by its line and the day of the month."""
        self.found.setdefault(told, {}).setdefault(line, []).append(day)
        self.values.setdefault(told, value)

    def problems(self, names: Mapping[int, str]) -> list[Problem]:
        """Each fault as one problem, at its first line; with the names that may be told of lines."""
        return [self._problem(told, list(lines.items()), names) for told, lines in self.found.items()]

    def _problem(
        self, told: str, lines: Sequence[tuple[int, list[int]]], names: Mapping[int, str]
    ) -> Problem:
        (line, days), *rest = lines
        others = [f"baris {each} ({named(names.get(each, ''), days_of(its))})" for each, its in rest[:_FEW]]
        others += [f"{len(rest) - _FEW} baris lain"] if len(rest) > _FEW else []
        more = f"; juga di {', '.join(others)}" if others else ""
        value = self.values[told]
        return Problem("shift", told + more, "block", row=line, column=days_of(days), value=value)


def named(*parts: str) -> str:
    """A place in words, of the parts that there are: ``Suparman, hari 3``."""
    return ", ".join(part for part in parts if part)


def days_of(days: Iterable[int]) -> str:
    """``hari 3, 4, 5``; more days in a row as ``hari 3–9``."""
    runs: list[list[int]] = []
    for day in sorted(set(days)):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return "hari " + ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > _RUN else ", ".join(map(str, run)) for run in runs
    )
