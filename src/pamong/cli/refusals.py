"""What stops a command, told in one Indonesian sentence with exit status 1. Bugs stay tracebacks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from pamong.cli.errors import LauncherError
from pamong.kernel.errors import DomainError, InvalidValue
from pamong.law.engine.errors import LawError


@contextmanager
def told() -> Iterator[None]:
    """Turn refusals, and files that can't be opened or written, into a sentence."""
    try:
        yield
    except (LauncherError, DomainError, LawError, InvalidValue) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        if error.filename is None:
            raise
        raise click.ClickException(f"{error.filename} tidak bisa dibuka atau ditulis.") from error
