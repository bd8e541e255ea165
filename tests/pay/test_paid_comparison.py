"""Case P-24: a paid list beside the computed month, every difference under its cause, adding up exactly."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pamong.interop.register.paid import SCHEMA
from pamong.pay.choices import Cause
from pamong.pay.paid_comparison import compare_paid

SHARES = (31, 22)
SLIP = {
    "nip": "1",
    "name": "Sari",
    "opd_name": "Dinas A",
    "job_class": 9,
    "ceiling": 3_100_000,
    "gross": 3_000_000,
    "tax": 150_000,
    "health": 31_000,
    "net": 2_819_000,
}
SLIP_SCHEMA = {name: SCHEMA[name] for name in SLIP}


def slips(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([SLIP | row for row in rows], schema=SLIP_SCHEMA)


def paid(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([dict.fromkeys(SCHEMA) | SLIP | row for row in rows], schema=SCHEMA)


def causes(theirs: dict[str, Any], ours: dict[str, Any] | None = None) -> dict[str, str]:
    found = compare_paid(paid(theirs), slips(ours or {}), SHARES)
    return dict(zip(found.lines["part"], found.lines["cause"], strict=True))


def with_net(**amounts: int) -> dict[str, int]:
    row = SLIP | amounts
    return amounts | {"net": row["gross"] - row["tax"] - row["health"]}


def test_case_P_24_what_is_the_same_leaves_no_line() -> None:
    found = compare_paid(paid({}), slips({}), SHARES)
    assert (found.lines.height, found.people, found.same) == (0, 1, 1)


def test_case_P_24_another_class_explains_all_that_follows_from_it() -> None:
    """Twice the maximum, the same share of cuts, the same rate of tax: one cause."""
    theirs = with_net(job_class=11, ceiling=6_200_000, gross=6_000_000, tax=300_000, health=62_000)
    assert set(causes(theirs).values()) == {Cause.CLASS.value}


def test_case_P_24_a_part_of_the_month_is_seen_by_its_days() -> None:
    assert causes(with_net(ceiling=1_400_000, gross=1_354_839, tax=67_742))["ceiling"] == "proration"  # 14/31
    assert causes(with_net(ceiling=2_113_636, gross=2_045_454))["ceiling"] == "proration"  # 15/22
    assert causes(with_net(ceiling=2_113_000, gross=2_045_454))["ceiling"] == "unknown"


def test_case_P_24_another_cut_at_the_same_maximum_is_attendance() -> None:
    found = causes(with_net(gross=2_800_000, tax=140_000))
    assert found == {"cut": "attendance", "tax": "attendance"}


def test_case_P_24_a_few_rupiah_are_rounding() -> None:
    assert causes(with_net(tax=150_001)) == {"tax": "rounding"}


def test_case_P_24_a_contribution_from_another_salary() -> None:
    assert causes(with_net(health=55_000)) == {"health": "base_salary"}


def test_case_P_24_tax_at_another_rate_is_not_known() -> None:
    assert causes(with_net(tax=450_000)) == {"tax": "unknown"}


def test_case_P_24_who_stands_on_one_side_only_is_told() -> None:
    found = compare_paid(paid({"nip": "2"}), slips({}), SHARES)
    told = {(row["nip"], row["part"]): row["amount"] for row in found.lines.iter_rows(named=True)}
    assert told == {("2", "uncomputed"): 2_819_000, ("1", "unpaid"): -2_819_000}
    assert found.by_cause()[Cause.MISSING] == (2, 0, 5_638_000)


def test_case_P_24_whom_neither_pays_is_no_difference() -> None:
    nothing = dict.fromkeys(("ceiling", "gross", "tax", "health", "net"))
    assert compare_paid(paid({"nip": "1"}).head(0), slips(nothing), SHARES).people == 0


def test_case_P_24_a_list_that_names_only_the_net_is_told_coarsely() -> None:
    only = dict.fromkeys(("ceiling", "gross", "tax", "health", "cut"))
    assert causes(only | {"net": 2_700_000}) == {"rest": "unknown"}
    assert causes(only | {"net": 2_700_000, "job_class": 8}) == {"rest": "class"}


def test_case_P_24_a_list_that_does_not_add_up_is_not_believed() -> None:
    assert causes({"net": 2_000_000}) == {"rest": "unknown"}


money = st.integers(0, 60_000_000)


@given(st.lists(st.tuples(money, money, money, money, st.booleans(), st.integers(1, 17)), max_size=12))
def test_case_P_24_the_lines_add_up_to_the_difference_of_the_totals(people: list[tuple[Any, ...]]) -> None:
    theirs, ours = [], []
    for number, (ceiling, gross, tax, net, bare, job_class) in enumerate(people):
        row = {"nip": str(number), "ceiling": ceiling, "gross": gross, "tax": tax, "net": net}
        row |= {"job_class": job_class} | (dict.fromkeys(("ceiling", "gross", "tax")) if bare else {})
        theirs.append(row)
        if number % 3:
            ours.append({"nip": str(number)})
    found = compare_paid(paid(*theirs), slips(*ours), SHARES)
    assert found.lines["amount"].sum() == found.paid - found.computed
    assert sum(total for _, total, _ in found.by_cause().values()) == found.paid - found.computed
    assert set(found.lines["cause"]) <= {cause.value for cause in Cause}
