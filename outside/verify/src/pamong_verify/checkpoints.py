"""C2SP checkpoints: what a log says of itself at one size."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pamong_verify.faults import Fault, Refused
from pamong_verify.notes import Note, decode, encode, parse

LARGEST_SIZE = 2**63 - 1
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


@dataclass(frozen=True)
class Checkpoint:
    """Origin, number of entries and root of the tree, with the note that says so."""

    origin: str
    size: int
    root: bytes
    note: Note


def number(text: str) -> int:
    """A whole number without leading zeroes, at most 2^63 - 1; else ValueError."""
    if not _NUMBER.fullmatch(text) or int(text) > LARGEST_SIZE:
        raise ValueError("number")
    return int(text)


def body(origin: str, size: int, root: bytes) -> str:
    """The text of a checkpoint without extensions."""
    return f"{origin}\n{size}\n{encode(root)}\n"


def read_checkpoint(data: bytes, what: str) -> Checkpoint:
    """Read a checkpoint; its signatures are not checked yet."""
    note = parse(data, what)
    lines = note.text[:-1].split("\n")
    try:
        if len(lines) < 3 or not all(lines):
            raise ValueError("lines")
        return Checkpoint(lines[0], number(lines[1]), decode(lines[2], 32), note)
    except ValueError as error:
        raise Refused(Fault.UNREADABLE, f"{what} bukan titik segel") from error
