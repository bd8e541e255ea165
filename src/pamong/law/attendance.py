"""Lateness, early leaving and absence of a day, from the first punch in and the last punch out."""

from typing import Any

from pamong.law.engine.formulas import formula
from pamong.law.engine.ops import (
    all_of,
    any_of,
    count_days,
    days_of,
    given,
    is_missing,
    lookup,
    negate,
    number_of_days,
    sum_days,
    where,
    whole_minutes,
)


@formula(
    title="Tidak hadir tanpa keterangan", unit="bool", level="day", cite="Perpres 21/2023 dan aturan daerah"
)
def is_absent(first_in: Any, last_out: Any, is_excused: Any) -> Any:
    """No punch at all on a day of work, and nothing that excuses it."""
    return all_of(is_missing(first_in), is_missing(last_out), negate(is_excused))


@formula(title="Presensi tidak lengkap", unit="bool", level="day")
def has_one_record(first_in: Any, last_out: Any, is_absent: Any, is_excused: Any) -> Any:
    """Exactly one of the two punches is missing."""
    return all_of(any_of(is_missing(first_in), is_missing(last_out)), negate(is_absent), negate(is_excused))


@formula(title="Terlambat", unit="minutes", level="day")
def late_minutes(first_in: Any, shift_start: Any, late_grace_seconds: Any, is_excused: Any) -> Any:
    """Full minutes from the start of work to the first punch, once the grace is over."""
    behind = given(first_in, shift_start) - shift_start
    return where(is_excused, 0, where(behind > late_grace_seconds, whole_minutes(behind), 0))


@formula(title="Pulang cepat", unit="minutes", level="day")
def early_minutes(last_out: Any, shift_end: Any, is_excused: Any) -> Any:
    """Full minutes from the last punch to the end of work."""
    ahead = shift_end - given(last_out, shift_end)
    return where(is_excused, 0, where(ahead > 0, whole_minutes(ahead), 0))


@formula(title="Hari kerja", unit="days")
def expected_days(is_excused: Any) -> Any:
    """The days on which the person was expected."""
    return number_of_days(is_excused)


@formula(title="Hari tanpa keterangan", unit="days")
def absent_days(is_absent: Any) -> Any:
    """The days without a punch and without an excuse."""
    return count_days(is_absent)


@formula(title="Bagian hari kerja", unit="rate", level="day")
def day_weight(week: Any, weekday: Any, work_day_share: Any) -> Any:
    """How much of a working day the day is: whole, unless the pattern says otherwise (a half Saturday)."""
    return given(lookup(work_day_share, week, weekday), 1)


@formula(title="Hari kerja dengan bagiannya", unit="days")
def work_day_units(day_weight: Any) -> Any:
    """The working days of the month, half days as halves. Not rounded."""
    return days_of(sum_days(day_weight))
