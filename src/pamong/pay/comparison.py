"""Two runs side by side: who gets more, who gets less, whose state changed, by which lines. Pure frames."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pamong.pay.choices import Change

_OF_SLIP = ("nip", "name", "opd_name", "state", "reason", "net")
_LINE = ("nip", "code")


@dataclass(frozen=True)
class Comparison:
    """`people`: everybody of both runs, the greatest difference first: nip, name, opd_name, change,
    old_state, new_state, new_reason, old_net, new_net, difference (null where an amount is missing).
    `lines`: nip, code, title, old, new of every line that differs, in the order of a slip; 0 is no line.
    Amounts in rupiah.
    """

    people: pl.DataFrame
    lines: pl.DataFrame

    @property
    def changed(self) -> pl.DataFrame:
        """Those for whom anything is different."""
        return self.people.filter(pl.col("change") != Change.SAME.value)

    def counts(self) -> dict[Change, tuple[int, int]]:
        """By kind of change: how many people, and what the sum of all nets changes by through them."""
        effect = pl.col("new_net").fill_null(0) - pl.col("old_net").fill_null(0)
        found = self.people.group_by("change").agg(pl.len(), effect.sum().alias("effect"))
        by_value = {change: (count, effect) for change, count, effect in found.iter_rows()}
        return {change: by_value.get(change.value, (0, 0)) for change in Change}

    def totals(self) -> tuple[int, int]:
        """The sum of all nets in the old run and in the new one."""
        return int(self.people["old_net"].sum()), int(self.people["new_net"].sum())


def compare(
    old_slips: pl.DataFrame, old_lines: pl.DataFrame, new_slips: pl.DataFrame, new_lines: pl.DataFrame
) -> Comparison:
    """Compare slips and lines as `pay.columns` reads them. People are the same by their NIP."""
    lines = _lines(_by_nip(old_slips, old_lines), _by_nip(new_slips, new_lines))
    old, new = (slips.select(_OF_SLIP) for slips in (old_slips, new_slips))
    joined = new.join(old, on="nip", how="full", coalesce=True, suffix="_old").join(
        lines.select("nip", other_lines=pl.lit(True)).unique(), on="nip", how="left"
    )
    size = pl.col("new_net").fill_null(0) - pl.col("old_net").fill_null(0)
    people = (
        joined.select(
            "nip",
            pl.coalesce("name", "name_old"),
            pl.coalesce("opd_name", "opd_name_old"),
            change=_change(),
            old_state="state_old",
            new_state="state",
            new_reason="reason",
            old_net="net_old",
            new_net="net",
            difference=pl.col("net") - pl.col("net_old"),
        )
        # Who has no amount in one of the runs counts with the other run's amount.
        .sort(size.abs(), "name", "nip", descending=[True, False, False])
    )
    return Comparison(people, lines)


def _change() -> pl.Expr:
    """The kind of change, the weightiest that fits."""
    more, less = pl.col("net") > pl.col("net_old"), pl.col("net") < pl.col("net_old")
    kinds = (
        (pl.col("state_old").is_null(), Change.JOINED),
        (pl.col("state").is_null(), Change.LEFT),
        (pl.col("state") != pl.col("state_old"), Change.STATE),
        (more, Change.MORE),
        (less, Change.LESS),
        (pl.col("other_lines"), Change.LINES),
    )
    found = pl.lit(Change.SAME.value)
    for fits, kind in reversed(kinds):
        found = pl.when(fits).then(pl.lit(kind.value)).otherwise(found)
    return found


def _by_nip(slips: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    numbers = slips.select("nip", slip="number")
    return lines.join(numbers, on="slip", how="inner").select("nip", "number", "code", "title", "amount")


def _lines(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Lines that differ, of people who have an amount in both runs."""
    both = new.select("nip").unique().join(old.select("nip").unique(), on="nip")
    joined = new.join(old, on=_LINE, how="full", coalesce=True, suffix="_old").join(both, on="nip")
    return (
        joined.select(
            "nip",
            "code",
            pl.coalesce("title", "title_old"),
            pl.coalesce("number", "number_old"),
            old=pl.col("amount_old").fill_null(0),
            new=pl.col("amount").fill_null(0),
        )
        .filter(pl.col("old") != pl.col("new"))
        .sort("nip", "number", "code")
        .drop("number")
    )
