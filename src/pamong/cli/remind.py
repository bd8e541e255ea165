"""``pamong remind``: today's reminders by e-mail, now; or for whom they would be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pamong.cli.caller import Caller
from pamong.cli.errors import LauncherError
from pamong.cli.progress import say
from pamong.cli.session import Session, session

if TYPE_CHECKING:
    from pamong.interop.mailing import Sent
    from pamong.interop.reminders import Letter


@click.command()
@click.option("--dry-run", is_flag=True, help="Hanya menampilkan siapa menerima berapa hal; tidak mengirim.")
@click.pass_obj
def remind(caller: Caller, dry_run: bool) -> None:
    """Mengirim surel pengingat hari ini. Yang sudah menerima hari ini tidak menerima lagi."""
    with session(caller) as now:
        letters = _letters(now)
        if dry_run:
            for letter in letters:
                say(f"{letter.recipient.username:<20} {letter.count} hal")
            say(f"{len(letters)} orang akan menerima surel, bila hari ini belum.")
            return
        done = _sent(now, letters)
    say(f"{done.sent} surel terkirim.")
    if done.failed:
        raise LauncherError(f"{done.failed} surel tidak terkirim: {done.fault}. Periksa PAMONG_MAIL_URL.")


def _letters(now: Session) -> list[Letter]:
    from pamong.access import clock
    from pamong.interop.reminders import list_letters

    return list(list_letters(actor=now.actor, at=now.at, stamped=clock.stamped(now.at)))


def _sent(now: Session, letters: list[Letter]) -> Sent:
    from pamong.interop.mailing import find_post, send

    post = find_post()
    if post is None:
        raise LauncherError("PAMONG_MAIL_URL belum diisi, jadi tidak ada surel yang dikirim.")
    return send(actor=now.actor, letters=letters, post=post)
