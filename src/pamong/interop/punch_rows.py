"""The shape that every kind of punch file is read into, and what is the same punch."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from pamong.interop.values import storable
from pamong.kernel.problem import Problem

PUNCH_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "pin": pl.String,
    "nip": pl.String,
    "at": pl.Datetime("us"),
    "device": pl.String,
    "line": pl.Int32,
    "precision": pl.String,
    "file": pl.String,
}
TEXT_LENGTH = 200  # of an unreadable line, kept with its problem
_PIN_SPACE = 1 << 31
_SECOND_SPACE = 1 << 32


@dataclass(slots=True)
class PunchFile:
    """What one file held: a frame of ``PUNCH_SCHEMA`` and the lines that could not be read."""

    frame: pl.DataFrame
    problems: list[Problem] = field(default_factory=list)


def empty_punches() -> pl.DataFrame:
    """A frame without rows."""
    return pl.DataFrame(schema=PUNCH_SCHEMA)


def unreadable(name: str, line: int, text: str, reason: str, code: str = "unreadable_line") -> Problem:
    """The problem of one line: its number, its text (at most 200 characters) and the reason."""
    value = storable(text.strip("\r\n")[:TEXT_LENGTH])
    return Problem(code, storable(reason), "block", source=name, row=line, value=value, rule=code)


def distinct(frame: pl.DataFrame, by: str = "pin") -> pl.DataFrame:
    """Drop repeated (person, instant), keeping the first, in order. ``by`` is ``pin`` or another key."""
    key = _packed_key(frame, by)
    if key is not None:
        return frame if key.n_unique() == frame.height else frame.filter(key.is_first_distinct())
    subset = [by, "at"] if by != "pin" else ["pin", "nip", "at"]
    return frame.unique(subset, keep="first", maintain_order=True)


def _packed_key(frame: pl.DataFrame, by: str) -> pl.Series | None:
    """Person and second in one Int64, many times faster to compare; ``None`` if a PIN is no small number.

    Exact, not a hash: PINs carry no leading zeros, so the number stands for the text; no reader gives
    fractions of a second.
    """
    pins = frame[by].cast(pl.Int64, strict=False)
    seconds = frame["at"].dt.epoch("s")
    if pins.null_count() or (pins >= _PIN_SPACE).any() or not seconds.is_between(0, _SECOND_SPACE - 1).all():
        return None
    return pins * _SECOND_SPACE + seconds
