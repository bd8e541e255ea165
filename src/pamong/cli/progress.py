"""Lines that tell what goes on: everything over a second has one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import click


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
