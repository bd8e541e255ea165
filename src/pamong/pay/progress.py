"""How a long computation tells what it does: a function of what, how much is done, and how much there is."""

from __future__ import annotations

from collections.abc import Callable

# What it does now, how much is done, how much there is (0: not known).
Progress = Callable[[str, int, int], None]


def quiet(what: str, done: int, total: int) -> None:
    """A progress that nobody watches."""
