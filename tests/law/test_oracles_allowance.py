"""Oracles of the allowance: what regulations and agencies' code give, from punches, both ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pamong.law.engine.formulas import fact, formula
from pamong.law.engine.law import load_law
from pamong.law.engine.ops import (
    given,
    greatest,
    least,
    lookup,
    ratio,
    round_down,
    round_half_up,
    sum_days,
    where,
)
from tests.law.world import (
    both,
    law_of,
    month,
    one,
    own_law,
    parameter,
    person,
    whole_month,
    workday,
)

PPM = 10_000  # parts per million in a percent
ABSENT = workday(None, None)


def late(minutes: int) -> dict[str, Any]:
    """A day that began so many minutes after 07.30."""
    return workday(f"{(450 + minutes) // 60:02d}:{(450 + minutes) % 60:02d}")


def early(minutes: int) -> dict[str, Any]:
    """A day that ended so many minutes before 16.00."""
    return workday(last_out=f"{(960 - minutes) // 60:02d}:{(960 - minutes) % 60:02d}")


# Samarinda, Perwali 31/2022


def samarinda_cut(*days: dict[str, Any], **facts: Any) -> Any:
    """The month's percentage in hundredths of a percent."""
    return one(month(load_law("samarinda"), "cut_rate"), person(**facts), day=days) // (PPM // 100)


def test_oracle_allowance_A_1_a_day_absent_45_minutes_late_a_muster_missed() -> None:
    assert samarinda_cut(ABSENT, late(45), musters_missed=1) == 1300


def test_oracle_allowance_A_2_at_most_the_whole() -> None:
    assert samarinda_cut(*[ABSENT] * 20) == 10_000
    plan = month(load_law("samarinda"), "tpp_gross", "discipline_cut", "tpp_ceiling")
    [found] = both(plan, [person()], {"day": [(0, ABSENT)] * 20, "segment": [(0, whole_month())]})
    assert found["tpp_gross"] == 0
    assert found["discipline_cut"] == found["tpp_ceiling"] > 0


@pytest.mark.parametrize(
    ("minutes", "cut"), [(0, 0), (30, 250), (31, 300), (60, 300), (61, 400), (90, 400), (91, 500)]
)
def test_oracle_allowance_A_3_steps_of_lateness(minutes: int, cut: int) -> None:
    assert samarinda_cut(late(minutes)) == cut


def test_samarinda_counts_780_minutes_before_it_delays() -> None:
    plan = month(load_law("samarinda"), "is_delayed")
    days = [late(180)] * 4
    assert one(plan, person(hours_left=1), day=days) is False
    assert one(plan, person(hours_left=1), day=[*days, late(1)]) is True
    assert one(plan, person(hours_left=1), day=[*days[:3], workday(None), late(60)]) is False


# Manado, Perwali 1/2022 jo 30/2023


def test_oracle_allowance_A_4_manado() -> None:
    """Late once up to 30 minutes, early once up to 60, full productivity: 60 % + 97 x 40 % = 98.8 %."""
    plan = month(
        load_law("manado"),
        "tpp_ceiling",
        "productivity_earned",
        "discipline_earned",
        "earned_total",
        "points_lost",
    )
    rows = {"day": [(0, late(20)), (0, early(45)), (0, workday())], "segment": [(0, whole_month())]}
    [found] = both(plan, [person(productivity_score=100)], rows)
    ceiling = found["tpp_ceiling"]
    assert found["points_lost"] == 3
    assert found["productivity_earned"] == (ceiling * 6 + 5) // 10
    assert found["discipline_earned"] == (ceiling * 388 + 500) // 1000
    assert abs(found["earned_total"] * 1000 - ceiling * 988) < 1000


@pytest.mark.parametrize(
    ("arrival", "points"), [("07:30:59", 0), ("07:31:00", 1), ("08:00:59", 1), ("08:01:00", 2)]
)
def test_oracle_allowance_A_5_grace_of_59_seconds(arrival: str, points: int) -> None:
    assert one(month(load_law("manado"), "points_lost"), person(), day=[workday(arrival)]) == points


@pytest.mark.parametrize(("attended", "factor"), [(24, 0), (25, 50), (49, 50), (50, 100), (100, 100), (0, 0)])
def test_oracle_allowance_A_6_attendance_thresholds(attended: int, factor: int) -> None:
    days = [workday()] * attended + [ABSENT] * (100 - attended)
    assert one(month(load_law("manado"), "attendance_factor"), person(), day=days) == factor * PPM


