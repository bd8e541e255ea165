"""Lines that tell what goes on: everything over a second has one."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

_REFRESH_SECONDS = 0.1


def say(text: str) -> None:
    """Print one line at once."""
    click.echo(text)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Tell what begins, and how long it took: ``Menyiapkan basis data ... 1,2 detik``."""
    click.echo(f"{text} ... ", nl=False)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        click.echo("gagal")
        raise
    click.echo(f"{time.monotonic() - started:.1f} detik".replace(".", ","))


class Live:
    """Progress of a long command: one line that is written over on a terminal, else one line a stage."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._stage = ""
        self._shown = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        """Tell what goes on, how much is done and of how much (0: not known)."""
        fresh = what != self._stage
        now = time.monotonic()
        if not fresh and (not self._terminal or now - self._shown < _REFRESH_SECONDS):
            return
        self._stage, self._shown = what, now
        share = f" {done * 100 // total} %" if total and done else ""
        line = f"\r\x1b[K{what}{share} ..." if self._terminal else f"{what} ..."
        click.echo(line, nl=not self._terminal, err=True)

    def end(self) -> None:
        """Clear the line."""
        if self._terminal and self._stage:
            click.echo("\r\x1b[K", nl=False, err=True)
