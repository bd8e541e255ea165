"""``pamong differences``: what a paid month comes out differently by now, and by which causes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from pamong.cli.caller import Caller
from pamong.cli.month import as_month, derive
from pamong.cli.progress import say
from pamong.cli.session import Session, session
from pamong.kernel.clock import format_month
from pamong.kernel.money import Rupiah

if TYPE_CHECKING:
    from pamong.pay.differences import Posted

UNDECIDED_SHOWN = 20


@click.command()
@click.argument("month", type=as_month, metavar="BULAN")
@click.option("--post", is_flag=True, help="Catat selisihnya. Tanpa ini hanya ditampilkan.")
@click.pass_obj
def differences(caller: Caller, month: date, post: bool) -> None:
    """Menghitung ulang BULAN yang sudah cair (misalnya 2026-10) dari yang diketahui sekarang.

    Rincian yang sudah dibayar tidak berubah. Selisih yang dicatat masuk daftar bulan berikutnya; perintah
    yang diulang tidak menambah apa pun.
    """
    with session(caller) as now:
        from pamong.interop.differences import post_month, preview_month

        find = post_month if post else preview_month
        _derive(now, month)
        found = find(actor=now.actor, at=now.at, month=month)
    for line in told(found, post):
        say(line)


def _derive(now: Session, month: date) -> None:
    """None where no region is chosen."""
    from django.conf import settings

    from pamong.law.engine.law import load_law

    if settings.PAMONG_PROFILE:
        derive(now, month, load_law(settings.PAMONG_PROFILE, settings.PAMONG_LAW_OVERLAY or None))


def told(found: Posted, posted: bool) -> list[str]:
    """What was found, in lines."""
    name = format_month(found.month.year, found.month.month)
    if not found.people and not found.undecided:
        return [f"{name}: tidak ada selisih. Yang dibayar sama dengan yang diketahui sekarang."]
    lines = [
        f"{name}: {found.people} orang {'dicatat' if posted else 'berselisih, belum dicatat'}",
        f"  kurang dibayar {found.more:>6} orang  {Rupiah(found.more_net)!s:>20}",
        f"  lebih dibayar  {found.less:>6} orang  {Rupiah(found.less_net)!s:>20}",
        "",
    ]
    lines += [f"  {cause.label:<20} {Rupiah(net)!s:>26}" for cause, net in found.causes.items() if net]
    if found.undecided:
        lines += ["", f"Belum dapat diputuskan untuk {len(found.undecided)} orang:"]
        lines += [f"  {base.nip}: {why}" for base, why in found.undecided[:UNDECIDED_SHOWN]]
    return lines