def test_manado_a_month_without_expected_days_counts_as_attended() -> None:
    assert one(month(load_law("manado"), "attendance_factor"), person(), day=[]) == 100 * PPM


# Shapes of other agencies, built on the same engine


@pytest.mark.usefixtures("own_formulas")
@pytest.mark.parametrize(
    ("score", "converted"), [(4999, 0), (5000, 5000), (7000, 7860), (8499, 10_004), (8500, 10_000)]
)
def test_oracle_allowance_A_7_karawang_converts_the_score(score: int, converted: int) -> None:
    """Scores in hundredths. Their slope of 1.43 gives 100.04 at 84.99: a flaw of theirs."""
    fact("score", "person_month", "points", "Nilai capaian (perseratus)")
    formula(name="converted", title="Nilai konversi", unit="points")(
        lambda score, lowest, full_from, whole, slope: where(
            score < lowest,
            0,
            where(score < full_from, round_half_up(lowest + (score - lowest) * slope), whole),
        )
    )
    law = law_of(
        "contoh",
        parameter("uji/lowest", 5000, "points"),
        parameter("uji/full_from", 8500, "points"),
        parameter("uji/whole", 10_000, "points"),
        parameter("uji/slope", "143 %", "rate"),
    )
    assert one(month(law, "converted"), {"score": score}) == converted


def test_oracle_allowance_A_8_kemenko() -> None:
    """TL2 (from 08.31), TL4 (from 09.31) and a day absent: the method percent_of_tpp has the shape."""
    plan = month(own_law("kemenko"), "cut_rate")
    assert one(plan, person(), day=[late(75), late(125), ABSENT]) == 55_000
    assert one(plan, person(), day=[late(60)]) == 0


@pytest.fixture
def per_minute(own_formulas: None) -> None:
    """No shipped method takes a percentage for every minute; a site adds the shape as a method of its own."""
    own = "discipline.per_minute"
    formula(name="day_cut", title="Potongan hari ini", unit="rate", level="day", method=own)(_cut_of_day)
    formula(name="cut_rate", title="Potongan bagian kehadiran", unit="rate", method=own)(
        lambda day_cut, cut_muster, musters_missed, cut_cap: least(
            cut_cap, sum_days(day_cut) + cut_muster * musters_missed
        )
    )
    formula(name="total_cut", title="Potongan dari seluruh tunjangan", unit="rate")(
        lambda cut_rate, weight_discipline: cut_rate * weight_discipline
    )


def _cut_of_day(
    is_absent: Any,
    has_one_record: Any,
    late_minutes: Any,
    early_minutes: Any,
    cut_per_minute: Any,
    counted_step: Any,
    cut_no_record: Any,
    cut_absent: Any,
) -> Any:
    present = cut_per_minute * ratio(late_minutes + early_minutes, counted_step)
    return where(is_absent, cut_absent, present + where(has_one_record, cut_no_record, 0))


@pytest.mark.usefixtures("per_minute")
@pytest.mark.parametrize(
    ("days", "musters", "expected"),
    [
        pytest.param([ABSENT, ABSENT], 0, 60_000, id="oracle_allowance_A_9"),
        pytest.param([late(100)], 0, 10_000, id="oracle_allowance_A_10"),
        pytest.param(
            [ABSENT, workday(None), workday(last_out=None), late(30), late(20), early(10)],
            1,
            86_000,
            id="oracle_allowance_A_11",
        ),
    ],
)
def test_kemnaker_cuts_by_the_minute(days: list[dict[str, Any]], musters: int, expected: int) -> None:
    plan = month(own_law("kemnaker"), "cut_rate")
    assert one(plan, person(musters_missed=musters), day=days) == expected


@pytest.mark.usefixtures("per_minute")
def test_oracle_allowance_A_12_of_the_whole_allowance() -> None:
    assert one(month(own_law("kemnaker"), "total_cut"), person(), day=[ABSENT]) == 9_000


def test_oracle_allowance_A_13_bogor_pays_candidates_80_percent() -> None:
    plan = month(own_law("bogor"), "status_share")
    assert [row["status_share"] for row in both(plan, [person(is_cpns=True), person()])] == [
        800_000,
        1_000_000,
    ]


