"""Who holds a seat is known further up: people says so, when the application starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

Source = Callable[[Sequence[int], date], Mapping[int, int]]
_SOURCES: list[Source] = []


def derive_holders(source: Source) -> None:
    """Let a domain above count who holds seats on or after a day; called once, when the application starts.

    The source takes database ids of seats and the day, and gives a count for each seat that is held.
    """
    _SOURCES[:] = [source]


def held(seats: Sequence[int], on: date) -> Mapping[int, int]:
    """How many hold each of these seats on or after the day; seats that nobody holds are left out."""
    return _SOURCES[0](seats, on) if _SOURCES and seats else {}
