"""How values read on a page: Indonesian in every language of the interface. Missing is never zero."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext
from markupsafe import Markup, escape

from pamong.access import clock
from pamong.kernel.clock import format_date, format_month
from pamong.kernel.money import Rate, Rupiah, grouped
from pamong.web.days import parse_day


def missing() -> Markup:
    """What stands where a value is not known."""
    return Markup('<span class="missing">{}</span>').format(gettext("belum ada"))


def rupiah(value: int | None) -> str:
    """``Rp5.532.975``; TypeError for float and bool."""
    return missing() if value is None else str(Rupiah(value))


def angka(value: int | None) -> str:
    """A whole number with points between thousands: ``1.234``. TypeError for float and bool."""
    if value is None:
        return missing()
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"angka needs an int, got {type(value).__name__}")
    return grouped(value)


def persen(value: Rate | int | None) -> str:
    """A rate, or its parts per million, as ``2,5 %``."""
    if value is None:
        return missing()
    return str(value if isinstance(value, Rate) else Rate(value))


def tanggal(value: date | None) -> str:
    """``5 Oktober 2026``. An instant has no date of its own: TypeError (use ``kernel.local_date`` first)."""
    if value is None:
        return missing()
    if isinstance(value, datetime):
        raise TypeError("tanggal needs a local date, got a datetime")
    return format_date(value)


def waktu(stamped: datetime | None, zone: str = "") -> str:
    """``10 November 2026, 08.30`` in the government's zone, from an instant that the database stamped."""
    return missing() if stamped is None else saat(clock.shown(stamped), zone)


def saat(at: datetime, zone: str = "") -> str:
    """The same of an instant of the application (``request.at``): it has the demo's offset already."""
    local = at.astimezone(ZoneInfo(zone or settings.PAMONG_ZONE))
    return f"{format_date(local.date())}, {local:%H.%M}"


def bulan(value: date | tuple[int, int] | None) -> str:
    """``Oktober 2026``, from a date of the month or from (year, month)."""
    if value is None:
        return missing()
    year, month = (value.year, value.month) if isinstance(value, date) else value
    return format_month(year, month)


def ukuran(value: int) -> str:
    """The size of a file, rounded up: ``813 B``, ``14 kB``, ``2 MB``. Takes bytes."""
    for unit, size in (("MB", 1_000_000), ("kB", 1_000)):
        if value >= size:
            return f"{angka(-(-value // size))} {unit}"
    return f"{value} B"


def input_value(value: object) -> str:
    """A value as an HTML input holds it: dates in ISO form."""
    return value.isoformat() if isinstance(value, date) else str(value)


def isian_tanggal(value: date | str | None) -> str:
    """A date as a field for dates holds it, day first: ``10-11-2026``. What is no date stays as typed."""
    found = parse_day(value) if isinstance(value, str) else value
    if found is None:
        return str(value or "")
    return f"{found.day:02d}-{found.month:02d}-{found.year:04d}"


def tanggal_kata(value: date | str | None) -> str:
    """What a field for dates holds, in words; '' for what is no date."""
    found = parse_day(value) if isinstance(value, str) else value
    return format_date(found) if found else ""


def initials(name: str) -> str:
    """Two letters for the round sign: of the first and the last word, without titles."""
    words = [word for word in name.partition(",")[0].split() if "." not in word] or name.split()
    letters = words[0][:1] + (words[-1][:1] if len(words) > 1 else "")
    return str(escape(letters.upper()))


_ALL = (
    rupiah,
    angka,
    persen,
    tanggal,
    waktu,
    saat,
    bulan,
    ukuran,
    input_value,
    isian_tanggal,
    tanggal_kata,
    initials,
)
FILTERS = {function.__name__: function for function in _ALL}
