"""``pamong shadow``: a list that was paid beside a computed month, every difference under its cause."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pamong.cli.caller import Caller
from pamong.cli.month import as_file
from pamong.cli.progress import say
from pamong.cli.session import session
from pamong.kernel.clock import format_month
from pamong.kernel.money import Rupiah

if TYPE_CHECKING:
    from pamong.pay.shadow import ListRow


@click.command()
@click.argument("run", metavar="HITUNGAN")
@click.argument("paid", type=as_file, metavar="BERKAS")
@click.pass_obj
def shadow(caller: Caller, run: str, paid: Path) -> None:
    """Mencocokkan HITUNGAN dengan daftar yang sudah dibayar (CSV atau XLSX) dan menyebut sebab selisihnya.

    HITUNGAN seperti pada 'pamong compare': folder hasil, nomor, atau bulan. Berkas yang sama tidak
    dibandingkan dua kali. Berakhir dengan status 1 bila selisih yang belum diketahui sebabnya melebihi batas.
    """
    with session(caller) as now:
        from pamong.cli.compare import find_run
        from pamong.interop.shadow_month import ask_comparison, compare_list
        from pamong.pay import shadow as shadows

        chosen = find_run(now, run)
        uid = ask_comparison(
            actor=now.actor, at=now.at, run=chosen.uid, name=paid.name, data=paid.read_bytes()
        )
        compare_list(actor=now.actor, at=now.at, uid=uid)
        found = shadows.get_comparison(actor=now.actor, uid=uid)
    for line in told(found):
        say(line)
    if not found.ready:
        raise SystemExit(1)


def told(found: ListRow) -> list[str]:
    """The comparison in lines."""
    month = format_month(found.month.year, found.month.month)
    lines = [
        f"{month}: {found.name} dibanding hitungan",
        f"  {found.people} orang, {found.same} sama sampai rupiah terakhir",
        f"  dibayar {Rupiah(found.paid)}, dihitung {Rupiah(found.computed)}, "
        f"selisih {Rupiah(found.paid - found.computed)}",
        "",
    ]
    lines += [
        f"  {row.cause.label:<36} {row.people:>6} orang  {Rupiah(row.amount)!s:>20}"
        for row in found.causes
        if row.people
    ]
    verdict = "di dalam" if found.ready else "MELEBIHI"
    unknown, limit = Rupiah(found.unknown), Rupiah(found.limit)
    return [*lines, "", f"Belum diketahui sebabnya {unknown}, {verdict} batas {limit}.", *found.problems]
