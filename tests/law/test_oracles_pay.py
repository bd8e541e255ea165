"""Oracles of base pay and its contributions, computed by the formulas both ways."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pamong.law.engine.law import load_law
from tests.law.world import both, law_of, month, one, parameter

LAW = load_law("contoh")


def of(name: str, on: date = date(2026, 10, 1), law: Any = LAW, **facts: Any) -> Any:
    """One amount of a month."""
    until = date(on.year + on.month // 12, on.month % 12 + 1, 1)
    return one(month(law, name, on=on, until=until), facts)


def test_oracle_pay_G_1_spouse_and_two_children() -> None:
    facts = {"base_salary": 4_000_000, "has_spouse": True, "children": 2}
    assert both(month(LAW, "spouse_allowance", "child_allowance"), [facts]) == [
        {"spouse_allowance": 400_000, "child_allowance": 160_000}
    ]
    assert of("spouse_allowance", base_salary=4_000_000, has_spouse=False) == 0


def test_oracle_pay_G_1_before_1992_the_spouse_had_5_percent() -> None:
    old = of("spouse_allowance", date(1992, 3, 1), base_salary=4_000_000, has_spouse=True)
    new = of("spouse_allowance", date(1992, 4, 1), base_salary=4_000_000, has_spouse=True)
    assert (old, new) == (200_000, 400_000)


def test_oracle_pay_G_3_four_children_are_three_by_the_text_and_two_by_setting() -> None:
    facts = {"base_salary": 4_000_000, "children": 4}
    assert of("child_allowance", **facts) == 240_000
    two = law_of("contoh", parameter("pay/child_count_limit", 2, "count"))
    assert of("child_allowance", law=two, **facts) == 160_000


def test_oracle_pay_G_4_pension_and_old_age() -> None:
    found = both(month(LAW, "pension_contribution", "old_age_savings"), [{"contribution_base": 4_560_000}])
    assert found == [{"pension_contribution": 216_600, "old_age_savings": 148_200}]
    assert sum(found[0].values()) == 364_800


@pytest.mark.parametrize(("number", "death"), [(6, 12_000), (7, 28_800)], ids=["2017_06", "2017_07"])
def test_oracle_pay_G_5_the_death_contribution_changed_in_july_2017(number: int, death: int) -> None:
    on = date(2017, number, 1)
    assert of("death_contribution", on, base_salary=4_000_000) == death
    assert of("work_accident_contribution", on, base_salary=4_000_000) == 9_600


def test_oracle_pay_G_6_health_up_to_the_cap() -> None:
    on = date(2020, 1, 1)
    assert of("health_employee", on, health_base=15_000_000) == 120_000
    assert of("health_employer", on, health_base=15_000_000) == 480_000
    assert of("health_employee", on, health_base=11_999_950) == 120_000
    assert of("health_employee", on, health_base=11_999_949) == 119_999


def test_oracle_pay_G_7_food_for_a_list_of_four() -> None:
    assert of("food_allowance", date(2020, 1, 1), family_members=4) == 289_680


def test_the_allowance_bears_only_what_the_cap_leaves() -> None:
    law = load_law("contoh")
    plan = law.plan(("tpp_health",), date(2026, 10, 1), date(2026, 11, 1), given=("tpp_gross",))
    fixed = (4_000_000, 11_000_000, 12_000_000, 13_000_000, None)
    found = both(plan, [{"tpp_gross": 5_000_000, "fixed_income": income} for income in fixed])
    assert [row["tpp_health"] for row in found] == [50_000, 10_000, 0, 0, None]


@pytest.mark.parametrize(
    ("table", "golongan", "mkg", "rupiah"),
    [
        ("pns", "III/a", 0, 2_785_700),
        ("pns", "III/a", 1, 2_785_700),
        ("pns", "III/a", 2, 2_873_500),
        ("pns", "IV/e", 40, 6_373_200),
        ("pns", "III/a", None, None),
        ("pns", "V/x", 0, None),
        ("pppk", "IX", 0, 3_203_600),
        ("pppk", "XII", 32, 5_957_800),
    ],
)
def test_base_salary_by_golongan_and_years(
    table: str, golongan: str, mkg: int | None, rupiah: int | None
) -> None:
    assert of(f"table_salary_{table}", golongan=golongan, mkg=mkg) == rupiah
