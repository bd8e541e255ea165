"""The rules of the profile `contoh` a second time, by hand, in Polars: the yardstick of the engine's speed.

Written from the rules in words alone, by someone who had not seen the engine, its formulas or its law files;
it imports nothing of Pamong. Whole numbers only: every division is a floor division of a sum to which half
of the divisor was added, which rounds to the nearest rupiah, halves upwards, as no amount is negative.

There are two forms of the same expressions:

* `twin` names each step in a lazy `with_columns` and ends in one `select`. This is the fast one.
* `flat_twin` is literally one `select`, each output a whole expression over the inputs. Polars 2.1 then
  computes what the outputs share again for each of them, which is about ten times slower.

A product stays far below the limit of Int64: at most 16,435,303 x 6,000 x 100, about 10^13.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence

import polars as pl

OUTPUTS = (
    "tpp_ceiling",
    "productivity_earned",
    "discipline_earned",
    "earned_total",
    "lhkpn_cut_amount",
    "negative_activity_cut_amount",
    "tpp_gross",
    "tpp_tax",
    "tpp_health",
    "tpp_net",
)

# Class 1 first, in rupiah.
CLASS_AMOUNTS = (
    *(864_248, 1_092_656, 1_321_065, 1_598_859, 2_697_688),
    *(3_234_757, 3_722_440, 4_221_908, 5_252_832, 6_038_512),
    *(6_942_044, 8_979_200, 11_229_612, 12_511_954, 16_435_303),
)
# Final tax rates in twentieths: 0 %, 5 %, 15 %.
TWENTIETHS = {
    0: "I/a I/b I/c I/d II/a II/b II/c II/d I II III IV V VI VII VIII",
    1: "III/a III/b III/c III/d IX X XI XII",
    3: "IV/a IV/b IV/c IV/d IV/e XIII XIV XV XVI XVII",
}
HEALTH_CAP = 12_000_000

Column = Callable[[str], pl.Expr]


def twin(people: pl.LazyFrame) -> pl.LazyFrame:
    """Compute all ten amounts of every person and month, staged; row order is kept.

    In: job_class Int64 (1..15), golongan Enum (the 34 names in any order), is_cpns Boolean, minutes,
    behaviour (0..100), absent_days, points_lost Int64 (none negative), fixed_income Int64 (rupiah, null if
    missing), lhkpn_late, negative_activity Boolean; only fixed_income may be null. None of it is checked.
    Out: `OUTPUTS`, Int64 rupiah; tpp_health and tpp_net are null where fixed_income is.
    Raises KeyError for a category of `golongan` that no rate names. Collect with `engine="streaming"`.
    """
    names = _categories(people)
    for stage in _stages(pl.col, names):
        people = people.with_columns(**stage)
    return people.select(OUTPUTS)


def flat_twin(people: pl.LazyFrame) -> pl.LazyFrame:
    """Compute the same as `twin`, same columns in and out, in one `select` over the input columns."""
    known: dict[str, pl.Expr] = {}

    def column(name: str) -> pl.Expr:
        return known[name] if name in known else pl.col(name)

    for stage in _stages(column, _categories(people)):
        known.update(stage)
    return people.select(**{name: known[name] for name in OUTPUTS})


def _categories(people: pl.LazyFrame) -> list[str]:
    dtype = people.collect_schema()["golongan"]
    if not isinstance(dtype, pl.Enum):
        raise TypeError(f"golongan must be an Enum, not {dtype}")
    return dtype.categories.to_list()


def _stages(c: Column, golongan: Sequence[str]) -> Iterator[dict[str, pl.Expr]]:
    """Yield the named steps in order; a step uses only input columns and names of earlier steps."""
    place = c("job_class") * 2 + c("is_cpns")
    yield {
        "tpp_ceiling": _table(_ceilings()).gather(place),
        "counted": (c("minutes") - 300 * c("absent_days")).clip(0, 6000),
        "score": (100 - c("points_lost")).clip(lower_bound=0),
        "room": (HEALTH_CAP - c("fixed_income")).clip(lower_bound=0),
    }
    yield {
        # 60 / 100 / 6,000 / 100 is one in a million; 40 / 100 / 100 is one in 250.
        "productivity_earned": _rounded(c("tpp_ceiling") * c("counted") * c("behaviour"), 1_000_000),
        "discipline_earned": _rounded(c("tpp_ceiling") * c("score"), 250),
    }
    yield {"earned_total": c("productivity_earned") + c("discipline_earned")}
    yield {"cut": _rounded(c("earned_total") * 3, 100)}
    yield {
        "lhkpn_cut_amount": pl.when(c("lhkpn_late")).then(c("cut")).otherwise(0),
        "negative_activity_cut_amount": pl.when(c("negative_activity")).then(c("cut")).otherwise(0),
    }
    # Twice three percent, each rounded, is never more than the whole, so no floor at 0 is needed here.
    yield {"tpp_gross": c("earned_total") - c("lhkpn_cut_amount") - c("negative_activity_cut_amount")}
    twentieths = _table([_twentieths(name) for name in golongan])
    yield {
        "tpp_tax": _rounded(c("tpp_gross") * twentieths.gather(c("golongan").to_physical()), 20),
        "tpp_health": _rounded(_smaller(c("tpp_gross"), c("room")), 100),
    }
    yield {"tpp_net": c("tpp_gross") - c("tpp_tax") - c("tpp_health")}


def _rounded(amount: pl.Expr, divisor: int) -> pl.Expr:
    """Divide a non-negative whole number and round to the nearest, halves upwards; `divisor` is even."""
    return (amount + divisor // 2) // divisor


def _smaller(amount: pl.Expr, nullable: pl.Expr) -> pl.Expr:
    """The smaller of two numbers; null if the second is (a null comparison takes the second)."""
    return pl.when(nullable >= amount).then(amount).otherwise(nullable)


def _table(values: Sequence[int]) -> pl.Expr:
    return pl.lit(pl.Series(values, dtype=pl.Int64))


def _ceilings() -> list[int]:
    """The ceiling at 2 x class, and at 2 x class + 1 for a CPNS: 80 %, to the nearest rupiah."""
    pairs = [(0, 0), *((amount, (amount * 8 + 5) // 10) for amount in CLASS_AMOUNTS)]
    return [amount for pair in pairs for amount in pair]


def _twentieths(golongan: str) -> int:
    """The final tax rate in twentieths: 0, 1 (5 %) or 3 (15 %)."""
    return {name: rate for rate, names in TWENTIETHS.items() for name in names.split()}[golongan]


def seconds(people: pl.DataFrame, form: Callable[[pl.LazyFrame], pl.LazyFrame], times: int) -> float:
    """Median seconds of `times` runs from columns in memory to columns in memory, after one that warms up."""
    form(people.lazy()).collect(engine="streaming")
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        form(people.lazy()).collect(engine="streaming")
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Print the rows per second of both forms for a million invented people."""
    from benchmarks.people import make_people  # noqa: PLC0415 - the yardstick itself needs no invented people

    people = make_people(1_000_000, seed=2026)
    for form in (twin, flat_twin):
        taken = seconds(people, form, times=5)
        sys.stdout.write(f"{form.__name__}: {people.height / taken:,.0f} rows/s ({taken * 1000:.1f} ms)\n")


if __name__ == "__main__":
    main()
