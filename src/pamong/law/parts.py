"""The parts of a month: which of them are paid, how many days each counts, and what leave takes off."""

from typing import Any

from pamong.law.engine.formulas import formula
from pamong.law.engine.ops import (
    all_of,
    equals,
    given,
    is_missing,
    least,
    lookup,
    weigh_segments,
    where,
)

# Standing: suspended, on unpaid leave or waiting for a pension, nobody receives the allowance


@formula(title="Kedudukan hukum yang dibayar", unit="bool", level="segment")
def segment_paid(segment_standing: Any, tpp_standing: Any) -> Any:
    """Whether the allowance is paid in the standing of this part."""
    return lookup(tpp_standing, segment_standing)


@formula(title="Bagian bulan yang berhak", unit="count", level="segment")
def segment_counted(segment_paid: Any) -> Any:
    """One for a part that is paid, nothing for one that is not."""
    return where(segment_paid, 1, 0)


@formula(title="Lama bagian bulan", unit="days", level="segment")
def segment_days(segment_first: Any, segment_last: Any) -> Any:
    """Every calendar day of the part."""
    return segment_last - segment_first + 1


@formula(title="Bagian bulan dalam kedudukan yang berhak", unit="count")
def paid_share(segment_counted: Any, segment_days: Any, days_in_month: Any) -> Any:
    """How much of the month was spent in a paid standing. Not rounded."""
    return weigh_segments(segment_counted, segment_days, days_in_month)


@formula(title="Dalam kedudukan hukum yang berhak atas TPP", unit="bool")
def standing_is_paid(paid_share: Any) -> Any:
    """Whether any day of the month was spent in a paid standing."""
    return paid_share > 0


# Death: to the date, or the whole month


@formula(title="Dihitung sampai tanggal", unit="days", level="segment", method="death.to_date")
def segment_until(segment_last: Any) -> Any:
    """The part's last day, which for one who died is the day of his death."""
    return segment_last


@formula(
    name="segment_until",
    title="Dihitung sampai tanggal",
    unit="days",
    level="segment",
    method="death.full_month",
)
def segment_until_full_month(segment_last: Any, last_day: Any, is_dead: Any, days_in_month: Any) -> Any:
    """The month of a death is counted to its end, under what held on the day of the death."""
    return where(all_of(is_dead, equals(segment_last, last_day)), days_in_month, segment_last)


@formula(title="Hari bagi sebulan penuh", unit="days", level="segment", method="death.to_date")
def segment_whole(is_dead: Any, last_day: Any, days_in_month: Any) -> Any:
    """All days of the month; for one who died, those until the day of his death."""
    return where(is_dead, last_day, days_in_month)


@formula(
    name="segment_whole",
    title="Hari bagi sebulan penuh",
    unit="days",
    level="segment",
    method="death.full_month",
)
def segment_whole_full_month(days_in_month: Any) -> Any:
    """All days of the month, also for one who died in it."""
    return days_in_month


# How many days a part counts (proration)


@formula(
    name="segment_weight", title="Hari yang dihitung", unit="days", level="segment", method="proration.by_day"
)
def segment_weight_by_day(segment_first: Any, segment_until: Any) -> Any:
    """Every calendar day of the part."""
    return segment_until - segment_first + 1


def _decides(day: Any, segment_first: Any, segment_last: Any, is_dead: Any, last_day: Any) -> Any:
    """Whether the part holds on the deciding day, or on the day of a death that came before it."""
    deciding = where(is_dead, least(day, last_day), day)
    return all_of(segment_first <= deciding, segment_last >= deciding)


@formula(
    name="segment_weight",
    title="Hari yang dihitung",
    unit="days",
    level="segment",
    method="proration.first_of_month",
)
def segment_weight_first_of_month(
    segment_first: Any,
    segment_last: Any,
    first_work_day: Any,
    is_dead: Any,
    last_day: Any,
    segment_whole: Any,
) -> Any:
    """The part that holds on the first working day decides for the whole month."""
    holds = _decides(first_work_day, segment_first, segment_last, is_dead, last_day)
    return where(holds, segment_whole, 0)


@formula(
    name="segment_weight",
    title="Hari yang dihitung",
    unit="days",
    level="segment",
    method="proration.cut_off_day",
)
def segment_weight_cut_off_day(
    segment_first: Any,
    segment_last: Any,
    proration_cut_off_day: Any,
    is_dead: Any,
    last_day: Any,
    segment_whole: Any,
) -> Any:
    """The part that holds on the cut-off day decides for the whole month."""
    holds = _decides(proration_cut_off_day, segment_first, segment_last, is_dead, last_day)
    return where(holds, segment_whole, 0)


@formula(title="Bagian bulan yang dibayar", unit="count")
def month_share(segment_counted: Any, segment_weight: Any, days_in_month: Any) -> Any:
    """How much of a whole month the parts together are paid. Not rounded."""
    return weigh_segments(segment_counted, segment_weight, days_in_month)


# Leave: which part of the allowance is left, by its kind and the month that it lasts


@formula(title="Bagian TPP selama cuti", unit="rate", level="segment", method="leave_effect.none")
def segment_leave_share() -> Any:
    """Leave takes nothing off."""
    return 1


@formula(
    name="segment_leave_share",
    title="Bagian TPP selama cuti",
    unit="rate",
    level="segment",
    method="leave_effect.by_kind_and_month",
)
def segment_leave_share_by_kind_and_month(
    segment_leave: Any, segment_leave_month: Any, leave_share: Any, leave_share_later: Any
) -> Any:
    """By the kind of leave and its month; a month that the table does not name by the kind alone.

    Unknown while nobody says which month of the leave it is.
    """
    named = lookup(leave_share, segment_leave, segment_leave_month)
    share = where(segment_leave_month > 0, given(named, lookup(leave_share_later, segment_leave)), 0)
    return where(is_missing(segment_leave), 1, share)
