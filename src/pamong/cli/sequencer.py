"""``pamong sequencer``: gives entries of the ledger their place, signs and publishes, until it is ended."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Mapping
from types import FrameType

import click

from pamong.cli.caller import Caller
from pamong.cli.errors import LauncherError
from pamong.cli.installation import running
from pamong.cli.progress import say

ADDRESS = "PAMONG_SEQUENCER_DATABASE_URL"


@click.command()
@click.pass_obj
def sequencer(caller: Caller) -> None:
    """Menyegel catatan sampai dihentikan. 'pamong serve' sudah menjalankannya."""
    end = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        end.set()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    if os.environ.get(ADDRESS) or os.environ.get("DATABASE_URL"):
        _run(os.environ, end)
        return
    with running(caller.data) as installation:
        _run(installation.sequencer_environ(), end)


def _run(environ: Mapping[str, str], end: threading.Event) -> None:
    from pamong.ledger.sequencer.places import NAMED, Places
    from pamong.ledger.sequencer.running import run

    missing = [name for name in (ADDRESS, *NAMED) if not environ.get(name)]
    if missing:
        raise LauncherError(f"Penyegel belum dapat berjalan. Isi dahulu: {', '.join(missing)}.")
    try:
        places = Places.of(environ)
    except ValueError as error:
        raise LauncherError(str(error)) from error
    run(environ[ADDRESS], places, end, say)
