"""Proof of the yardstick: the rules of `contoh` once more, person by person, on Python's Decimal.

It shares no table, no formula and no arithmetic with `benchmarks.twin`: exact decimal products, one rounding
half up where the rules say "rounded", the rates as the rules print them.
Run `python -m benchmarks.decimal_check`: it compares both forms of the twin; it ends with 1 if they differ.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import Any

import polars as pl

from benchmarks.people import GOLONGAN, GOLONGAN_TYPE, make_people
from benchmarks.twin import flat_twin, twin

AMOUNT_OF_CLASS = {
    1: "864248",
    2: "1092656",
    3: "1321065",
    4: "1598859",
    5: "2697688",
    6: "3234757",
    7: "3722440",
    8: "4221908",
    9: "5252832",
    10: "6038512",
    11: "6942044",
    12: "8979200",
    13: "11229612",
    14: "12511954",
    15: "16435303",
}
# Per group, in the words of rule 7.
FINAL_RATE = {
    "0": "I/a I/b I/c I/d II/a II/b II/c II/d I II III IV V VI VII VIII",
    "0.05": "III/a III/b III/c III/d IX X XI XII",
    "0.15": "IV/a IV/b IV/c IV/d IV/e XIII XIV XV XVI XVII",
}
RATE_OF_GOLONGAN = {name: Decimal(rate) for rate, names in FINAL_RATE.items() for name in names.split()}

Row = dict[str, Any]


def rupiah(amount: Decimal) -> Decimal:
    """Round to the nearest rupiah, halves upwards."""
    return amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)


def recompute(person: Row) -> Row:
    """Rules 1 to 9 for one person (the input columns of the twin by name); answers its outputs by name."""
    share = Decimal("0.8") if person["is_cpns"] else Decimal(1)
    ceiling = rupiah(Decimal(AMOUNT_OF_CLASS[person["job_class"]]) * share)
    counted = min(
        max(Decimal(person["minutes"]) - 300 * Decimal(person["absent_days"]), Decimal(0)), Decimal(6000)
    )
    # 0.6 / 100 / 6,000 is one in a million: the quotient has at most six decimals, so 28 digits are exact.
    productivity = rupiah(ceiling * Decimal("0.6") * counted * Decimal(person["behaviour"]) / 100 / 6000)
    score = max(Decimal(100) - person["points_lost"], Decimal(0))
    discipline = rupiah(ceiling * Decimal("0.4") * score / 100)
    earned = productivity + discipline
    late = rupiah(earned * Decimal("0.03")) if person["lhkpn_late"] else Decimal(0)
    negative = rupiah(earned * Decimal("0.03")) if person["negative_activity"] else Decimal(0)
    gross = max(earned - late - negative, Decimal(0))
    tax = rupiah(gross * RATE_OF_GOLONGAN[person["golongan"]])
    health = _health(gross, person["fixed_income"])
    return {
        "tpp_ceiling": int(ceiling),
        "productivity_earned": int(productivity),
        "discipline_earned": int(discipline),
        "earned_total": int(earned),
        "lhkpn_cut_amount": int(late),
        "negative_activity_cut_amount": int(negative),
        "tpp_gross": int(gross),
        "tpp_tax": int(tax),
        "tpp_health": None if health is None else int(health),
        "tpp_net": None if health is None else int(gross - tax - health),
    }


def _health(gross: Decimal, fixed_income: int | None) -> Decimal | None:
    if fixed_income is None:
        return None
    base = min(gross, max(Decimal(0), Decimal(12_000_000) - fixed_income))
    return rupiah(base * Decimal("0.01"))


def edge_people() -> pl.DataFrame:
    """Every class, golongan and CPNS, with the limits of the other columns spread over them."""
    limits = _cycle(
        product(
            (0, 1, 300, 5_999, 6_000, 6_001, 12_000),
            (0, 1, 50, 99, 100),
            (0, 1, 20, 40),
            (0, 1, 99, 100, 101, 140),
            (None, 0, 5_000_000, 11_999_950, 12_000_000, 12_000_001, 20_000_000),
            (False, True),
            (False, True),
        )
    )
    rows = [(*who, *next(limits)) for who in product(range(1, 16), GOLONGAN, (False, True)) for _ in range(9)]
    return pl.DataFrame(rows, schema=_schema(), orient="row")


def _cycle(items: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Walk round the items in steps of a large prime, so that neighbours differ in every column."""
    known = list(items)
    at = 0
    while True:
        yield known[at]
        at = (at + 7919) % len(known)


def _schema() -> dict[str, Any]:
    counts = ("minutes", "behaviour", "absent_days", "points_lost", "fixed_income")
    flags = ("lhkpn_late", "negative_activity")
    first = {"job_class": pl.Int64, "golongan": GOLONGAN_TYPE, "is_cpns": pl.Boolean}
    return first | dict.fromkeys(counts, pl.Int64) | dict.fromkeys(flags, pl.Boolean)


def differences(people: pl.DataFrame, form: Callable[[pl.LazyFrame], pl.LazyFrame]) -> list[str]:
    """One line for each amount in which a form of the twin and the Decimal recomputation differ."""
    found = form(people.lazy()).collect()
    wrong = [f"{name}: {dtype}" for name, dtype in found.schema.items() if dtype != pl.Int64]
    pairs = zip(people.iter_rows(named=True), found.iter_rows(named=True), strict=True)
    for number, (person, got) in enumerate(pairs):
        exact = recompute(person)
        wrong += [f"row {number}, {k}: {got[k]}, exact {exact[k]}" for k in exact if got[k] != exact[k]]
    return wrong


def main() -> int:
    """Compare 20,000 invented people and every edge; print the differences and their number."""
    invented = make_people(1_000_000, seed=2026).sample(20_000, seed=7)
    shuffled = invented.with_columns(pl.col("golongan").cast(pl.String).cast(pl.Enum(GOLONGAN[::-1])))
    total = 0
    for form in (twin, flat_twin):
        for title, people in (("invented", invented), ("reordered Enum", shuffled), ("edges", edge_people())):
            wrong = differences(people, form)
            total += len(wrong)
            sys.stdout.write("".join(f"{line}\n" for line in wrong[:20]))
            sys.stdout.write(f"{form.__name__}, {title}: {people.height:,} rows, {len(wrong)} differences\n")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
