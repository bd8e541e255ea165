"""One row a person with a column a line: the shape that every file of a run is written from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from pamong.pay.choices import LineKind, SlipState

_MONEY = ("ceiling", "earned", "gross", "tax", "health", "net")
# The sums of these kinds stand on the slip itself.
_SINGLE = (LineKind.TAX.value, LineKind.CONTRIBUTION.value)
SUMS = {
    "ceiling": "TPP maksimal",
    "earned": "Jumlah yang diperoleh",
    "gross": "TPP sebelum pajak",
    "tax": "PPh 21",
    "health": "Iuran jaminan kesehatan",
    "net": "Diterima",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an export. `money`: whole rupiah."""

    name: str
    title: str
    money: bool = False


PERSON = (
    Column("number", "No"),
    Column("nip", "NIP"),
    Column("name", "Nama"),
    Column("kind", "Jenis"),
    Column("golongan", "Golongan"),
    Column("job_class", "Kelas jabatan"),
    Column("post_name", "Jabatan"),
    Column("unit_name", "Unit kerja"),
    Column("opd_name", "Perangkat daerah"),
    Column("state", "Keadaan"),
    Column("reason", "Keterangan"),
)


PAYEE = Column("payee", "Dibayarkan kepada")


@dataclass(frozen=True)
class Wide:
    """`frame`: a row a slip, by number. `columns`: its columns in the order of a slip, with their titles.

    The payee is one of them only where somebody's heirs are paid.
    """

    frame: pl.DataFrame
    columns: tuple[Column, ...]

    @property
    def money(self) -> tuple[Column, ...]:
        """The columns that hold rupiah."""
        return tuple(column for column in self.columns if column.money)


def widen(slips: pl.DataFrame, lines: pl.DataFrame) -> Wide:
    """Put slips and lines (as `pay.columns` reads them) side by side.

    A line that a computed slip does not have is 0; who has no amount has null in every column of money.
    """
    kept = lines.filter(~pl.col("kind").is_in(_SINGLE))
    payee = (PAYEE,) if (slips["payee"] != "").any() else ()
    columns = (*PERSON, *payee, *_distinct(_money_columns(kept)))
    frame = slips
    codes = [column.name for column in columns if column.money and column.name not in SUMS]
    if codes:
        spread = kept.pivot("code", index="slip", values="amount", aggregate_function=None)
        frame = frame.join(spread, left_on="number", right_on="slip", how="left", maintain_order="left")
        frame = frame.with_columns(
            pl.when(pl.col("net").is_not_null()).then(pl.col(code).fill_null(0)).alias(code) for code in codes
        )
    hidden = ("uid", "died_on", *(() if payee else ("payee",)))
    return Wide(frame.select(*hidden, *(column.name for column in columns)), columns)


def _money_columns(lines: pl.DataFrame) -> Iterator[Column]:
    """The lines of each kind, then the sum that closes the kind."""
    found = lines.select("kind", "number", "code", "title").unique(subset="code").sort("number", "code")
    closing = {LineKind.CEILING: ("ceiling",), LineKind.EARNED: ("earned",), LineKind.CUT: _MONEY[2:]}
    for kind, sums in closing.items():
        for code, title in found.filter(pl.col("kind") == kind.value).select("code", "title").iter_rows():
            yield Column(code, title, money=True)
        for name in sums:
            yield Column(name, SUMS[name], money=True)


def _distinct(columns: Iterable[Column]) -> Iterator[Column]:
    """No two headings are the same: a second one says its code."""
    seen = set(SUMS.values())
    for column in columns:
        title = (
            column.title
            if column.name in SUMS or column.title not in seen
            else f"{column.title} ({column.name})"
        )
        seen.add(title)
        yield Column(column.name, title, money=True)


def in_words(wide: Wide) -> pl.DataFrame:
    """The frame for people: Indonesian headings, words for the state."""
    words = {state.value: state.label for state in SlipState}
    frame = wide.frame.with_columns(pl.col("state").replace(words))
    return frame.select(pl.col(column.name).alias(column.title) for column in wide.columns)
