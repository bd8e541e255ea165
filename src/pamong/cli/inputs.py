"""``pamong inputs``: a month's sheet brought into the tables, tried first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pamong.cli.caller import Caller
from pamong.cli.month import as_file, as_month
from pamong.cli.progress import say
from pamong.cli.session import session
from pamong.kernel.clock import format_month

SHOWN = 20
_LINES = (
    ("new", "orang baru bulan ini"),
    ("changed", "orang berubah"),
    ("confirmed", "orang menjadi terverifikasi"),
    ("same", "orang sama"),
    ("refused", "baris tidak ikut"),
    ("facts_new", "data penghasilan baru"),
    ("facts_changed", "data penghasilan berubah"),
)


@click.command()
@click.argument("file", type=as_file, metavar="BERKAS")
@click.option("--month", "month", type=as_month, required=True, metavar="BULAN", help="Misalnya 2026-10.")
@click.option("--check", is_flag=True, help="Hanya mencoba, tidak menyimpan.")
@click.pass_obj
def inputs(caller: Caller, file: Path, month: date, check: bool) -> None:
    """Membawa isian bulanan BERKAS: menit, perilaku, kelompok, dan penghasilan semua orang di dalamnya.

    Yang mengubah isian terverifikasi atau penghasilan yang berlaku menunggu petugas kedua di situs.
    """
    with session(caller) as now:
        from pamong.interop.month_inputs import store_inputs, try_inputs
        from pamong.performance.queries import get_file

        data = file.read_bytes()
        uid = try_inputs(actor=now.actor, at=now.at, month=month, name=file.name, data=data)
        found = get_file(actor=now.actor, at=now.at, uid=uid)
        say(f"Isian bulanan {format_month(month.year, month.month)} dari {file.name}:")
        for name, words in _LINES:
            if found.counts[name]:
                say(f"  {found.counts[name]} {words}")
        for each in found.problems[:SHOWN]:
            place = "" if each["row"] is None else f"baris {each['row']}, "
            say(f"  {place}{each['message']}")
        if found.counts["problems"] > SHOWN:
            say(f"  dan {found.counts['problems'] - SHOWN} masalah lain")
        if check:
            say("Hanya dicoba, tidak ada yang disimpan.")
        elif store_inputs(actor=now.actor, at=now.at, uid=uid):
            say("Tersimpan.")
        else:
            say("Menunggu petugas kedua: buka Isian bulanan di situs.")
