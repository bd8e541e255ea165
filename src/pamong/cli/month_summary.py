"""What ``pamong month`` tells at its end: people, problems, sums, files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from pamong.interop.exports.flat import SEVERITIES
from pamong.interop.exports.folder import Written
from pamong.kernel.money import Rupiah, grouped
from pamong.pay.choices import Mode

_MOST = 12  # reasons or kinds of problems; the files have all
_WIDTH = 34


def summary(written: Written, folder: Path) -> Iterator[str]:
    """The lines, from how many people to where the files are."""
    if written.run.mode is not Mode.REAL:
        yield f"{written.run.mode.label}, bukan dasar pembayaran"
    yield ""
    yield from _people(written)
    yield from _problems(written.problems)
    yield ""
    for title, amount in written.totals.block("sums").rows:
        yield f"{title:<{_WIDTH}}{Rupiah(int(amount))!s:>22}"
    yield ""
    yield f"Berkas di {folder}:"
    yield f"  {', '.join(_files(written))}"
    yield f"Asal sebuah angka: pamong explain {written.run.month:%Y-%m}/NIP"


def _people(written: Written) -> Iterator[str]:
    for label, count in written.totals.block("people").rows:
        yield f"{label:<{_WIDTH}}{grouped(int(count)):>22}"
    reasons = written.totals.block("reasons").rows
    for reason, count in reasons[:_MOST]:
        yield f"  {grouped(int(count)):>6}  {reason}"
    if len(reasons) > _MOST:
        yield f"          dan {len(reasons) - _MOST} sebab lain; lihat slips.xlsx"


def _problems(problems: pl.DataFrame) -> Iterator[str]:
    """The kinds of problems, each with its count and its first example."""
    yield f"{'Masalah':<{_WIDTH}}{grouped(problems.height):>22}"
    order = pl.col("severity").replace_strict({name: place for place, name in enumerate(SEVERITIES)})
    kinds = (
        problems.group_by("severity", "code", maintain_order=True)
        .agg(pl.len(), pl.col("file", "line", "message").first())
        .sort(order, "len", descending=[False, True], maintain_order=True)
    )
    for row in kinds.head(_MOST).iter_rows(named=True):
        place = ", ".join(
            part for part in (row["file"], f"baris {row['line']}" if row["line"] else "") if part
        )
        example = f"{place}: {row['message']}" if place else row["message"]
        yield f"  {grouped(row['len']):>6}  {SEVERITIES[row['severity']]}: {example}"
    if kinds.height > _MOST:
        yield f"          dan {kinds.height - _MOST} macam lain; lihat problems.xlsx"


def _files(written: Written) -> Iterator[str]:
    """Names of files; a folder's by their count."""
    inside: dict[str, int] = {}
    for name in written.files:
        folder, _, file = name.rpartition("/")
        if folder:
            inside[folder] = inside.get(folder, 0) + 1
        else:
            yield file
    for folder, count in inside.items():
        yield f"{folder}/ ({count} PDF)"
    yield "totals.txt"
    yield "totals.json"
