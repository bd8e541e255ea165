"""Oracles of the tax: what the texts and the official example say, computed by the formulas both ways."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pamong.law.engine.law import load_law
from tests.law.world import as_traces, both, month, one, person

LAW = load_law("contoh")
STATUS = {"A": "K/0", "B": "K/1", "C": "K/3"}


def tax(gross: int, category: str) -> Any:
    """The month's tax by TER."""
    plan = month(LAW, "ter_tax", on=date(2024, 1, 1), until=date(2024, 2, 1))
    return one(plan, {"gross_month": gross, "tax_status": STATUS[category]})


def rate(gross: int, category: str) -> Any:
    """The month's rate in parts per million."""
    return one(month(LAW, "ter_rate"), {"gross_month": gross, "tax_status": STATUS[category]})


def test_oracle_tax_T_1_the_official_example_of_a_year() -> None:
    """K/0, 10,000,000 a month, pension contribution 100,000 a month."""
    assert tax(10_000_000, "A") == 200_000
    facts = {
        "gross_year": 120_000_000,
        "pension_year": 1_200_000,
        "tax_status": "K/0",
        "tax_withheld": 11 * 200_000,
    }
    plan = month(LAW, "occupational_cost_year", "taxable_year", "income_tax_year", "last_period_tax")
    assert both(plan, [facts]) == [
        {
            "occupational_cost_year": 6_000_000,
            "taxable_year": 54_300_000,
            "income_tax_year": 2_715_000,
            "last_period_tax": 515_000,
        }
    ]


@pytest.mark.parametrize(
    ("category", "bound", "at", "above"),
    [
        pytest.param("A", 5_400_000, 0, 2_500, id="oracle_tax_T_2"),
        pytest.param("A", 10_050_000, 20_000, 22_500, id="oracle_tax_T_3"),
        pytest.param("A", 1_400_000_000, 330_000, 340_000, id="oracle_tax_T_4"),
        pytest.param("B", 6_200_000, 0, 2_500, id="oracle_tax_T_5_B"),
        pytest.param("C", 6_600_000, 0, 2_500, id="oracle_tax_T_5_C"),
        pytest.param("C", 12_050_000, 20_000, 30_000, id="oracle_tax_T_6"),
    ],
)
def test_a_bound_of_ter_belongs_to_the_lower_step(category: str, bound: int, at: int, above: int) -> None:
    assert (rate(bound, category), rate(bound + 1, category)) == (at, above)


def test_oracle_tax_T_6_rupiah() -> None:
    assert tax(12_050_000, "C") == 241_000


@pytest.mark.parametrize(
    ("gross", "expected"),
    [
        pytest.param(10_000_000, [200_000, 150_000, 150_000], id="oracle_tax_T_7"),
        pytest.param(20_000_000, [1_800_000, 1_600_000, 1_600_000], id="oracle_tax_T_8"),
        pytest.param(30_000_000, [3_600_000, 3_600_000, 3_300_000], id="oracle_tax_T_9"),
    ],
)
def test_the_three_categories(gross: int, expected: list[int]) -> None:
    assert [tax(gross, category) for category in "ABC"] == expected


def test_oracle_tax_T_10_taxable_income_in_full_thousands() -> None:
    plan = month(LAW, "taxable_income")
    raws = (54_300_999, 54_300_000, 999, -5)
    found = both(plan, [{"taxable_income_raw": raw} for raw in raws])
    assert [row["taxable_income"] for row in found] == [54_300_000, 54_300_000, 0, 0]


@pytest.mark.parametrize(
    ("taxable", "expected"),
    [
        pytest.param(60_000_000, 3_000_000, id="oracle_tax_T_11_60m"),
        pytest.param(250_000_000, 31_500_000, id="oracle_tax_T_11_250m"),
        pytest.param(500_000_000, 94_000_000, id="oracle_tax_T_11_500m"),
        pytest.param(5_000_000_000, 1_444_000_000, id="oracle_tax_T_11_5000m"),
    ],
)
def test_marginal_rates(taxable: int, expected: int) -> None:
    assert one(month(LAW, "income_tax"), {"taxable_income_raw": taxable}) == expected


def test_oracle_tax_T_12_occupational_cost() -> None:
    plan = month(LAW, "occupational_cost_month")
    assert [one(plan, {"gross_month": gross}) for gross in (8_000_000, 12_000_000)] == [400_000, 500_000]


def test_oracle_tax_T_13_honorarium_is_final() -> None:
    plan = month(LAW, "honorarium_tax")
    groups = ("II/d", "III/a", "IV/a")
    found = both(plan, [{"honorarium": 1_000_000, "golongan": golongan} for golongan in groups])
    assert [row["honorarium_tax"] for row in found] == [0, 50_000, 150_000]


def test_oracle_tax_T_14_the_status_of_1_january_holds_all_year() -> None:
    """Married on 10 February: the fact is the status on 1 January, and every month asks that fact."""
    facts = {"gross_month": 10_000_000, "tax_status": "TK/0"}
    for number in range(1, 13):
        until = date(2026 + number // 12, number % 12 + 1, 1)
        plan = month(LAW, "ter_tax", on=date(2026, number, 1), until=until)
        assert one(plan, facts) == 200_000
    [fact] = [fact for fact in month(LAW, "ter_tax").facts if fact.name == "tax_status"]
    assert fact.title == "Status PTKP pada 1 Januari"


def test_oracle_tax_T_15_borne_tax_is_never_handed_back() -> None:
    facts = {"gross_year": 60_000_000, "pension_year": 0, "tax_status": "K/0", "tax_withheld": 900_000}
    assert one(month(LAW, "last_period_tax"), facts) == 0


def test_an_unknown_status_leaves_the_tax_unknown() -> None:
    rows = [{"gross_month": 10_000_000, "tax_status": status} for status in ("K/0", None, "K/9")]
    assert [row["ter_tax"] for row in both(month(LAW, "ter_tax"), rows)] == [200_000, None, None]


def test_ter_on_the_allowance_looks_at_fixed_income_too() -> None:
    """6,000,000 fixed and 4,000,000 of TPP: the rate of 10,000,000, on the 4,000,000."""
    law = load_law("permentan")
    plan = law.plan(("tpp_tax",), date(2026, 10, 1), date(2026, 11, 1), given=("tpp_gross",))
    facts = [
        person(fixed_income=fixed, tax_status="K/0") | {"tpp_gross": 4_000_000} for fixed in (6_000_000, None)
    ]
    assert [row["tpp_tax"] for row in as_traces(plan, facts)] == [80_000, None]
    assert both(plan, facts) == [{"tpp_tax": 80_000}, {"tpp_tax": None}]
