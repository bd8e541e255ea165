"""The allowance (TPP): ceiling by class and component, what was earned of it, what is taken off."""

from typing import Any

from pamong.law.engine.formulas import formula
from pamong.law.engine.ops import (
    all_of,
    equals,
    greatest,
    least,
    lookup,
    ratio,
    round_half_up,
    weigh_segments,
    where,
)

# Which part of the month counts (proration)


@formula(
    name="segment_weight", title="Hari yang dihitung", unit="days", level="segment", method="proration.by_day"
)
def segment_weight_by_day(segment_first: Any, segment_last: Any) -> Any:
    """Every calendar day of the part."""
    return segment_last - segment_first + 1


@formula(
    name="segment_weight",
    title="Hari yang dihitung",
    unit="days",
    level="segment",
    method="proration.first_of_month",
)
def segment_weight_first_of_month(
    segment_first: Any, segment_last: Any, first_work_day: Any, days_in_month: Any
) -> Any:
    """The part that holds on the first working day decides for the whole month."""
    holds = all_of(segment_first <= first_work_day, segment_last >= first_work_day)
    return where(holds, days_in_month, 0)


@formula(
    name="segment_weight",
    title="Hari yang dihitung",
    unit="days",
    level="segment",
    method="proration.cut_off_day",
)
def segment_weight_cut_off_day(
    segment_first: Any, segment_last: Any, proration_cut_off_day: Any, days_in_month: Any
) -> Any:
    """The part that holds on the cut-off day decides for the whole month."""
    holds = all_of(segment_first <= proration_cut_off_day, segment_last >= proration_cut_off_day)
    return where(holds, days_in_month, 0)


# The ceiling, component by component


@formula(title="TPP dasar menurut kelas", unit="rupiah", level="segment")
def segment_basic(segment_class: Any, tpp_class_amount: Any) -> Any:
    """The amount of the post's class."""
    return lookup(tpp_class_amount, segment_class)


@formula(title="Bagian menurut status", unit="rate")
def status_share(is_cpns: Any, cpns_share: Any) -> Any:
    """A candidate civil servant receives a part, everybody else the whole."""
    return where(is_cpns, cpns_share, 1)


COMPONENTS = {
    "load": "beban kerja",
    "performance": "prestasi kerja",
    "conditions": "kondisi kerja",
    "location": "tempat bertugas",
    "scarcity": "kelangkaan profesi",
    "other": "pertimbangan objektif lainnya",
}


def _segment_component(segment_basic: Any, segment_class: Any, rates: Any) -> Any:
    return segment_basic * lookup(rates, segment_class)


def _component(parts: Any, segment_weight: Any, days_in_month: Any, status_share: Any) -> Any:
    return round_half_up(weigh_segments(parts, segment_weight, days_in_month) * status_share)


for _code, _words in COMPONENTS.items():
    formula(
        name=f"segment_{_code}",
        reads={"rates": f"component_{_code}"},
        title=f"Bagian {_words}",
        unit="rupiah",
        level="segment",
    )(_segment_component)
    formula(
        name=f"tpp_{_code}",
        reads={"parts": f"segment_{_code}"},
        title=f"TPP {_words}",
        unit="rupiah",
        line="ceiling",
        cite="PP 12/2019 Pasal 58 ayat (2)",
    )(_component)


@formula(title="TPP maksimal", unit="rupiah", cite="PP 12/2019 Pasal 58")
def tpp_ceiling(
    tpp_load: Any,
    tpp_performance: Any,
    tpp_conditions: Any,
    tpp_location: Any,
    tpp_scarcity: Any,
    tpp_other: Any,
) -> Any:
    """The sum of the rounded components: what the person can reach this month."""
    return tpp_load + tpp_performance + tpp_conditions + tpp_location + tpp_scarcity + tpp_other


# What was earned of it (productivity)


