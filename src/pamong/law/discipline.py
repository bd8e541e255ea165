"""How presence changes the allowance: points off a score, or a percentage off; the region chooses."""

from typing import Any

from pamong.law.engine.formulas import formula
from pamong.law.engine.ops import bracket, greatest, least, minutes_of, ratio, round_half_up, sum_days, where

# Points (Manado's shape): each event takes points off a full score


@formula(title="Poin yang dikurangi hari ini", unit="points", level="day", method="discipline.points")
def day_points(
    is_absent: Any,
    has_one_record: Any,
    is_excused: Any,
    late_minutes: Any,
    early_minutes: Any,
    points_late: Any,
    points_early: Any,
    points_no_record: Any,
    points_absent: Any,
) -> Any:
    """Late and early each by their step; a missing punch or a missing day by its own points."""
    present = bracket(points_late, late_minutes) + bracket(points_early, early_minutes)
    present = present + where(has_one_record, points_no_record, 0)
    return where(is_excused, 0, where(is_absent, points_absent, present))


@formula(title="Poin disiplin yang dikurangi", unit="points", method="discipline.points")
def points_lost(day_points: Any) -> Any:
    """All points of the month."""
    return sum_days(day_points)


@formula(title="Nilai disiplin", unit="points", method="discipline.points")
def discipline_score(full_score: Any, points_lost: Any) -> Any:
    """The full score less the points lost, never below nothing."""
    return greatest(0, full_score - points_lost)


@formula(
    name="discipline_earned",
    title="Bagian disiplin kerja",
    unit="rupiah",
    method="discipline.points",
    line="earned",
)
def discipline_earned_points(
    tpp_ceiling: Any, weight_discipline: Any, discipline_score: Any, full_score: Any
) -> Any:
    """The discipline part of the ceiling, by the score."""
    return round_half_up(tpp_ceiling * weight_discipline * ratio(discipline_score, full_score))


@formula(
    name="discipline_cut", title="Potongan kehadiran", unit="rupiah", method="discipline.points", line="cut"
)
def discipline_cut_points() -> Any:
    """Nothing more: points already shaped what was earned."""
    return 0


# Percentages off (Samarinda's and the common ladder's shape)


def _day_cut(
    is_absent: Any,
    has_one_record: Any,
    is_excused: Any,
    late_minutes: Any,
    early_minutes: Any,
    cut_late: Any,
    cut_early: Any,
    cut_no_record: Any,
    cut_absent: Any,
) -> Any:
    present = bracket(cut_late, late_minutes) + bracket(cut_early, early_minutes)
    present = present + where(has_one_record, cut_no_record, 0)
    return where(is_excused, 0, where(is_absent, cut_absent, present))


def _cut_rate(
    day_cut: Any, musters_missed: Any, cut_muster: Any, hours_left: Any, cut_left_office: Any, cut_cap: Any
) -> Any:
    return least(cut_cap, sum_days(day_cut) + cut_muster * musters_missed + cut_left_office * hours_left)


for _shape in ("discipline.percent_of_tpp", "discipline.percent_of_discipline_part"):
    # Late and early each by their step; a missing punch or a missing day by its own percentage.
    formula(name="day_cut", title="Potongan hari ini", unit="rate", level="day", method=_shape)(_day_cut)
    # The days' percentages, missed musters and hours away, up to the cap.
    formula(name="cut_rate", title="Persentase potongan kehadiran", unit="rate", method=_shape)(_cut_rate)


@formula(
    name="discipline_earned",
    title="Bagian disiplin kerja",
    unit="rupiah",
    method="discipline.percent_of_tpp",
    line="earned",
)
def discipline_earned_percent_of_tpp() -> Any:
    """Nothing apart: the whole ceiling is earned, and the percentage is taken off it."""
    return 0


@formula(
    name="discipline_cut",
    title="Potongan kehadiran",
    unit="rupiah",
    method="discipline.percent_of_tpp",
    line="cut",
)
def discipline_cut_percent_of_tpp(tpp_ceiling: Any, cut_rate: Any) -> Any:
    """The percentage of the ceiling."""
    return round_half_up(tpp_ceiling * cut_rate)


@formula(title="Menit yang dihitung", unit="minutes", level="day", method="discipline.percent_of_tpp")
def day_minutes(late_minutes: Any, early_minutes: Any, has_one_record: Any, no_record_minutes: Any) -> Any:
    """Minutes late and early; a missing punch counts as a fixed number of minutes."""
    return late_minutes + early_minutes + where(has_one_record, no_record_minutes, 0)


@formula(title="TPP ditunda sebulan", unit="bool", method="discipline.percent_of_tpp")
def is_delayed(day_minutes: Any, delay_minutes: Any, hours_left: Any) -> Any:
    """More minutes in the month than the regulation allows: the allowance is paid a month later."""
    return sum_days(day_minutes) + minutes_of(hours_left) > delay_minutes


# Percentages off the discipline part only


@formula(
    name="discipline_earned",
    title="Bagian disiplin kerja",
    unit="rupiah",
    method="discipline.percent_of_discipline_part",
    line="earned",
)
def discipline_earned_percent_of_discipline_part(tpp_ceiling: Any, weight_discipline: Any) -> Any:
    """The whole discipline part of the ceiling, before the percentage is taken off it."""
    return round_half_up(tpp_ceiling * weight_discipline)


@formula(
    name="discipline_cut",
    title="Potongan kehadiran",
    unit="rupiah",
    method="discipline.percent_of_discipline_part",
    line="cut",
)
def discipline_cut_percent_of_discipline_part(discipline_earned: Any, cut_rate: Any) -> Any:
    """The percentage of the discipline part."""
    return round_half_up(discipline_earned * cut_rate)


# Nothing of presence: what a regulation pays whole


@formula(name="discipline_earned", title="Bagian disiplin kerja", unit="rupiah", method="discipline.none")
def discipline_earned_none() -> Any:
    """Nothing apart: the other part is the whole."""
    return 0


@formula(name="discipline_cut", title="Potongan kehadiran", unit="rupiah", method="discipline.none")
def discipline_cut_none() -> Any:
    """Nothing is taken off for presence."""
    return 0


# How much of the month the person was there


@formula(title="Tingkat kehadiran", unit="rate")
def attendance_share(expected_days: Any, absent_days: Any) -> Any:
    """Days attended of the days expected; a month without expected days counts as attended."""
    attended = ratio(expected_days - absent_days, greatest(1, expected_days))
    return where(expected_days < 1, 1, attended)


@formula(title="Bagian TPP menurut tingkat kehadiran", unit="rate")
def attendance_factor(attendance_share: Any, attendance_multiplier: Any) -> Any:
    """A region may halve or stop the allowance where attendance was very low."""
    return bracket(attendance_multiplier, attendance_share)


@formula(title="Potongan tingkat kehadiran", unit="rupiah", method="cuts.as_ruled", line="cut")
def presence_cut(earned_total: Any, discipline_cut: Any, attendance_factor: Any) -> Any:
    """What is not paid because attendance was too low; at most what the other cut has left."""
    return least(
        earned_total - discipline_cut, earned_total - round_half_up(earned_total * attendance_factor)
    )
