"""What stops a command, told in one Indonesian sentence: refusals (exit status 1) and wrong usage (2)."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from pamong.cli.errors import LauncherError
from pamong.kernel.errors import DomainError, InvalidValue
from pamong.law.engine.errors import LawError

# Click's own English sentences that have no class of their own.
_SENTENCES = (
    (r"No such command '(.+?)'", r"Perintah '\1' tidak dikenal."),
    (r"Got unexpected extra arguments? \((.+)\)", r"Isian '\1' berlebih."),
    (r"Missing command", "Perintah belum disebut."),
    (r"Option '(.+?)' requires an argument", r"Pilihan \1 belum diisi."),
)


class Refused(click.ClickException):
    """A refusal: the sentence alone, exit status 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence."""
        click.echo(self.format_message(), file=file or sys.stderr)


class WrongUsage(click.UsageError):
    """Wrong usage: the sentence and where help is, exit status 2."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence and how to get help."""
        where = self.ctx.command_path if self.ctx else "pamong"
        click.echo(f"{self.format_message()}\nBantuan: {where} --help", file=file or sys.stderr)


@contextmanager
def told() -> Iterator[None]:
    """Turn what stops a command into a sentence; bugs stay as they are."""
    try:
        yield
    except click.UsageError as error:
        if isinstance(error, WrongUsage):
            raise
        raise WrongUsage(sentence(error), error.ctx) from error
    except (LauncherError, DomainError, LawError, InvalidValue) as error:
        raise Refused(str(error)) from error
    except OSError as error:
        if error.filename is None:
            raise
        raise Refused(f"{error.filename}: tidak bisa dibuka atau ditulis ({error.strerror}).") from error


def sentence(error: click.UsageError) -> str:
    """A usage error of click in Indonesian."""
    if isinstance(error, click.MissingParameter):
        return f"{_name(error)} belum diisi."
    if isinstance(error, click.NoSuchOption):
        near = f" Maksud Anda {', '.join(error.possibilities)}?" if error.possibilities else ""
        return f"Pilihan {error.option_name} tidak dikenal.{near}"
    if isinstance(error, click.BadParameter):
        kind = error.param.type if error.param else None
        if isinstance(kind, click.Choice):
            return f"{_name(error)} harus salah satu dari {', '.join(map(str, kind.choices))}."
        return error.message
    for pattern, text in _SENTENCES:
        found = re.match(pattern, error.message)
        if found:
            return found.expand(text)
    return error.message


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return "Isian"
    return error.param.opts[0] if isinstance(error.param, click.Option) else str(error.param.make_metavar(error.ctx or click.Context(click.Command("pamong"))))
