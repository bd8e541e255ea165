"""Control totals: what the files of a run add up to, for whoever checks them against the bank."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from pamong.interop.exports.wide import SUMS, Wide
from pamong.kernel.clock import format_month
from pamong.kernel.errors import DomainError
from pamong.kernel.money import Rupiah, grouped
from pamong.pay.choices import FileKind, LineKind, Mode, SlipState
from pamong.pay.queries import FileRow, RunRow

_BY_MONEY = ("gross", "tax", "health", "net")


class ExportDiffers(DomainError):
    """What was read for the files is not what the run adds up to."""

    def __init__(self, what: str, read: int, run: int) -> None:
        super().__init__(
            f"Jumlah kontrol {what} berbeda: dibaca {read}, menurut hitungan {run}. Berkas tidak ditulis; "
            "jalankan perintah ini lagi."
        )


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the totals: a head and rows, the first cell a text, the others texts, counts or rupiah."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """The control totals of a run, block by block."""

    blocks: tuple[Block, ...]

    def block(self, name: str) -> Block:
        """The block of a name: people, reasons, sums, opd, golongan, run, inputs."""
        return next(block for block in self.blocks if block.name == name)


def control_totals(wide: Wide, lines: pl.DataFrame, run: RunRow, files: Sequence[FileRow]) -> Totals:
    """Count and add up everything; ExportDiffers unless slips and lines both give the run's own totals."""
    _require_same(wide, lines, run)
    return Totals(
        (
            _people(wide.frame),
            _reasons(wide.frame),
            _sums(wide),
            _by(wide.frame, "opd_name", "opd", "Perangkat daerah"),
            _by(wide.frame, "golongan", "golongan", "Golongan"),
            _run(run),
            _inputs(files),
        )
    )


def _require_same(wide: Wide, lines: pl.DataFrame, run: RunRow) -> None:
    for name, title in SUMS.items():
        read = int(wide.frame[name].sum())
        if read != getattr(run, name):
            raise ExportDiffers(title, read, getattr(run, name))
    kinds = dict(lines.group_by("kind").agg(pl.col("amount").sum()).iter_rows())
    expected = {
        LineKind.CEILING: run.ceiling,
        LineKind.EARNED: run.earned,
        LineKind.CUT: run.earned - run.gross,
        LineKind.TAX: run.tax,
        LineKind.CONTRIBUTION: run.health,
    }
    for kind, amount in expected.items():
        if kinds.get(kind.value, 0) != amount:
            raise ExportDiffers(f"baris {kind.label}", kinds.get(kind.value, 0), amount)
    if wide.frame.height != run.people:
        raise ExportDiffers("orang", wide.frame.height, run.people)


def _people(frame: pl.DataFrame) -> Block:
    counts = dict(frame.group_by("state").len().iter_rows())
    rows = [("Semua pegawai", frame.height)]
    rows += [(state.label, counts[state.value]) for state in SlipState if state.value in counts]
    return Block("people", ("Pegawai", "Orang"), tuple(rows))


def _reasons(frame: pl.DataFrame) -> Block:
    """Why people have no amount, the most frequent reason first."""
    found = frame.filter(pl.col("reason") != "").group_by("state", "reason").len()
    words = {state.value: state.label for state in SlipState}
    rows = [
        (f"{words[state]}: {reason}", count)
        for state, reason, count in found.sort(
            ["len", "state", "reason"], descending=[True, False, False]
        ).iter_rows()
    ]
    return Block("reasons", ("Sebab", "Orang"), tuple(rows))


def _sums(wide: Wide) -> Block:
    rows = [(column.title, int(wide.frame[column.name].sum())) for column in wide.money]
    return Block("sums", ("Jumlah", "Rupiah"), tuple(rows))


def _by(frame: pl.DataFrame, key: str, name: str, title: str) -> Block:
    found = (
        frame.group_by(key)
        .agg(pl.len(), pl.col("net").count().alias("paid"), pl.col(_BY_MONEY).sum())
        .sort(key)
    )
    heads = (title, "Orang", "Dengan jumlah", *(SUMS[amount] for amount in _BY_MONEY))
    rows = tuple((label or "(tanpa)", *rest) for label, *rest in found.iter_rows())
    return Block(name, heads, rows)


def _run(run: RunRow) -> Block:
    rows = (
        ("Bulan", format_month(run.month.year, run.month.month)),
        ("Aturan", run.profile_name),
        ("Guna", run.mode.label),
        ("Nomor hitungan", str(run.uid)),
        ("Dimulai oleh", run.started_by),
        ("Sidik aturan", run.fingerprint),
        ("Sidik rincian", run.slips_hash),
    )
    return Block("run", ("Hitungan", ""), rows)


def _inputs(files: Sequence[FileRow]) -> Block:
    rows = tuple((f"{FileKind(file.kind).label}: {file.name}", file.size, file.sha256) for file in files)
    return Block("inputs", ("Berkas yang dibaca", "Byte", "SHA-256"), rows)


def totals_text(totals: Totals, run: RunRow, written: Mapping[str, str]) -> str:
    """The totals to read and print, with the SHA-256 of each file written beside it."""
    lines = [
        f"JUMLAH KONTROL TPP {format_month(run.month.year, run.month.month).upper()}, {run.profile_name}"
    ]
    if run.mode is not Mode.REAL:
        lines.append(f"{run.mode.label}, bukan dasar pembayaran")
    for block in (*totals.blocks, _outputs(written)):
        lines += ["", *_aligned(block)]
    return "\n".join(lines) + "\n"


def totals_json(totals: Totals, run: RunRow, written: Mapping[str, str]) -> str:
    """The same for programs. Rupiah are integers."""
    blocks = {
        block.name: [dict(zip(("name", *block.heads[1:]), row, strict=True)) for row in block.rows]
        for block in (*totals.blocks, _outputs(written))
    }
    head = {"month": run.month.isoformat()[:7], "profile": run.profile, "mode": run.mode.value}
    return json.dumps(head | blocks, ensure_ascii=False, indent=1) + "\n"


def _outputs(written: Mapping[str, str]) -> Block:
    return Block("outputs", ("Berkas yang ditulis", "SHA-256"), tuple(written.items()))


def _aligned(block: Block) -> Iterator[str]:
    rows = [[_shown(block, place, value) for place, value in enumerate(row)] for row in block.rows]
    table = [list(block.heads), *rows]
    widths = [max(len(row[place]) for row in table) for place in range(len(block.heads))]
    for row in table:
        cells = [
            cell.rjust(width) if place and block.name not in ("run", "outputs") else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def _shown(block: Block, place: int, value: str | int) -> str:
    """Rupiah with their sign, counts with points."""
    if not isinstance(value, int):
        return value
    money = block.name == "sums" or (block.name in ("opd", "golongan") and place > 2)
    return str(Rupiah(value)) if money else grouped(value)
