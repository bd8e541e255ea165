"""Dates as people read them, and the local date of an instant."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pamong.kernel.errors import InvalidValue

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")  # as date.weekday() counts
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)

# No date that comes in from outside lies beyond: parents of those in service were born after the first one,
# and there is room on either side to count on from it.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


def day_fault(on: date) -> str:
    """What is wrong with a date that comes in from outside, in a sentence; '' for nothing."""
    if FIRST_DAY <= on <= LAST_DAY:
        return ""
    return f"Tanggal harus antara tahun {FIRST_DAY.year} dan {LAST_DAY.year}. Periksa tahunnya."


def local_date(at: datetime, zone: str) -> date:
    """The calendar date of an instant in a zone such as ``Asia/Makassar``.

    TypeError for a naive ``at`` (a bug), ``InvalidValue`` for an unknown zone (a setting).
    """
    if at.tzinfo is None:
        raise TypeError("local_date needs an aware datetime")
    try:
        return at.astimezone(ZoneInfo(zone)).date()
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InvalidValue(f"Zona waktu '{zone}' tidak dikenal, contoh yang benar: Asia/Makassar.") from error


def format_date(on: date) -> str:
    """``5 Oktober 2026``."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def format_weekday(on: date) -> str:
    """``Senin, 5 Oktober 2026``."""
    return f"{WEEKDAYS[on.weekday()]}, {format_date(on)}"


def format_month(year: int, month: int) -> str:
    """``Oktober 2026``; ``InvalidValue`` if there is no such month."""
    if not 1 <= month <= len(MONTHS):
        raise InvalidValue(f"Tidak ada bulan {month}.")
    return f"{MONTHS[month - 1]} {year}"
