"""What differs between two runs, as a file: everybody concerned, and each line that changed."""

from __future__ import annotations

import polars as pl

from pamong.interop.exports.flat import table_csv
from pamong.interop.exports.sheets import tables_xlsx
from pamong.kernel.money import Rupiah
from pamong.pay.choices import Change, SlipState
from pamong.pay.columns import Comparison
from pamong.pay.queries import RunRow

_CHANGES = {change.value: change.label for change in Change}
_STATES = {state.value: state.label for state in SlipState}
_MONEY = frozenset({"Diterima lama", "Diterima baru", "Selisih", "Lama", "Baru"})


def comparison_csv(found: Comparison) -> bytes:
    """One row a person for whom anything changed, the lines that changed in words; the greatest first."""
    words = (
        found.lines.with_columns(
            text=pl.struct("title", "old", "new").map_elements(_in_words, return_dtype=pl.String)
        )
        .group_by("nip", maintain_order=True)
        .agg(pl.col("text").str.join("; "))
    )
    people = _people(found).join(words, left_on="NIP", right_on="nip", how="left", maintain_order="left")
    return table_csv(people.rename({"text": "Baris yang berubah"}))


def comparison_xlsx(found: Comparison, run: RunRow) -> bytes:
    """The same as a workbook: *Orang*, and *Baris* with a row a changed line."""
    names = found.changed.select("nip", "name")
    lines = found.lines.join(names, on="nip", how="left", maintain_order="left").select(
        pl.col("nip").alias("NIP"),
        pl.col("name").alias("Nama"),
        pl.col("title").alias("Baris"),
        pl.col("old").alias("Lama"),
        pl.col("new").alias("Baru"),
        (pl.col("new") - pl.col("old")).alias("Selisih"),
    )
    return tables_xlsx({"Orang": _people(found), "Baris": lines}, _MONEY, run)


def _people(found: Comparison) -> pl.DataFrame:
    return found.changed.select(
        pl.col("nip").alias("NIP"),
        pl.col("name").alias("Nama"),
        pl.col("opd_name").alias("Perangkat daerah"),
        pl.col("change").replace(_CHANGES).alias("Perubahan"),
        pl.col("old_state").replace(_STATES).alias("Keadaan lama"),
        pl.col("new_state").replace(_STATES).alias("Keadaan baru"),
        pl.col("new_reason").alias("Keterangan"),
        pl.col("old_net").alias("Diterima lama"),
        pl.col("new_net").alias("Diterima baru"),
        pl.col("difference").alias("Selisih"),
    )


def _in_words(line: dict[str, object]) -> str:
    old, new = (Rupiah(int(str(line[side]))) for side in ("old", "new"))
    return f"{line['title']} {old} → {new}"
