"""``pamong ledger``: witnesses and keys of the ledger, by two people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pamong.cli.caller import Caller
from pamong.cli.errors import LauncherError
from pamong.cli.progress import say
from pamong.cli.session import session
from pamong.kernel.actor import Actor

if TYPE_CHECKING:
    from pamong.ledger.sequencer.places import Places

SECOND = click.option("--with", "second", required=True, metavar="PENGGUNA", help="Orang kedua, inspektorat.")
GROUND = click.option("--ground", required=True, metavar="DOKUMEN", help="Nomor dan tanggal berita acara.")
LOG = click.argument("log", metavar="BUKU")


@dataclass(frozen=True, slots=True)
class _Two:
    """Who acts, who attends, and where the log's files are."""

    actor: Actor
    second: Actor
    places: Places


@click.group()
def ledger() -> None:
    """Mengatur saksi luar dan kunci buku segel, selalu oleh dua orang."""


@ledger.command("policy", short_help="Menetapkan kebijakan: buku segel, saksi luar, kuorum.")
@click.argument("file", metavar="BERKAS", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@SECOND
@GROUND
@click.pass_obj
def policy_command(caller: Caller, file: Path, second: str, ground: str) -> None:
    """Menetapkan kebijakan dari sebuah berkas C2SP tlog-policy; lihat docs/ledger.md."""
    from pamong.access.ceremonies import set_policy

    text = file.read_text(encoding="utf-8")
    with _two(caller, second) as two:
        weak = set_policy(actor=two.actor, second=two.second, places=two.places, text=text, ground=ground)
    say("Kebijakan ditetapkan dan disegel.")
    for sentence in weak:
        say(f"Perhatikan: {sentence}")


@ledger.command("start", short_help="Menetapkan hari pertama situs, sekali untuk selamanya.")
@click.option(
    "--on", required=True, metavar="TANGGAL", type=click.DateTime(["%Y-%m-%d"]), help="Hari pertama."
)
@SECOND
@GROUND
@click.pass_obj
def start_command(caller: Caller, on: datetime, second: str, ground: str) -> None:
    """Menetapkan hari pertama: sejak itu impor dan data awal tidak lagi mengubah data karier."""
    from pamong.access.ceremonies import set_first_day

    with _two(caller, second) as two:
        set_first_day(actor=two.actor, second=two.second, on=on.date(), ground=ground)
    say(f"Hari pertama ditetapkan: {on:%d-%m-%Y}. Ia tidak dapat diubah.")


@ledger.command("rotate", short_help="Menambah kunci baru; dua kunci menandatangani bersama.")
@LOG
@SECOND
@GROUND
@click.pass_obj
def rotate_command(caller: Caller, log: str, second: str, ground: str) -> None:
    """Menambah kunci baru untuk buku segel BUKU. Kirim kunci yang tampil kepada para saksi."""
    from pamong.access.ceremonies import add_key

    with _two(caller, second) as two:
        vkey = add_key(actor=two.actor, second=two.second, places=two.places, log=log, ground=ground)
    say(f"Kunci baru buku segel '{log}': {vkey}")
    say("Kirim kepada setiap saksi. Sesudah semuanya mengenalnya, tarik yang lama: pamong ledger retire")


@ledger.command("retire", short_help="Menarik kunci lama.")
@LOG
@SECOND
@GROUND
@click.pass_obj
def retire_command(caller: Caller, log: str, second: str, ground: str) -> None:
    """Menarik kunci lama buku segel BUKU. Yang pernah ditandatanganinya tetap sah."""
    from pamong.access.ceremonies import retire_key

    with _two(caller, second) as two:
        vkey = retire_key(actor=two.actor, second=two.second, places=two.places, log=log, ground=ground)
    say(f"Kunci lama buku segel '{log}' ditarik: {vkey}")


@contextmanager
def _two(caller: Caller, second: str) -> Iterator[_Two]:
    if caller.username is None:
        raise LauncherError("Sebutkan yang bertindak dengan --as, misalnya: pamong --as galih ledger ...")
    with session(caller) as at_work:
        from pamong.access.queries import named_actor
        from pamong.ledger.sequencer.places import Places

        places = Places.of(at_work.installation.sequencer_environ())
        yield _Two(at_work.actor, named_actor(second, at_work.actor.on), places)
