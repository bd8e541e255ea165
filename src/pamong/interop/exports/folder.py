"""All files of a run in one folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import polars as pl

from pamong.interop.exports import flat, pages, sheets
from pamong.interop.exports.totals import Totals, control_totals, totals_json, totals_text
from pamong.interop.exports.wide import Wide, widen
from pamong.kernel.actor import Actor
from pamong.kernel.canonical import sha256_hex
from pamong.pay import columns, queries
from pamong.pay.progress import Progress, quiet
from pamong.pay.queries import RunRow


@dataclass(frozen=True)
class Written:
    """What was written: the run, its control totals, its problems, and the files' hashes by name."""

    run: RunRow
    totals: Totals
    problems: pl.DataFrame
    files: dict[str, str]


def write_run(
    *,
    actor: Actor,
    at: datetime,
    uid: UUID,
    folder: Path,
    pdf: bool = True,
    progress: Progress = quiet,
    clock: Callable[[datetime], datetime] = lambda stamped: stamped,
) -> Written:
    """Write a published run's files into `folder`, made if needed; the same run gives the same bytes.

    ``clock`` turns what the database stamped into what the edge shows.

    NotAllowed, RunNotFound, ExportDiffers; OSError where the folder can't be written.
    """
    run = queries.get_run(actor=actor, uid=uid).told_by(clock)
    progress("Membaca rincian", 0, run.people)
    slips = columns.read_slips(None, uid, actor=actor, at=at)
    lines = columns.read_lines(None, uid, actor=actor)
    problems = columns.read_problems(None, uid, actor=actor)
    wide = widen(slips, lines)
    totals = control_totals(wide, lines, run, queries.list_files(actor=actor, uid=uid))
    folder.mkdir(parents=True, exist_ok=True)
    hashes: dict[str, str] = {}
    for name, data in _bodies(wide, lines, problems, totals, run, pdf, progress):
        _write(folder / name, data)
        hashes[name] = sha256_hex(data)
    _write(folder / "totals.txt", totals_text(totals, run, hashes).encode())
    _write(folder / "totals.json", totals_json(totals, run, hashes).encode())
    return Written(run, totals, problems, hashes)


def _bodies(
    wide: Wide,
    lines: pl.DataFrame,
    problems: pl.DataFrame,
    totals: Totals,
    run: RunRow,
    pdf: bool,
    progress: Progress,
) -> Iterator[tuple[str, bytes]]:
    yield "slips.parquet", flat.slips_parquet(wide)
    yield "slips.csv", flat.slips_csv(wide)
    yield "problems.csv", flat.problems_csv(problems)
    progress("Menulis XLSX", 0, run.people)
    yield "slips.xlsx", sheets.slips_xlsx(wide, problems, totals, run, progress)
    yield "problems.xlsx", sheets.problems_xlsx(problems, run)
    if pdf:
        yield from pages.slip_pdfs(wide, lines, run, progress=progress)
        yield from pages.recap_pdfs(wide, run, progress=progress)


def _write(path: Path, data: bytes) -> None:
    """Written beside and renamed, so that nobody opens half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(data)
    beside.replace(path)
