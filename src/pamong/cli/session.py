"""A command that works on the data: database running, tables up to date, Django set up, actor known."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from pamong.cli import progress
from pamong.cli.caller import Caller
from pamong.cli.errors import LauncherError
from pamong.cli.installation import Installation, require_owner, running, set_up_django
from pamong.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Session:
    """Who acts, when, and on which installation."""

    actor: Actor
    at: datetime
    installation: Installation


@contextmanager
def session(caller: Caller) -> Iterator[Session]:
    """Start the private PostgreSQL where none runs, make or update the tables, and end it all afterwards.

    LauncherError where that can't be done, UserNotFound for an unknown ``--as``.
    """
    opened = running(caller.data)
    with progress.step("Menyalakan basis data"):
        installation = opened.__enter__()
    try:
        set_up_django(installation)
        from django.db import OperationalError, connection

        try:
            _update_tables(installation)
            from pamong.access import clock

            yield Session(caller.actor(clock.today()), clock.now(), installation)
        except OperationalError as error:
            raise LauncherError(f"Basis data tidak terjangkau: {str(error).strip()}") from error
        finally:
            connection.close()
    finally:
        opened.__exit__(None, None, None)


def _update_tables(installation: Installation) -> None:
    """Migrate as the owner, in a process of its own, where this version needs it."""
    from pamong.cli.doctor import check_migrations

    if check_migrations().in_order:
        return
    require_owner(installation)
    command = [sys.executable, "-m", "pamong.cli.main", "migrate"]
    with progress.step("Memperbarui susunan basis data"):
        done = subprocess.run(
            command, env=installation.owner_environ(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise LauncherError(f"Susunan basis data gagal diperbarui: {done.stderr.strip()[-500:]}")
