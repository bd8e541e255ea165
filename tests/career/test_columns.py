"""Over columns and one by one a raise is the same: for every one of thousands of odd people, on odd days."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamong.career import columns
from pamong.law import kgb
from pamong.law.engine.law import load_law
from tests.career.population import population

LAW = load_law("contoh")


def compare(count: int, seed: int, on: date, today: date) -> Counter[str]:
    """Work everybody out both ways; counts of what came, so that a test knows that all of it was there."""
    rules = kgb.rules_of(LAW, on)
    people, predicates, delays, away = population(count, seed, rules, today)
    rows = columns.work_out(people, predicates, delays, away, rules, on=on, today=today).to_dicts()
    assert [row["person_id"] for row in rows] == list(range(1, count + 1))
    seen: Counter[str] = Counter()
    for row, known in zip(rows, columns.persons_of(rows, predicates, delays, away), strict=True):
        wanted = alone(rules, known.facts, on, today)
        assert {name: row[name] for name in wanted} == wanted, known
        seen.update(f"{name}={value}" for name, value in wanted.items() if name.startswith(("s", "e", "w")))
    return seen


def alone(rules: kgb.Rules, facts: kgb.Facts, on: date, today: date) -> dict[str, Any]:
    """What the pure functions say, under the names of the columns."""
    due = kgb.due(rules, facts)
    told: dict[str, Any] = {f"{what}_{code.value}": None for code in kgb.Code for what in ("state", "effect")}
    for each in kgb.conditions(rules, facts, on=on, today=today):
        told |= {f"state_{each.code.value}": each.state.value, f"effect_{each.code.value}": each.effect.value}
    if isinstance(due, kgb.NotDue):
        return told | {"why_not": columns.ENDED if due.ended else columns.NO_ROW, "due_on": None}
    step = kgb.new_step(rules, facts, due)
    return told | {
        "why_not": None, "due_on": due.due_on, "effective_on": due.effective_on, "row": due.row,
        "first": due.first, "disciplined": due.disciplined, "new_years": step.years,
        "new_months": step.months, "base_before": step.base_before, "base_after": step.base_after,
    }  # fmt: skip


def test_three_thousand_odd_people_are_the_same_both_ways() -> None:
    seen = compare(3_000, 2026, date(2027, 1, 1), date(2026, 11, 2))
    states = {state.value for state in kgb.State}
    for code, expected in (
        ("service", states),
        ("predicate", states),
        ("delay", {"met", "not_met"}),
        ("standing", {"met", "unknown"}),
        ("contract", {*states, "None"}),
        ("part_time", {"unknown", "None"}),
    ):
        assert {name.split("=")[1] for name in seen if name.startswith(f"state_{code}=")} == expected, code
    assert {"effect_predicate=warn", "why_not=ended", "why_not=unknown"} <= set(seen)


@settings(max_examples=25)
@given(
    seed=st.integers(0, 10_000), on=st.dates(date(2023, 1, 1), date(2030, 12, 31)), ahead=st.integers(0, 120)
)
def test_on_any_day_and_under_the_law_of_any_day(seed: int, on: date, ahead: int) -> None:
    compare(60, seed, on.replace(day=1), date.fromordinal(on.toordinal() - ahead))


@pytest.mark.parametrize("on", [date(2022, 1, 1), date(2024, 6, 1)])
def test_where_rules_are_not_known_yet_both_say_so(on: date) -> None:
    compare(400, 7, on, on)


def test_nobody_at_all_is_no_row() -> None:
    assert compare(0, 1, date(2027, 1, 1), date(2026, 11, 2)) == Counter()
