"""The sentences of a balance, for a clerk and for the picture on the phone."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from pamong.kernel.clock import format_date, format_month
from pamong.kernel.period import Period
from pamong.leave.lots.years import JANUARY, day_before, end_of

_FEBRUARY_END = 32  # days: no month is as long


def told_days(days: Fraction) -> str:
    """Days as people write them: *4,5 hari*; only shown, never stored: two decimals, rounded half up."""
    hundredths = (abs(days) * 200 + 1) // 2
    text = f"{hundredths // 100},{hundredths % 100:02d}".rstrip("0").rstrip(",")
    return f"{'−' if days < 0 and hundredths else ''}{text} hari"


def told_year(year: Period) -> str:
    """A leave year: *tahun 2026*, or its first and last day where it is no calendar year."""
    if (year.start.month, year.start.day) == JANUARY:
        return f"tahun {year.start.year}"
    return f"tahun cuti {year}"


def granted(days: Fraction, period: Period) -> str:
    """What a grant says: of a year, or of a month."""
    if (end_of(period) - period.start).days < _FEBRUARY_END:
        return f"Hak cuti bulan {format_month(period.start.year, period.start.month)}: {told_days(days)}."
    return f"Hak cuti {told_year(period)}: {told_days(days)}."


def opened(days: Fraction, year: Period) -> str:
    """What was left when the register began."""
    return f"Sisa cuti {told_year(year)} pada awal pencatatan: {told_days(days)}."


def carried(days: Fraction, year: Period, expires_on: date | None) -> str:
    """What was taken into the next year, and how long it lives."""
    until = f", berlaku sampai {format_date(day_before(expires_on))}" if expires_on else ""
    return f"Sisa cuti {told_year(year)} dibawa ke tahun berikutnya: {told_days(days)}{until}."


def lost(days: Fraction, year: Period) -> str:
    """What went beyond what may be carried."""
    return f"Sisa cuti {told_year(year)} yang melebihi batas tidak dapat dibawa: {told_days(days)}."


def expired(days: Fraction, year: Period) -> str:
    """What was carried and not used in time."""
    return f"Sisa cuti {told_year(year)} habis masa berlakunya: {told_days(days)}."


def forfeited(days: Fraction, year: Period, reason: str) -> str:
    """What a long leave or the like took away."""
    return f"Hak cuti {told_year(year)} gugur karena {reason}: {told_days(days)}."


def credited(days: Fraction, reason: str) -> str:
    """What was given besides the grant."""
    return f"Tambahan cuti karena {reason}: {told_days(days)}."


def used(days: Fraction, on: date, year: Period, pending: bool) -> str:
    """A day of leave, and of which year's days."""
    begin = "Permintaan cuti" if pending else "Cuti"
    return f"{begin} {format_date(on)} memakai hak {told_year(year)}: {told_days(days)}."


def owed(days: Fraction, on: date, pending: bool) -> str:
    """A day of leave for which there were no days."""
    begin = "Permintaan cuti" if pending else "Cuti"
    return f"{begin} {format_date(on)} melebihi hak, dicatat sebagai utang: {told_days(days)}."


def settled(days: Fraction, year: Period) -> str:
    """Days that were used before there was a right to them lower the grant."""
    return f"Cuti yang sudah dipakai lebih dulu mengurangi hak {told_year(year)}: {told_days(days)}."


def enough(days: Fraction, free: Fraction) -> str:
    """A request that fits."""
    return f"Permintaan {told_days(days)} sesuai dengan sisa cuti; sesudahnya tersisa {told_days(free)}."


def not_enough(days: Fraction, first_day: date, missing: Fraction) -> str:
    """A request that does not fit, and from which day on."""
    return (
        f"Permintaan {told_days(days)} melebihi sisa cuti: mulai {format_date(first_day)} "
        f"kurang {told_days(missing)}."
    )
