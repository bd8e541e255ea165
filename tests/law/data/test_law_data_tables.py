"""Salary, class and tax tables: complete, in order, and equal to the oracles of the reference."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Any

import pytest

NOW = date(2026, 10, 1)
TABLES = {"base_salary_pns": 17, "base_salary_pppk": 17}


def half_up(number: Fraction) -> int:
    """To the nearest rupiah, halves upwards."""
    return floor(number + Fraction(1, 2))


@pytest.mark.parametrize("name", TABLES)
def test_a_salary_table_is_complete_and_rises(law: Any, name: str) -> None:
    table = {
        (golongan, int(mkg)): int(rupiah) for (golongan, mkg), rupiah in law.value(f"pay/{name}", NOW).items()
    }
    golongan = list(dict.fromkeys(key[0] for key in table))
    assert len(table) == 272 and len(golongan) == TABLES[name]
    for one in golongan:
        ladder = sorted((mkg, rupiah) for (key, mkg), rupiah in table.items() if key == one)
        assert ladder[0][0] in (0, 3) and ladder[-1][0] in (26, 27, 32, 33)
        for (years, before), (later, after) in pairwise(ladder):
            # every two-year step of the published tables is 3.15 %, the one-year step half of it
            step = Fraction(after, before)
            assert later - years in (1, 2)
            low, high = (10314, 10316) if later - years == 2 else (10157, 10158)
            assert low <= step * 10000 <= high
    for lower, higher in pairwise(golongan):
        shared = {mkg for key, mkg in table if key == lower} & {mkg for key, mkg in table if key == higher}
        assert all(table[lower, mkg] < table[higher, mkg] for mkg in shared)


@pytest.mark.parametrize(
    ("name", "golongan", "mkg", "rupiah"),
    [
        ("base_salary_pns", "I/a", 0, 1_685_700),
        ("base_salary_pns", "II/c", 5, 2_564_200),
        ("base_salary_pns", "II/d", 19, 3_320_600),
        ("base_salary_pns", "III/a", 0, 2_785_700),
        ("base_salary_pns", "III/a", 22, 3_918_100),
        ("base_salary_pns", "III/b", 16, 3_721_100),
        ("base_salary_pns", "III/b", 24, 4_212_500),
        ("base_salary_pns", "IV/e", 32, 6_373_200),
        ("base_salary_pppk", "I", 0, 1_938_500),
        ("base_salary_pppk", "V", 1, 2_551_100),
        ("base_salary_pppk", "IX", 0, 3_203_600),
        ("base_salary_pppk", "XII", 32, 5_957_800),
    ],
)
def test_base_salary_cells(law: Any, name: str, golongan: str, mkg: int, rupiah: int) -> None:
    assert int(law.value(f"pay/{name}", NOW)[golongan, str(mkg)]) == rupiah


def test_golongan_of_the_salary_table_have_a_pangkat(law: Any) -> None:
    salary = {golongan for golongan, _ in law.value("pay/base_salary_pns", NOW)}
    assert salary == set(law.value("pay/golongan_pangkat", NOW)) == set(law.value("tax/tax_final_rate", NOW))


@pytest.mark.parametrize(
    ("income", "rates"),
    [
        pytest.param(10_000_000, ("2 %", "1,5 %", "1,5 %"), id="oracle_tax_T_7"),
        pytest.param(20_000_000, ("9 %", "8 %", "8 %"), id="oracle_tax_T_8"),
        pytest.param(30_000_000, ("12 %", "12 %", "11 %"), id="oracle_tax_T_9"),
    ],
)
def test_ter_of_three_categories(
    law: Any, as_percent: Callable[[str], Fraction], income: int, rates: tuple[str, str, str]
) -> None:
    assert [law.bracket(f"tax/ter_{one}", NOW, income) for one in "abc"] == [
        as_percent(rate) for rate in rates
    ]


@pytest.mark.parametrize(
    ("category", "income", "rate"),
    [
        pytest.param("a", 5_400_000, "0 %", id="oracle_tax_T_2"),
        pytest.param("a", 5_400_001, "0,25 %", id="oracle_tax_T_2_next"),
        pytest.param("a", 10_050_000, "2 %", id="oracle_tax_T_3"),
        pytest.param("a", 10_050_001, "2,25 %", id="oracle_tax_T_3_next"),
        pytest.param("a", 1_400_000_000, "33 %", id="oracle_tax_T_4"),
        pytest.param("a", 1_400_000_001, "34 %", id="oracle_tax_T_4_next"),
        pytest.param("b", 6_200_000, "0 %", id="oracle_tax_T_5_b"),
        pytest.param("b", 6_200_001, "0,25 %", id="oracle_tax_T_5_b_next"),
        pytest.param("c", 6_600_000, "0 %", id="oracle_tax_T_5_c"),
        pytest.param("c", 6_600_001, "0,25 %", id="oracle_tax_T_5_c_next"),
        pytest.param("c", 12_050_000, "2 %", id="oracle_tax_T_6"),
        pytest.param("c", 12_050_001, "3 %", id="oracle_tax_T_6_next"),
    ],
)
def test_ter_bounds(
    law: Any, as_percent: Callable[[str], Fraction], category: str, income: int, rate: str
) -> None:
    assert law.bracket(f"tax/ter_{category}", NOW, income) == as_percent(rate)


@pytest.mark.parametrize(("category", "rows"), [("a", 44), ("b", 40), ("c", 41)])
def test_ter_tables_rise_to_34_percent(
    law: Any, as_percent: Callable[[str], Fraction], category: str, rows: int
) -> None:
    table = law.value(f"tax/ter_{category}", NOW)
    bounds, rates = [row[0] for row in table], [as_percent(row[1]) for row in table]
    assert len(table) == rows and bounds[-1] is None and rates[0] == 0 and rates[-1] == as_percent("34 %")
    assert all(low < high for low, high in pairwise(bounds[:-1])) and all(
        bound % 50_000 == 0 for bound in bounds[:-1]
    )
    assert all(low < high for low, high in pairwise(rates))


def test_ter_categories_and_ptkp_know_the_same_statuses(law: Any) -> None:
    category, amount = law.value("tax/ter_category", NOW), law.value("tax/ptkp", NOW)
    assert set(category) == set(amount)
    assert sorted(category.values()) == ["A", "A", "A", "B", "B", "B", "B", "C"]
    for status, rupiah in amount.items():
        married, dependants = status.startswith("K"), int(status[-1])
        assert rupiah == 54_000_000 + 4_500_000 * (married + dependants)


@pytest.mark.parametrize(
    ("taxable", "tax"),
    [
        (60_000_000, 3_000_000),
        (250_000_000, 31_500_000),
        (500_000_000, 94_000_000),
        (5_000_000_000, 1_444_000_000),
    ],
)
def test_oracle_tax_T_11(law: Any, as_percent: Callable[[str], Fraction], taxable: int, tax: int) -> None:
    total, floor_of_layer = Fraction(0), 0
    for bound, rate in law.value("tax/tax_annual_rate", NOW):
        top = taxable if bound is None else min(bound, taxable)
        total += max(0, top - floor_of_layer) * as_percent(rate)
        floor_of_layer = bound
        if bound is None or bound >= taxable:
            break
    assert total == tax


@pytest.mark.parametrize(
    ("table", "index", "misses"),
    [
        # class 3 is printed one rupiah low: the true index has more digits than the printed one
        pytest.param("lubuklinggau_2022", Fraction("0.59112978"), [3], id="lubuklinggau_2022"),
        pytest.param("seruyan_2022", Fraction("0.4653"), [], id="seruyan_2022"),
    ],
)
def test_printed_class_tables_agree_with_the_formula_within_a_rupiah(
    law: Any, table: str, index: Fraction, misses: list[int]
) -> None:
    printed = law.value(f"pay/basic_tpp_{table}", date(2022, 6, 1))
    base = law.value("pay/bpk_class_amount", date(2022, 6, 1))
    apart = {job_class: half_up(base[job_class] * index) - printed[job_class] for job_class in base}
    assert sorted(printed) == list(range(1, 16))
    assert [job_class for job_class, rupiah in apart.items() if rupiah] == misses
    assert all(abs(rupiah) <= 1 for rupiah in apart.values())


def test_stored_indices_are_those_of_the_check(law: Any, as_percent: Callable[[str], Fraction]) -> None:
    day = date(2022, 6, 1)
    assert law.value("pay/basic_tpp_index_lubuklinggau_2022", day) == "0,59112978"
    assert as_percent(law.value("pay/basic_tpp_index_seruyan_2022", day)) == Fraction("0.4653")


def test_oracle_gaps_G_18(law: Any) -> None:
    assert law.value("pay/basic_tpp_lubuklinggau_2022", date(2022, 6, 1))[9] == 5_532_975


def test_oracle_gaps_G_31(law: Any) -> None:
    assert law.value("pay/basic_tpp_seruyan_2022", date(2022, 6, 1))[8] == 3_500_452


def test_contoh_class_table_agrees_with_its_index(law: Any, as_percent: Callable[[str], Fraction]) -> None:
    base = law.value("pay/bpk_class_amount", NOW)
    index = as_percent(law.value("pay/tpp_index", NOW, "contoh"))
    printed = law.value("pay/tpp_class_amount", NOW, "contoh")
    assert {job_class: half_up(rupiah * index) for job_class, rupiah in base.items()} == printed


@pytest.mark.parametrize(
    ("key", "on", "expected"),
    [
        ("spouse_allowance_rate", date(1992, 3, 31), "5 %"),
        ("spouse_allowance_rate", date(1992, 4, 1), "10 %"),
        ("child_allowance_rate", NOW, "2 %"),
        ("child_count_limit", NOW, 3),
        ("pension_contribution_rate", NOW, "4,75 %"),
        ("old_age_savings_rate", NOW, "3,25 %"),
        ("jkk_rate", date(2017, 6, 1), "0,24 %"),
        ("jkm_rate", date(2017, 6, 30), "0,3 %"),
        ("jkm_rate", date(2017, 7, 1), "0,72 %"),
        ("food_allowance_cash", NOW, 72_420),
        ("bpjs_employee_rate", date(2020, 1, 1), "1 %"),
        ("bpjs_employer_rate", date(2020, 1, 1), "4 %"),
        ("bpjs_income_cap", date(2020, 1, 1), 12_000_000),
    ],
)
def test_rates_of_the_pay_oracles(law: Any, key: str, on: date, expected: object) -> None:
    assert law.value(f"pay/{key}", on) == expected