@pytest.mark.usefixtures("own_formulas")
@pytest.mark.parametrize(("quarter", "expected"), [(3, 5_880_000), (4, 5_700_000), (None, 6_000_000)])
def test_oracle_allowance_A_14_sumenep_lowers_productivity_for_low_absorption(
    quarter: int | None, expected: int
) -> None:
    fact("late_quarter", "person_month", "count", "Triwulan yang serapannya rendah", nullable=True)
    fact("reached", "person_month", "rupiah", "Bagian produktivitas")
    formula(name="absorbed", title="Bagian produktivitas menurut serapan", unit="rupiah")(
        lambda reached, late_quarter, absorption: round_half_up(
            reached * given(lookup(absorption, late_quarter), 1)
        )
    )
    table = parameter("uji/absorption", {3: "98 %", 4: "95 %"}, "rate", kind="table", by=["quarter"])
    plan = month(law_of("contoh", table), "absorbed")
    assert one(plan, {"late_quarter": quarter, "reached": 6_000_000}) == expected


# The common ladder and the class amounts


@pytest.mark.parametrize(("minutes", "cut"), [(0, 0), (30, 5_000), (31, 10_000), (61, 12_500), (91, 15_000)])
def test_gap_G_28_the_common_ladder_cuts_the_discipline_part(minutes: int, cut: int) -> None:
    plan = month(load_law("tulangbawangbarat"), "cut_rate", "discipline_cut", "discipline_earned")
    rows = {"day": [(0, late(minutes)), (0, workday())], "segment": [(0, whole_month())]}
    [found] = both(plan, [person()], rows)
    assert found["cut_rate"] == cut
    assert found["discipline_cut"] == (found["discipline_earned"] * cut + 500_000) // 1_000_000


@pytest.fixture
def by_index(own_formulas: None) -> Callable[[int, int, int], int]:
    """The national formula: the central amount of the class times the region's index."""
    formula(name="basic_tpp", title="TPP dasar", unit="rupiah")(
        lambda post_class, bpk_class_amount, index_number, index_scale: round_half_up(
            lookup(bpk_class_amount, post_class) * ratio(index_number, index_scale)
        )
    )
    fact("post_class", "person_month", "count", "Kelas jabatan")

    def amount(post_class: int, number: int, scale: int) -> int:
        law = law_of(
            "contoh",
            parameter("uji/index_number", number, "count"),
            parameter("uji/index_scale", scale, "count"),
        )
        return int(one(month(law, "basic_tpp"), {"post_class": post_class}))

    return amount


def test_gap_G_18_class_9_of_lubuklinggau(by_index: Callable[[int, int, int], int]) -> None:
    assert by_index(9, 59_112_978, 100_000_000) == 5_532_975


def test_gap_G_31_class_8_of_seruyan(by_index: Callable[[int, int, int], int]) -> None:
    assert by_index(8, 4653, 10_000) == 3_500_452


@pytest.mark.usefixtures("own_formulas")
def test_karawang_with_the_exact_slope_never_passes_100() -> None:
    """50/35 as an exact share instead of 1.43."""
    fact("score", "person_month", "points", "Nilai capaian (perseratus)")
    formula(name="exact", title="Nilai konversi", unit="points")(
        lambda score, lowest, full_from, whole: least(
            whole, round_down(lowest + lowest * ratio(greatest(0, score - lowest), full_from - lowest))
        )
    )
    law = law_of(
        "contoh",
        parameter("uji/lowest", 5000, "points"),
        parameter("uji/full_from", 8500, "points"),
        parameter("uji/whole", 10_000, "points"),
    )
    scores = (5000, 7000, 8499, 8500, 9000)
    found = both(month(law, "exact"), [{"score": score} for score in scores])
    assert [row["exact"] for row in found] == [5000, 7857, 9998, 10_000, 10_000]


@pytest.mark.parametrize("minutes", [0, 60, 61, 90, 91, 120, 121])
def test_the_steps_of_kemenko_do_not_overlap(minutes: int) -> None:
    """Their page gives 08.31, 09.01 and 09.31 to two steps each; a bracket gives every minute to one."""
    steps = own_law("kemenko").by_name["cut_late"].history[0].value
    expected = 0 if minutes <= 60 else 10_000 if minutes <= 90 else 12_500 if minutes <= 120 else 15_000
    assert steps.at(minutes) == expected
    assert one(month(own_law("kemenko"), "cut_rate"), person(), day=[late(minutes)]) == expected