@formula(title="Menit yang diakui", unit="minutes", method="productivity.minutes")
def counted_minutes(
    minutes: Any, absent_days: Any, absence_minutes_per_day: Any, productivity_target_minutes: Any
) -> Any:
    """Verified minutes less those of absent days, from nothing up to the target."""
    return least(productivity_target_minutes, greatest(0, minutes - absence_minutes_per_day * absent_days))


@formula(
    name="productivity_earned",
    title="Bagian produktivitas kerja",
    unit="rupiah",
    method="productivity.minutes",
    line="earned",
)
def productivity_earned_minutes(
    tpp_ceiling: Any,
    weight_productivity: Any,
    counted_minutes: Any,
    productivity_target_minutes: Any,
    behaviour: Any,
    full_score: Any,
) -> Any:
    """The productivity part of the ceiling, by minutes and behaviour."""
    reached = ratio(counted_minutes, productivity_target_minutes)
    return round_half_up(tpp_ceiling * weight_productivity * reached * ratio(behaviour, full_score))


@formula(
    name="productivity_earned",
    title="Bagian produktivitas kerja",
    unit="rupiah",
    method="productivity.score",
    line="earned",
)
def productivity_earned_score(
    tpp_ceiling: Any, weight_productivity: Any, productivity_score: Any, full_score: Any
) -> Any:
    """The productivity part of the ceiling, by the score that the superior gave."""
    return round_half_up(
        tpp_ceiling * weight_productivity * ratio(least(productivity_score, full_score), full_score)
    )


@formula(
    name="productivity_earned",
    title="TPP sebelum potongan kehadiran",
    unit="rupiah",
    method="productivity.none",
    line="earned",
)
def productivity_earned_none(tpp_ceiling: Any) -> Any:
    """The whole ceiling: this regulation only takes off."""
    return tpp_ceiling


@formula(title="Jumlah yang diperoleh", unit="rupiah")
def earned_total(productivity_earned: Any, discipline_earned: Any) -> Any:
    """Both parts."""
    return productivity_earned + discipline_earned


# What is taken off


# Each cut takes at most what the cuts before it have left, so that the printed lines add up.


@formula(title="Potongan LHKPN terlambat", unit="rupiah", line="cut")
def lhkpn_cut_amount(
    earned_total: Any, discipline_cut: Any, presence_cut: Any, lhkpn_late: Any, lhkpn_cut: Any
) -> Any:
    """A percentage of the sum while the wealth report is late."""
    left = earned_total - discipline_cut - presence_cut
    return where(lhkpn_late, least(left, round_half_up(earned_total * lhkpn_cut)), 0)


@formula(title="Potongan aktivitas negatif", unit="rupiah", line="cut")
def negative_activity_cut_amount(
    earned_total: Any,
    discipline_cut: Any,
    presence_cut: Any,
    lhkpn_cut_amount: Any,
    negative_activity: Any,
    negative_activity_cut: Any,
) -> Any:
    """A percentage of the sum for a negative activity in the month."""
    left = earned_total - discipline_cut - presence_cut - lhkpn_cut_amount
    return where(negative_activity, least(left, round_half_up(earned_total * negative_activity_cut)), 0)


@formula(title="TPP sebelum pajak dan iuran", unit="rupiah")
def tpp_gross(
    earned_total: Any,
    discipline_cut: Any,
    presence_cut: Any,
    lhkpn_cut_amount: Any,
    negative_activity_cut_amount: Any,
) -> Any:
    """What was earned less the cuts."""
    return earned_total - discipline_cut - presence_cut - lhkpn_cut_amount - negative_activity_cut_amount


@formula(title="TPP yang diterima", unit="rupiah")
def tpp_net(tpp_gross: Any, tpp_tax: Any, tpp_health: Any) -> Any:
    """After tax and the health contribution."""
    return tpp_gross - tpp_tax - tpp_health


@formula(title="Berhak atas TPP", unit="bool", cite="PP 12/2019 Pasal 58")
def is_entitled(pay_group: Any, standing: Any, tpp_standing: Any) -> Any:
    """In the group that receives the allowance, and in a standing under which it is paid."""
    return all_of(equals(pay_group, "tpp"), lookup(tpp_standing, standing))
