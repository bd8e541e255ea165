"""Reads a document's fenced blocks: commands with the lines that they should print, and files to save."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^# (\S+/\S+)\n")
PROMPT, REST = "$ ", "..."


@dataclass(frozen=True)
class Command:
    """What a reader types, and the lines that the document shows below it."""

    text: str
    shown: tuple[str, ...]


@dataclass(frozen=True)
class File:
    """A file that a reader saves: its first line is a comment with its name."""

    name: str
    text: str


def steps(document: str) -> Iterator[Command | File]:
    """The commands and files of a document in their order. Blocks of other kinds are for reading only."""
    for kind, body in _FENCE.findall(document):
        named = _FILE.match(body)
        if kind == "console":
            yield from _commands(body.splitlines())
        elif kind in ("yaml", "diff", "python") and named:
            yield File(named[1], body)


def _commands(lines: list[str]) -> Iterator[Command]:
    starts = [place for place, line in enumerate(lines) if line.startswith(PROMPT)]
    for start, end in pairwise([*starts, len(lines)]):
        typed = 1
        while lines[start + typed - 1].endswith("\\"):
            typed += 1
        text = "\n".join(lines[start : start + typed]).removeprefix(PROMPT)
        yield Command(text, tuple(lines[start + typed : end]))


def first_missing(shown: tuple[str, ...], printed: list[str]) -> str | None:
    """The first shown line that was not printed in its place; None if all were.

    A line `...` stands for any lines, `...` within a line for any text. Leading blanks after a `...` line
    don't count, so that a deep tree may be shown flat.
    """
    place, free = 0, False
    for line in shown:
        if line == REST:
            free = True
            continue
        found = next((at for at in range(place, len(printed)) if _same(line, printed[at], free)), None)
        if found is None or (found != place and not free):
            return line
        place, free = found + 1, False
    return None if free or place == len(printed) else f"(end) but then: {printed[place]}"


def _same(shown: str, printed: str, free: bool) -> bool:
    parts = map(re.escape, shown.rstrip().split(REST))
    pattern = ("[ ]*" if free else "") + ".*".join(parts)
    return re.fullmatch(pattern, printed.rstrip()) is not None
