"""Every step gives the same exact number as columns, as a trace, and as Python's fractions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pamong.law.engine.formulas import fact, formula
from pamong.law.engine.ops import (
    all_of,
    any_of,
    bracket,
    equals,
    greatest,
    is_missing,
    least,
    lookup,
    negate,
    progressive,
    ratio,
    round_down,
    round_down_to,
    round_half_up,
    round_up,
    sum_days,
    where,
)
from pamong.law.engine.ops import (
    given as given_or,
)
from pamong.law.engine.parameters import Parameter
from pamong.law.engine.plan import Law, Plan
from tests.law.world import both, in_columns, law_of, month, parameter

MODEST = settings(max_examples=25, deadline=None, phases=[Phase.generate, Phase.shrink])
MILLION = 1_000_000
RATES = {"first": 999_999, "second": 333_333, "third": 123_457, "fourth": 1}
money = st.one_of(st.none(), st.integers(-(10**9), 10**9), st.just(10**9))


def percent(ppm: int) -> str:
    """Parts per million as a file writes them."""
    return f"{ppm // 10_000},{ppm % 10_000:04d} %"


def steps(upper: str) -> Parameter:
    """Steps over rupiah with results from 0 to 100 %."""
    value = [[0, "0 %"], [10, "1 %"], [1000, "33,3333 %"], [10**9, "99,9999 %"], [None, "100 %"]]
    return parameter(f"uji/steps_{upper}", value, "rate", kind="bracket", x="rupiah", upper=upper)


LONG = [[n * 1000, n] for n in range(40)] + [[None, 99]]
LAYERS = [[60, "5 %"], [250, "15 %"], [500_000_000, "25 %"], [None, "33,3333 %"]]
TABLE = {1: 7, 2: 0, 4: -5}
PAIRS = {"a": {1: 10, 3: 30}, "b": {2: 20}}
PARAMETERS = [
    *(parameter(f"uji/rate_{name}", percent(ppm), "rate") for name, ppm in RATES.items()),
    steps("inclusive"),
    steps("exclusive"),
    parameter("uji/long_inclusive", LONG, "points", kind="bracket", x="rupiah"),
    parameter("uji/long_exclusive", LONG, "points", kind="bracket", x="rupiah", upper="exclusive"),
    parameter("uji/layers", LAYERS, "rate", kind="bracket", x="rupiah"),
    parameter("uji/gaps", TABLE, "rupiah", kind="table", by=["number"]),
    parameter("uji/words", {1: "satu", 2: "dua"}, "text", kind="table", by=["number"]),
    parameter(
        "uji/pairs", {"a": {1: 10, 3: 30}, "b": {2: 20}}, "points", kind="table", by=["x", "y"], step=True
    ),
    parameter("uji/thousand", 1000, "rupiah"),
]


def four_rates(amount: Any, rate_first: Any, rate_second: Any, rate_third: Any, rate_fourth: Any) -> Any:
    """10^9 x 10^6 x 10^6 x 10^6 x 10^6 is beyond 64 bits."""
    return round_half_up(amount * rate_first * rate_second * rate_third * (1 - rate_fourth))


RUPIAH: dict[str, Callable[..., Any]] = {
    "four_rates": four_rates,
    "down": lambda amount, rate_second: round_down(amount * rate_second),
    "up": lambda amount, rate_second: round_up(amount * rate_second),
    "thousands": lambda amount, thousand: round_down_to(amount + 1, thousand),
    "share": lambda amount, part, whole: round_half_up(amount * ratio(part, whole)),
    "inclusive": lambda amount, steps_inclusive: round_half_up(amount * bracket(steps_inclusive, amount)),
    "exclusive": lambda amount, steps_exclusive: round_half_up(amount * bracket(steps_exclusive, amount)),
    "layered": lambda amount, layers: round_half_up(progressive(layers, amount)),
    "layered_share": lambda amount, layers, rate_third: round_up(progressive(layers, amount * rate_third)),
    "found": lambda number, gaps: lookup(gaps, number),
    "lowest": lambda amount, other: least(amount, other, 0),
    "highest": lambda amount, other, rate_third: round_down(greatest(amount, other * rate_third)),
    "picked": lambda yes, amount, other: where(yes, amount, where(negate(yes), other, 0)),
    "filled": lambda amount, other: given_or(amount, given_or(other, 1)),
    "filled_share": lambda part, unsure, amount: round_up(given_or(amount * ratio(part, unsure), 0)),
}
POINTS: dict[str, Callable[..., Any]] = {
    "searched": lambda amount, long_inclusive: bracket(long_inclusive, amount),
    "searched_below": lambda amount, long_exclusive: bracket(long_exclusive, amount),
    "paired": lambda word, number, pairs: lookup(pairs, word, number),
}
TRUTHS: dict[str, Callable[..., Any]] = {
    "told": lambda number, words: equals(lookup(words, number), "dua"),
    "chosen": lambda yes, word, number, words: equals(where(yes, word, lookup(words, number)), "satu"),
    "between": lambda amount, other, rate_third: amount * rate_third <= other,
    "both": lambda yes, no, whole: all_of(yes, no, whole > 0),
    "either": lambda yes, no: any_of(yes, negate(no)),
    "blank": lambda amount, other: is_missing(amount + other),
}
FORMULAS = {"rupiah": RUPIAH, "points": POINTS, "bool": TRUTHS}
NAMES = (*RUPIAH, *POINTS, *TRUTHS)


@pytest.fixture(scope="module", autouse=True)
def plan_of(own_formulas_of_module: None) -> Callable[..., Plan]:
    """Facts and one formula for every kind of step."""
    for name in ("amount", "other"):
        fact(name, "person_month", "rupiah", name, nullable=True)
    fact("part", "person_month", "days", "part", nullable=True)
    fact("whole", "person_month", "days", "whole")
    fact("unsure", "person_month", "days", "unsure", nullable=True)
    fact("number", "person_month", "count", "number", nullable=True)
    fact("word", "person_month", "text", "word", nullable=True)
    fact("yes", "person_month", "bool", "yes", nullable=True)
    fact("no", "person_month", "bool", "no", nullable=True)
    for unit, bodies in FORMULAS.items():
        for name, body in bodies.items():
            formula(name=name, title=name, unit=unit)(body)
    law = law_of("contoh", *PARAMETERS)
    return lambda *outputs: month(law, *outputs)


people = st.fixed_dictionaries(
    {
        "amount": money,
        "other": money,
        "part": st.one_of(st.none(), st.integers(0, 31)),
        "whole": st.integers(1, 31),
        "unsure": st.one_of(st.none(), st.integers(1, 31)),
        "number": st.one_of(st.none(), st.integers(0, 5)),
        "word": st.one_of(st.none(), st.sampled_from(["a", "b", "satu"])),
        "yes": st.one_of(st.none(), st.booleans()),
        "no": st.one_of(st.none(), st.booleans()),
    }
)


@MODEST
@given(staff=st.lists(people, min_size=1, max_size=6))
def test_columns_and_traces_agree_on_every_step(
    plan_of: Callable[..., Plan], staff: list[dict[str, Any]]
) -> None:
    both(plan_of(*NAMES), staff)


@MODEST
@given(staff=st.lists(people, min_size=1, max_size=6))
def test_a_person_alone_gets_what_the_person_gets_among_others(
    plan_of: Callable[..., Plan], staff: list[dict[str, Any]]
) -> None:
    """Bounds come from the data: another company must not change anybody's numbers."""
    plan = plan_of(*NAMES)
    assert in_columns(plan, staff) == [in_columns(plan, [alone])[0] for alone in staff]


