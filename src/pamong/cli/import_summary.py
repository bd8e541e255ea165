"""What ``pamong import`` tells at its end: rows by outcome, what was written, problems by row and by unit."""

from __future__ import annotations

from collections.abc import Iterator

from pamong.kernel.actor import Actor
from pamong.people.choices import BatchState, Outcome
from pamong.people.queries import batches
from pamong.people.queries.batches import BatchView

_WIDTH = 34
_MOST = 12  # problems and units that are shown; the page of the import has all
_SEVERITIES = {"block": "tidak masuk", "warn": "perlu diperiksa", "info": "catatan"}
_WRITTEN = {
    "unit": "Unit", "post": "Jabatan", "seat": "Posisi", "workload": "Kebutuhan", "identity": "Identitas",
    "contact": "Kontak", "employment": "Kepegawaian", "rank": "Golongan", "salarystep": "Masa kerja golongan",
    "appointment": "Pengangkatan", "education": "Pendidikan", "relative": "Keluarga",
}  # fmt: skip


def summary(*, actor: Actor, batch: BatchView) -> Iterator[str]:
    """The lines, from the file's name to what is to be done next."""
    yield f"{batch.kind.label}: {batch.name}"
    yield f"{batch.state.label}, data per {batch.options.on:%d-%m-%Y}"
    yield ""
    for outcome in Outcome:
        if batch.counts[outcome] or outcome in (Outcome.NEW, Outcome.SAME):
            yield _count(outcome.label, batch.counts[outcome])
    if batch.written:
        stored = batch.state is BatchState.APPLIED
        yield ""
        yield "Disimpan:" if stored else "Akan disimpan:"
        for name, label in _WRITTEN.items():
            if batch.written.get(name):
                yield _count(f"  {label}", batch.written[name])
    yield ""
    yield from _problems(actor, batch)
    yield from _next(batch)


def _problems(actor: Actor, batch: BatchView) -> Iterator[str]:
    """Problems by row, those that keep a row out first; then how many each unit has."""
    yield _count("Masalah pada data", batch.problems)
    shown = 0
    for severity in ("block", "warn"):
        page = batches.list_batch_problems(actor=actor, uid=batch.uid, severity=severity, size=_MOST)
        for problem in page.rows[: _MOST - shown]:
            places = (f"baris {problem.line}" if problem.line else "", problem.column, problem.message)
            yield f"  {_SEVERITIES[severity]}: {', '.join(part for part in places if part)}"
            shown += 1
    if batch.problems > shown:
        yield f"  dan {batch.problems - shown} masalah lain"
    units = [each for each in batches.list_problem_units(actor=actor, uid=batch.uid) if each.unit]
    if units:
        yield "Menurut unit:"
    for unit in units[:_MOST]:
        yield f"  {unit.unit}: {unit.blocks} tidak masuk, {unit.doubts} perlu diperiksa"
    if len(units) > _MOST:
        yield f"  dan {len(units) - _MOST} unit lain"


def _next(batch: BatchView) -> Iterator[str]:
    yield ""
    if not batch.rows:
        yield "Tidak ada baris yang dapat dibaca. Perbaiki berkasnya, lalu coba lagi."
    elif batch.state is BatchState.CHECKED:
        yield "Belum ada yang disimpan. Simpan dengan menambahkan --apply."
    else:
        yield f"Batalkan dengan: pamong import undo {batch.uid} --reason ALASAN"
    if batch.open_twins:
        yield f"{batch.open_twins} baris mungkin tentang orang yang sudah ada. Putuskan di halaman impor."


def _count(label: str, count: int) -> str:
    return f"{label:<{_WIDTH}}{f'{count:,}'.replace(',', '.'):>10}"
