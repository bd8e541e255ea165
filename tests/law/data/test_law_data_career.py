"""Careers: the tables of rank, echelon, age limits and schooling fit together, and their dates meet."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from pamong.organisation.choices import PostKind

NOW = date(2026, 11, 10)
BEFORE_PP_11 = date(2017, 4, 6)
GRADES = 17


def order(law: Any) -> dict[str, int]:
    """The place of each golongan of PNS."""
    return law.value("career/golongan_order", NOW)


def test_golongan_have_an_order_a_code_and_a_pangkat(law: Any) -> None:
    code = law.value("career/golongan_siasn_code", NOW)
    assert list(order(law).values()) == list(range(1, GRADES + 1))
    assert list(order(law)) == list(law.value("pay/golongan_pangkat", NOW)) == list(code)
    assert sorted(code, key=lambda golongan: int(code[golongan])) == list(order(law))
    assert (code["I/a"], code["II/d"], code["III/c"], code["IV/e"]) == ("11", "24", "33", "45")


def test_golongan_of_pppk_are_those_of_the_salary_table(law: Any) -> None:
    paid = {golongan for golongan, _ in law.value("pay/base_salary_pppk", NOW)}
    scale = law.value("career/golongan_order_pppk", NOW)
    assert set(scale) == paid and list(scale.values()) == list(range(1, GRADES + 1))
    assert scale == law.value("career/golongan_order_pppk", date(2022, 1, 1))


@pytest.mark.parametrize("on", [BEFORE_PP_11, NOW])
def test_limits_of_echelons_overlap_by_one_step_down_the_ladder(law: Any, on: date) -> None:
    low, high = (law.value(f"career/eselon_{end}_golongan", on) for end in ("lowest", "highest"))
    assert set(high) - set(low) == {"I.a", "I.b"}
    for eselon in low:
        assert order(law)[high[eselon]] == order(law)[low[eselon]] + 1
    for above, below in pairwise(low):
        assert order(law)[low[above]] == order(law)[low[below]] + 1
    assert (low["II.b"], high["II.b"], low["IV.b"], high["V.a"]) == ("IV/b", "IV/c", "III/b", "III/b")


@pytest.mark.parametrize("on", [date(2014, 1, 15), BEFORE_PP_11, NOW])
def test_kinds_of_posts_are_those_of_the_peta_jabatan_and_have_an_age_limit(law: Any, on: date) -> None:
    ages = law.value("career/retirement_age", on)
    assert set(ages) == set(PostKind) - {PostKind.FUNCTIONAL}
    assert set(law.value("career/eselon_post_kind", on).values()) <= set(ages)
    assert {kind for kind, age in ages.items() if age == 60} == {
        kind for kind in ages if kind.startswith("jpt_")
    }
    assert set(ages.values()) == {58, 60}


def test_siasn_codes_of_echelons_lead_to_known_echelons(law: Any) -> None:
    codes = law.value("career/eselon_siasn_code", NOW)
    known = set(law.value("career/eselon_highest_golongan", NOW))
    assert set(codes.values()) - known == {"V.b"} and known <= set(codes.values())


def test_age_limits_of_functional_posts(law: Any) -> None:
    ages = law.value("career/retirement_age_functional", NOW)
    assert [ages[f"jf_ahli_{level}"] for level in ("pertama", "muda", "madya", "utama")] == [58, 58, 60, 65]
    assert {ages[f"jf_{level}"] for level in ("pemula", "terampil", "mahir", "penyelia", "keterampilan")} == {
        58
    }
    special = law.value("career/retirement_age_researcher", NOW)
    assert {key.partition("_")[2] for key in special} == {
        "ahli_pertama",
        "ahli_muda",
        "ahli_madya",
        "ahli_utama",
    }


def test_a_name_has_one_age_limit(law: Any) -> None:
    names = ["", "_functional", "_teacher", "_lecturer", "_researcher"]
    tables = [law.value(f"career/retirement_age{name}", NOW) for name in names]
    assert len(set().union(*tables)) == sum(len(table) for table in tables)


@pytest.mark.parametrize("on", [date(2001, 1, 1), date(2010, 1, 1), NOW])
def test_schooling_starts_below_where_it_ends_and_more_schooling_is_not_less(law: Any, on: date) -> None:
    first, top = (law.value(f"career/education_{end}_golongan", on) for end in ("first", "highest"))
    assert set(top) <= set(first)
    assert all(order(law)[first[level]] < order(law)[top[level]] for level in top)
    ladder = ["sd", "smp", "sma", "d2", "d3", "s1", "s2", "s3"]
    for table in (first, top):
        places = [order(law)[table[level]] for level in ladder]
        assert places == sorted(places)
    assert set(law.value("career/education_siasn_code", NOW).values()) <= set(first)


def test_schooling_of_pppk_leaves_out_what_sources_disagree_on(law: Any) -> None:
    table = law.value("career/education_pppk_golongan", NOW)
    scale = law.value("career/golongan_order_pppk", NOW)
    assert set(table) <= set(law.value("career/education_first_golongan", NOW)) - {"sma", "smk", "d1"}
    assert [scale[golongan] for golongan in table.values()] == [1, 4, 6, 7, 9, 9, 10, 11]


@pytest.mark.parametrize(
    ("key", "before", "now"),
    [
        ("cpns_probation_lowest", 12, 12),
        ("cpns_probation_highest", 24, 12),
        ("cpns_age_lowest", 18, 18),
        ("cpns_age_highest", 35, 35),
    ],
)
def test_rules_that_pp_11_of_2017_took_over(law: Any, key: str, before: int, now: int) -> None:
    assert law.value(f"career/{key}", BEFORE_PP_11) == before
    assert (
        law.value(f"career/{key}", BEFORE_PP_11 + timedelta(days=1)) == now == law.value(f"career/{key}", NOW)
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("pppk_age_lowest", 20),
        ("pppk_years_before_retirement", 1),
        ("pension_start_months", 1),
        ("acting_months", 3),
        ("acting_extension_months", 3),
        ("acting_levels_up", 1),
    ],
)
def test_single_numbers(law: Any, key: str, value: int) -> None:
    assert law.value(f"career/{key}", NOW) == value