def half_up(value: Fraction) -> int:
    """To the nearest rupiah, halves upwards."""
    return floor(value + Fraction(1, 2))


@MODEST
@given(amount=st.integers(-(10**9), 10**9))
def test_four_rates_of_a_billion_are_exact(plan_of: Callable[..., Plan], amount: int) -> None:
    exact = Fraction(amount)
    for name in ("first", "second", "third"):
        exact *= Fraction(RATES[name], MILLION)
    exact *= 1 - Fraction(RATES["fourth"], MILLION)
    plan = plan_of("four_rates")
    assert both(plan, [{"amount": amount}]) == [{"four_rates": half_up(exact)}]
    # among others, the product is computed in 128 bits
    staff = [{"amount": amount}, {"amount": 10**9}, {"amount": -(10**9)}]
    assert in_columns(plan, staff)[0] == {"four_rates": half_up(exact)}


@MODEST
@given(amount=st.integers(0, 2 * 10**9))
def test_layers_are_those_of_fractions(plan_of: Callable[..., Plan], amount: int) -> None:
    tax, below = Fraction(0), 0
    for bound, rate in LAYERS:
        top = amount if bound is None else min(amount, bound)
        tax += max(0, top - below) * Fraction(str(rate).rstrip(" %").replace(",", ".")) / 100
        below = bound or below
    assert both(plan_of("layered"), [{"amount": amount}]) == [{"layered": half_up(tax)}]


