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


def _segment_component(
    segment_paid: Any, segment_basic: Any, segment_class: Any, segment_leave_share: Any, rates: Any
) -> Any:
    return where(segment_paid, segment_basic * lookup(rates, segment_class) * segment_leave_share, 0)


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


@formula(title="TPP jabatan sendiri", unit="rupiah", cite="PP 12/2019 Pasal 58")
def tpp_own(
    tpp_load: Any,
    tpp_performance: Any,
    tpp_conditions: Any,
    tpp_location: Any,
    tpp_scarcity: Any,
    tpp_other: Any,
) -> Any:
    """The sum of the rounded components: what the person's own post gives this month."""
    return tpp_load + tpp_performance + tpp_conditions + tpp_location + tpp_scarcity + tpp_other


@formula(title="TPP maksimal", unit="rupiah", cite="PP 12/2019 Pasal 58")
def tpp_ceiling(tpp_own: Any, tpp_acting: Any) -> Any:
    """What the person can reach this month. Presence and work are scored once, over the sum."""
    return tpp_own + tpp_acting


# What was earned of it (productivity)


@formula(title="Sasaran menit", unit="minutes", method="productivity.minutes")
def target_minutes(productivity_target_minutes: Any, paid_share: Any) -> Any:
    """The month's target, for the part of the month that one serves: nobody is cut twice for the rest."""
    return greatest(1, round_half_up(productivity_target_minutes * paid_share))


@formula(title="Menit yang diakui", unit="minutes", method="productivity.minutes")
def counted_minutes(minutes: Any, absent_days: Any, absence_minutes_per_day: Any, target_minutes: Any) -> Any:
    """Verified minutes less those of absent days, from nothing up to the target."""
    return least(target_minutes, greatest(0, minutes - absence_minutes_per_day * absent_days))


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
    target_minutes: Any,
    behaviour: Any,
    full_score: Any,
) -> Any:
    """The productivity part of the ceiling, by minutes and behaviour."""
    reached = ratio(counted_minutes, target_minutes)
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


@formula(
    name="productivity_earned",
    title="TPP yang dibayar penuh",
    unit="rupiah",
    method="productivity.whole",
    line="earned",
)
def productivity_earned_whole(tpp_ceiling: Any) -> Any:
    """The whole ceiling, whatever presence and work were: a regulation may pay December so."""
    return tpp_ceiling


@formula(title="Jumlah yang diperoleh", unit="rupiah")
def earned_total(productivity_earned: Any, discipline_earned: Any) -> Any:
    """Both parts."""
    return productivity_earned + discipline_earned


# What is taken off


# Each cut takes at most what the cuts before it have left, so that the printed lines add up.


@formula(title="Potongan LHKPN terlambat", unit="rupiah", method="cuts.as_ruled", line="cut")
def lhkpn_cut_amount(
    earned_total: Any, discipline_cut: Any, presence_cut: Any, lhkpn_late: Any, lhkpn_cut: Any
) -> Any:
    """A percentage of the sum while the wealth report is late."""
    left = earned_total - discipline_cut - presence_cut
    return where(lhkpn_late, least(left, round_half_up(earned_total * lhkpn_cut)), 0)


@formula(title="Potongan aktivitas negatif", unit="rupiah", method="cuts.as_ruled", line="cut")
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


_CUTS = {
    "presence_cut": "Potongan tingkat kehadiran",
    "lhkpn_cut_amount": "Potongan LHKPN terlambat",
    "negative_activity_cut_amount": "Potongan aktivitas negatif",
}


def _no_cut() -> Any:
    return 0


for _code, _words in _CUTS.items():
    formula(name=_code, title=_words, unit="rupiah", method="cuts.none", line="cut")(_no_cut)


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
def is_entitled(pay_group: Any, standing_is_paid: Any) -> Any:
    """In the group that receives the allowance, and on some day in a standing under which it is paid."""
    return all_of(equals(pay_group, "tpp"), standing_is_paid)
