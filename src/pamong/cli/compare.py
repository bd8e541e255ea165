"""``pamong compare``: two computations side by side: who gets more, who gets less, and why."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from pamong.cli.caller import Caller
from pamong.cli.month import as_month
from pamong.cli.progress import say
from pamong.cli.session import Session, session
from pamong.kernel.clock import format_month
from pamong.kernel.errors import InvalidValue

if TYPE_CHECKING:
    from pamong.pay.columns import Comparison
    from pamong.pay.queries import RunRow

_LEAST_CHARACTERS = 6
_ENDINGS = (".xlsx", ".csv")
_MONTH = re.compile(r"\d{4}-\d{2}")


def as_table(value: str) -> Path:
    """The path of a table to write; BadParameter where its ending is none of ours."""
    if Path(value).suffix.lower() not in _ENDINGS:
        raise click.BadParameter(f"nama berkas harus berakhir dengan {' atau '.join(_ENDINGS)}.")
    return Path(value)


@click.command()
@click.argument("runs", nargs=-1, required=True, metavar="HITUNGAN...")
@click.option("--out", type=as_table, metavar="BERKAS", help="Tulis semuanya sebagai .xlsx atau .csv.")
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=20,
    show_default=True,
    metavar="ORANG",
    help="Paling banyak orang yang ditampilkan; 0 berarti semua.",
)
@click.pass_obj
def compare(caller: Caller, runs: tuple[str, ...], out: Path | None, limit: int) -> None:
    """Membandingkan dua hitungan: siapa menerima lebih banyak atau lebih sedikit, dan karena baris mana.

    HITUNGAN adalah folder hasil (--out) dari 'pamong month', nomor hitungan atau sedikitnya 6 huruf awalnya,
    atau bulan: 2026-10 adalah hitungan terbarunya. Sebutkan yang lama, lalu yang baru. Satu bulan saja
    berarti dua hitungan terbaru bulan itu.
    """
    with session(caller) as now:
        from pamong.pay import columns

        old, new = _both(now, runs)
        found = columns.compare_runs(None, old.uid, new.uid, actor=now.actor, at=now.at)
        _tell(now, old, new, found, limit)
        if out is not None:
            _write(out, found, new)


# --- Which two ---


def _both(now: Session, runs: tuple[str, ...]) -> tuple[RunRow, RunRow]:
    """The old and the new run; InvalidValue where they can't be told."""
    if len(runs) == 1 and _MONTH.fullmatch(runs[0]):
        found = _published(now, runs[0])[:2]
        if len(found) < 2:
            raise InvalidValue(f"{_when(runs[0])} baru punya {len(found)} hitungan yang terbit.")
        return found[1], found[0]
    if len(runs) != 2:
        raise InvalidValue("Sebutkan dua hitungan, atau satu bulan seperti 2026-10.")
    old, new = find_run(now, runs[0]), find_run(now, runs[1])
    if old.uid == new.uid:
        raise InvalidValue("Keduanya hitungan yang sama. Sebutkan dua hitungan yang berlainan.")
    return old, new


def find_run(now: Session, text: str) -> RunRow:
    """The run that a month, a number, its beginning, or a folder of results names."""
    from pamong.access import clock
    from pamong.pay import queries

    if _MONTH.fullmatch(text):
        for run in _published(now, text):
            return run
        raise InvalidValue(f"Belum ada hitungan {_when(text)} yang terbit.")
    uid = _of_folder(Path(text)) or _of_number(now, text)
    run = queries.get_run(actor=now.actor, uid=uid)
    if run.published_at is None:
        raise InvalidValue(f"Hitungan {text} belum terbit, jadi belum bisa dibandingkan.")
    return run.told_by(clock.shown)


def _published(now: Session, month: str) -> list[RunRow]:
    """The published runs of a month, the newest first."""
    from pamong.access import clock
    from pamong.pay import queries

    as_month(month)
    runs = queries.list_runs(actor=now.actor)
    return [run.told_by(clock.shown) for run in runs if f"{run.month:%Y-%m}" == month and run.published_at]


def _of_folder(folder: Path) -> UUID | None:
    """The run whose files ``pamong month`` wrote into a folder; None where that is no such folder."""
    if not folder.is_dir():
        return None
    try:
        told = json.loads((folder / "totals.json").read_text(encoding="utf-8"))
        cells = [str(cell) for row in told["run"] for cell in row.values()]
        return UUID(cells[cells.index("Nomor hitungan") + 1])
    except (FileNotFoundError, ValueError, KeyError, IndexError):
        raise InvalidValue(f"Folder {folder} bukan folder hasil dari 'pamong month'.") from None


def _of_number(now: Session, text: str) -> UUID:
    from pamong.pay import queries

    wanted = text.lower().replace("-", "")
    if len(wanted) < _LEAST_CHARACTERS or not re.fullmatch(r"[0-9a-f]{1,32}", wanted):
        raise InvalidValue(f"'{text}' bukan folder hasil, nomor hitungan, atau bulan seperti 2026-10.")
    found = [run.uid for run in queries.list_runs(actor=now.actor) if run.uid.hex.startswith(wanted)]
    if len(found) > 1:
        numbers = ", ".join(map(str, found[:4]))
        raise InvalidValue(f"'{text}' cocok dengan {len(found)} hitungan ({numbers}); tulis lebih panjang.")
    return found[0] if found else UUID(wanted.ljust(32, "0"))


def _when(month: str) -> str:
    first = as_month(month)
    return format_month(first.year, first.month)


# --- Telling ---


def _tell(now: Session, old: RunRow, new: RunRow, found: Comparison, limit: int) -> None:
    from pamong.cli import comparison_summary as summary
    from pamong.pay import queries
    from pamong.pay.errors import LawMoved

    try:
        law = queries.compare_law(actor=now.actor, old=old.uid, new=new.uid)
    except LawMoved:
        law = None
    files = [queries.list_files(actor=now.actor, uid=run.uid) for run in (old, new)]
    for line in summary.told(old, new, law, files, found, limit):
        say(line)


def _write(out: Path, found: Comparison, new: RunRow) -> None:
    from pamong.interop.exports.comparison import comparison_csv, comparison_xlsx

    xlsx = out.suffix.lower() == ".xlsx"
    out.write_bytes(comparison_xlsx(found, new) if xlsx else comparison_csv(found))
    say(f"\nSemuanya tertulis di {out}.")