@pytest.mark.parametrize(
    ("amount", "inclusive", "exclusive"),
    [(-1, 0, 0), (0, 0, 1), (9, 1, 1), (10, 1, 33), (11, 33, 33), (1000, 33, 99), (10**9, 99, 100)],
)
def test_a_bound_belongs_below_or_above(
    plan_of: Callable[..., Plan], amount: int, inclusive: int, exclusive: int
) -> None:
    """The whole percent of the step in which the bound itself lies."""
    formula(name=f"inclusive_{amount}", title="x", unit="rate")(
        lambda amount, steps_inclusive: bracket(steps_inclusive, amount)
    )
    formula(name=f"exclusive_{amount}", title="x", unit="rate")(
        lambda amount, steps_exclusive: bracket(steps_exclusive, amount)
    )
    [found] = both(plan_of(f"inclusive_{amount}", f"exclusive_{amount}"), [{"amount": amount}])
    assert [rate // 10_000 for rate in found.values()] == [inclusive, exclusive]


@pytest.mark.parametrize(
    ("yes", "no", "conjunction"),
    [
        (True, True, True),
        (True, False, False),
        (True, None, None),
        (False, None, False),
        (None, False, False),
        (None, None, None),
    ],
)
def test_conditions_have_three_answers(
    plan_of: Callable[..., Plan], yes: Any, no: Any, conjunction: Any
) -> None:
    [found] = both(plan_of("both", "either"), [{"yes": yes, "no": no, "whole": 1}])
    assert found["both"] is conjunction
    assert found["either"] is (True if yes or no is False else None if None in (yes, no) else False)


def test_a_missing_row_and_a_missing_key_are_missing(plan_of: Callable[..., Plan]) -> None:
    rows = [{"number": number} for number in (1, 2, 3, 4, 0, None)]
    assert [found["found"] for found in both(plan_of("found"), rows)] == [7, 0, None, -5, None, None]


def test_a_stepped_table_takes_the_row_below(plan_of: Callable[..., Plan]) -> None:
    rows = [("a", 0), ("a", 1), ("a", 2), ("a", 5), ("b", 1), ("b", 9), ("c", 1), (None, 1)]
    staff = [{"word": word, "number": number} for word, number in rows]
    found = [row["paired"] for row in both(plan_of("paired"), staff)]
    assert found == [None, 10, 10, 30, None, 20, None, None]


def test_a_constant_output_has_a_row_for_everybody(plan_of: Callable[..., Plan]) -> None:
    formula(name="nothing", title="x", unit="rupiah")(lambda: 0)
    assert both(plan_of("nothing"), [{}, {}, {}]) == [{"nothing": 0}] * 3


def test_nobody_gives_no_rows(plan_of: Callable[..., Plan]) -> None:
    assert in_columns(plan_of("four_rates", "both"), []) == []


DAYS = [
    {"on": date(2026, 10, day), "late": late, "is_free": day == 20}
    for day, late in ((1, 9), (14, 30), (15, 30), (20, 99), (31, 61))
]


@pytest.fixture
def changing(own_formulas: None) -> Law:
    """A cut by minutes late that doubles on the 15th, and a rate of the month that changes then too."""
    fact("late", "day", "minutes", "Terlambat")
    fact("is_free", "day", "bool", "Bebas")
    formula(name="cut_today", title="x", unit="rate", level="day")(
        lambda late, cut_late_own, is_free: where(is_free, 0, bracket(cut_late_own, late))
    )
    formula(name="cut_month", title="x", unit="rate")(sum_of_cuts)
    formula(name="cut_amount", title="x", unit="rupiah")(
        lambda amount, cut_month, rate_month: round_half_up(amount * cut_month * rate_month)
    )
    before, after = [[0, "0 %"], [30, "1 %"], [None, "2 %"]], [[0, "0 %"], [30, "1,5 %"], [None, "4 %"]]
    halves = [{"from": date(2026, 1, 1), "value": before}, {"from": date(2026, 10, 15), "value": after}]
    rates = [{"from": date(2026, 1, 1), "value": "50 %"}, {"from": date(2026, 10, 15), "value": "100 %"}]
    return law_of(
        "contoh",
        parameter("uji/cut_late_own", None, "rate", kind="bracket", x="minutes", values=halves),
        parameter("uji/rate_month", None, "rate", values=rates),
    )


def sum_of_cuts(cut_today: Any) -> Any:
    """All days of the month."""
    return sum_days(cut_today)


def test_a_rule_that_changes_on_the_15th_holds_by_the_day(changing: Law) -> None:
    plan = month(changing, "cut_month", "cut_amount")
    assert plan.epochs == (date(2026, 10, 1), date(2026, 10, 15))
    rows = {"day": [(person, day) for person in (0, 2) for day in DAYS]}
    found = both(plan, [{"amount": 10_000_000}, {"amount": 10_000_000}, {"amount": None}], rows)
    # 1 % + 1 % under the old rule, 1.5 % + 4 % under the new one; the month's own rate is that of the 1st
    assert [row["cut_month"] for row in found] == [75_000, 0, 75_000]
    assert [row["cut_amount"] for row in found] == [375_000, 0, None]


def test_both_rules_of_the_month_are_in_its_fingerprint(changing: Law) -> None:
    plan = month(changing, "cut_amount")
    used = [(parameter_.name, dated.since.day) for parameter_, dated in plan.values]
    assert used == [("cut_late_own", 1), ("cut_late_own", 15), ("rate_month", 1)]
    assert [found.name for found in plan.formulas] == ["cut_amount", "cut_month", "cut_today"]


def test_a_formula_that_changes_on_the_15th(changing: Law) -> None:
    formula(name="doubled", title="x", unit="minutes", level="day", before=date(2026, 10, 15))(
        lambda late: late
    )
    formula(name="doubled", title="x", unit="minutes", level="day", since=date(2026, 10, 15))(
        lambda late: late + late
    )
    formula(name="all_minutes", title="x", unit="minutes")(sum_of_doubled)
    plan = month(changing, "all_minutes")
    assert both(plan, [{}], {"day": [(0, day) for day in DAYS]}) == [
        {"all_minutes": 9 + 30 + 2 * (30 + 99 + 61)}
    ]


def sum_of_doubled(doubled: Any) -> Any:
    """All days of the month."""
    return sum_days(doubled)
