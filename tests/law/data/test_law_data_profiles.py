"""Profiles: every chosen method finds its parameters, and the regions' own numbers give the oracles."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

LAW = Path(__file__).resolve().parents[3] / "src" / "pamong" / "law"
PROFILES = sorted(path.parent.name for path in (LAW / "profiles").glob("*/profile.yaml"))
NOW = date(2026, 10, 1)
CUTS = {"cut_late", "cut_early", "cut_absent", "cut_no_record", "cut_left_office", "cut_muster", "cut_cap"}
NEEDS = {
    "by_day": set(),
    "first_of_month": set(),
    "minutes": {"productivity_target_minutes", "absence_minutes_per_day"},
    "score": set(),
    "none": set(),
    "points": {"points_late", "points_early", "points_no_record", "points_absent"},
    "percent_of_tpp": CUTS | {"delay_minutes", "no_record_minutes"},
    "percent_of_discipline_part": CUTS | {"delay_minutes", "no_record_minutes"},
    "final_by_golongan": {"tax_final_rate"},
    "ter": {"ter_a", "ter_b", "ter_c", "ter_category"},
    "share_of_post": {"acting_share", "acting_paid", "acting_least_days"},
    "to_date": set(),
    "one_percent_capped": {"bpjs_employee_rate", "bpjs_income_cap"},
}
ALWAYS = {
    "tpp_class_amount",
    "attendance_multiplier",
    "tpp_standing",
    "cpns_share",
    "lhkpn_cut",
    "negative_activity_cut",
    "work_start",
    "work_end",
    "ramadan_start",
    "ramadan_end",
    "late_grace_seconds",
    "record_opens_before",
    "record_closes_after",
    *(f"component_{part}" for part in ("load", "performance", "conditions", "location", "scarcity", "other")),
}


def methods(profile: str) -> dict[str, str]:
    """The methods that a profile chooses, by slot."""
    return yaml.safe_load((LAW / "profiles" / profile / "profile.yaml").read_text("utf-8"))["methods"]


def test_the_promised_profiles_are_there() -> None:
    assert {"contoh", "manado", "permentan", "samarinda", "tulangbawangbarat"} <= set(PROFILES)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_method_finds_its_parameters(law: Any, profile: str) -> None:
    chosen = methods(profile)
    assert set(chosen) >= {"proration", "productivity", "discipline", "tax", "health"}
    needed = ALWAYS.union(*(NEEDS[method] for method in chosen.values()))
    if chosen["productivity"] != "none" or chosen["discipline"] != "percent_of_tpp":
        needed |= {"weight_productivity", "weight_discipline"}
    assert needed - law.names(profile) == set()


@pytest.mark.parametrize("profile", PROFILES)
def test_class_tables_cover_classes_1_to_15_and_rise(law: Any, profile: str) -> None:
    amounts = law.value("pay/tpp_class_amount", NOW, profile)
    assert list(amounts) == list(range(1, 16))
    assert sorted(amounts.values()) == list(amounts.values())
    for component in ("load", "performance", "conditions", "location", "scarcity", "other"):
        assert list(law.value(f"pay/component_{component}", NOW, profile)) == list(range(1, 16))


@pytest.mark.parametrize(
    "profile", [name for name in PROFILES if methods(name)["discipline"] != "percent_of_tpp"]
)
def test_weights_are_100_together(law: Any, as_percent: Callable[[str], Fraction], profile: str) -> None:
    parts = [law.value(f"pay/weight_{part}", NOW, profile) for part in ("productivity", "discipline")]
    assert sum(as_percent(part) for part in parts) == 1
    assert law.raw("pay/weight_productivity", profile)["sums_to_100_with"] == ["weight_discipline"]


def week_minutes(law: Any, profile: str, week: str, season: str, breaks: dict[int, int]) -> int:
    """Minutes of duty in a week: from start to end of every day, less its break."""
    start, end = (law.value(f"attendance/{season}_{edge}", NOW, profile)[week] for edge in ("start", "end"))
    assert list(start) == list(end)
    return sum((end[day] - start[day]) // 60 - breaks.get(day, 0) for day in start)


@pytest.mark.parametrize("profile", ["contoh", "manado", "permentan", "tulangbawangbarat"])
def test_five_day_weeks_hold_the_national_hours_less_breaks(law: Any, profile: str) -> None:
    for season, total in (("work", "week_minutes"), ("ramadan", "ramadan_week_minutes")):
        breaks = law.value(
            "attendance/" + ("break_minutes" if season == "work" else "ramadan_break_minutes"), NOW
        )
        assert week_minutes(law, profile, "5", season, breaks) == law.value(f"attendance/{total}", NOW)


@pytest.mark.parametrize("profile", PROFILES)
def test_six_day_weeks_hold_the_national_hours_without_breaks(law: Any, profile: str) -> None:
    assert week_minutes(law, profile, "6", "work", {}) == law.value("attendance/week_minutes", NOW)
    assert week_minutes(law, profile, "6", "ramadan", {}) == law.value("attendance/ramadan_week_minutes", NOW)


def test_samarinda_five_day_week_is_37_and_a_half_hours_from_door_to_door(law: Any) -> None:
    assert week_minutes(law, "samarinda", "5", "work", {}) == 2250


def test_oracle_tpp_A_1(law: Any, as_percent: Callable[[str], Fraction]) -> None:
    cut = as_percent(law.value("discipline/cut_absent", NOW, "samarinda"))
    cut += law.bracket("discipline/cut_late", NOW, 45, "samarinda")
    cut += as_percent(law.value("discipline/cut_muster", NOW, "samarinda"))
    assert cut == as_percent("13 %")


def test_oracle_tpp_A_2(law: Any, as_percent: Callable[[str], Fraction]) -> None:
    absent = as_percent(law.value("discipline/cut_absent", NOW, "samarinda")) * 20
    assert absent == as_percent("140 %")
    assert min(absent, as_percent(law.value("discipline/cut_cap", NOW, "samarinda"))) == 1


@pytest.mark.parametrize(
    ("profile", "late", "cut"),
    [
        pytest.param("samarinda", 0, "0 %", id="oracle_tpp_A_3_in_time"),
        pytest.param("samarinda", 30, "2,5 %", id="oracle_tpp_A_3_30"),
        pytest.param("samarinda", 31, "3 %", id="oracle_tpp_A_3_31"),
        pytest.param("samarinda", 60, "3 %", id="oracle_tpp_A_3_60"),
        pytest.param("samarinda", 61, "4 %", id="oracle_tpp_A_3_61"),
        pytest.param("samarinda", 90, "4 %", id="oracle_tpp_A_3_90"),
        pytest.param("samarinda", 91, "5 %", id="oracle_tpp_A_3_91"),
        pytest.param("tulangbawangbarat", 30, "0,5 %", id="oracle_gaps_G_28_30"),
        pytest.param("tulangbawangbarat", 31, "1 %", id="oracle_gaps_G_28_31"),
        pytest.param("tulangbawangbarat", 61, "1,25 %", id="oracle_gaps_G_28_61"),
        pytest.param("tulangbawangbarat", 91, "1,5 %", id="oracle_gaps_G_28_91"),
        pytest.param("permentan", 30, "0,5 %", id="permentan_TL1"),
        pytest.param("permentan", 60, "1 %", id="permentan_TL2"),
        pytest.param("permentan", 90, "1,5 %", id="permentan_TL3"),
        pytest.param("permentan", 91, "2 %", id="permentan_TL4"),
    ],
)
def test_cuts_for_being_late(
    law: Any, as_percent: Callable[[str], Fraction], profile: str, late: int, cut: str
) -> None:
    assert law.bracket("discipline/cut_late", NOW, late, profile) == as_percent(cut)


@pytest.mark.parametrize("profile", ["manado", "contoh"])
@pytest.mark.parametrize(("late", "points"), [(0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3)])
def test_points_for_being_late_or_leaving_early(law: Any, profile: str, late: int, points: int) -> None:
    assert law.bracket("discipline/points_late", NOW, late, profile) == points
    assert law.bracket("discipline/points_early", NOW, late, profile) == points


def test_oracle_tpp_A_5_grace_is_59_seconds(law: Any) -> None:
    assert law.value("attendance/late_grace_seconds", NOW, "manado") == 59


@pytest.mark.parametrize(("attended", "factor"), [(24, "0 %"), (25, "50 %"), (49, "50 %"), (50, "100 %")])
def test_oracle_tpp_A_6(law: Any, as_percent: Callable[[str], Fraction], attended: int, factor: str) -> None:
    assert law.raw("pay/attendance_multiplier", "manado")["upper"] == "exclusive"
    share = Fraction(attended, 100)
    steps = law.value("pay/attendance_multiplier", NOW, "manado")
    assert next(result for bound, result in steps if bound is None or share < as_percent(bound)) == factor


def test_manado_leaves_pppk_without_a_stated_rate_out(law: Any) -> None:
    table = law.value("tax/tax_final_rate", NOW, "manado")
    assert {table["IX"], table["X"]} == {"5 %"} and "XI" not in table and "VIII" not in table


@pytest.mark.parametrize(
    ("days", "sanction"), [(2, "tidak ada"), (3, "teguran lisan"), (5, "teguran tertulis")]
)
def test_oracle_discipline_D_1_and_D_2(law: Any, days: int, sanction: str) -> None:
    ladder = law.value("discipline/absence_sanction", NOW)
    assert ladder[max(step for step in ladder if step <= days)] == sanction


def test_absence_ladder_levels_stand_on_its_steps(law: Any) -> None:
    ladder = law.value("discipline/absence_sanction", NOW)
    level = law.value("discipline/absence_sanction_level", NOW)
    assert list(ladder) == [0, 3, 4, 7, 11, 14, 17, 21, 25, 28]
    assert set(level) <= set(ladder) and list(level.values()) == ["tidak ada", "ringan", "sedang", "berat"]
    interim = law.value("discipline/absence_sanction_interim", NOW)
    assert list(interim) == [11, 14, 17]
