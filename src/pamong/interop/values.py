"""Single cells: what people and spreadsheets write, read strictly or refused with a reason.

Every reader of a cell returns ``(value, fault)``: the fault is Indonesian and reads on after the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from pamong.attendance.choices import PIN, bare_pin
from pamong.kernel.errors import InvalidValue
from pamong.kernel.money import parse_rupiah
from pamong.kernel.nip import nip_fault

_NOTHING = {"", "null", "-", "--", "#n/a", "n/a", "nan", "none", "nil"}
_APOSTROPHES = "'`\u2018\u2019"
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[ T][0-9:.]+Z?)?")
_LOCAL = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?: [0-9:.]+)?")
_WORDS = re.compile(r"([0-9]{1,2})[- ]([A-Za-z]{3,9})[- ]([0-9]{4})")
_SERIAL = re.compile(r"([0-9]{4,5})(?:\.0+)?")
_INTEGER = re.compile(r"(-?)([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,15})(?:,0{1,2}|\.0{1,2})?")
_POINT_ZERO = re.compile(r"^([0-9]+)\.0$")  # how programs write a whole number that they keep as a float
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+")
_SERIAL_ORIGIN = date(1899, 12, 30)  # day 0 of a spreadsheet, after its invented 29 February 1900
_SERIAL_RANGE = range(3654, 73051)  # 1910 to 2099: smaller numbers are years or counts, not dates
_MONTH_STEMS = {
    stem: number
    for number, stems in enumerate(
        (
            ("jan",),
            ("feb", "peb"),
            ("mar",),
            ("apr",),
            ("mei", "may"),
            ("jun",),
            ("jul",),
            ("agu", "ags", "aug"),
            ("sep",),
            ("okt", "oct"),
            ("nov", "nop"),
            ("des", "dec"),
        ),
        start=1,
    )
    for stem in stems
}
_YES = {"ya", "y", "1", "true", "benar"}
_NO = {"tidak", "t", "0", "false", "salah", "tdk"}

DateOrder = Literal["day", "month"]
# What neither the database nor a file can hold: damaged bytes of a machine, halves of a character in JSON.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with a mark (U+FFFD) in place of each character that can't be stored."""
    return _UNSTORABLE.sub("\ufffd", text)


def clean(text: str) -> str:
    """A cell without the marks that mean text in a spreadsheet; '' for an empty cell or a literal null."""
    bare = text.strip().lstrip(_APOSTROPHES).strip()
    return "" if bare.lower() in _NOTHING else bare


def clean_name(text: str) -> str:
    """A name or title as written (a leading apostrophe may belong to it); '' for a literal null."""
    bare = " ".join(text.split())
    return "" if bare.lower() in _NOTHING or not bare.strip(_APOSTROPHES) else bare


def read_nip(text: str, *, was_number: bool = False) -> tuple[str | None, str]:
    """Read a NIP; a number cell is refused, because a spreadsheet keeps only 15 of its 18 digits."""
    bare = "".join(clean(text).split())
    if was_number or _SCIENTIFIC.fullmatch(bare):
        return None, "disimpan sebagai angka sehingga digit akhirnya hilang, simpan kolom ini sebagai teks"
    fault = nip_fault(bare)
    return (None, fault) if fault else (bare, "")


def date_evidence(texts: Iterable[str]) -> set[str]:
    """What the dates of a file say about their order: any of ``day``, ``month``, ``both``.

    Only dates that exist count: 31/02/2020 proves nothing.
    """
    found = set()
    for text in texts:
        match = _LOCAL.fullmatch(clean(text))
        if match is None:
            continue
        first, second, year = (int(part) for part in match.groups())
        orders = {
            name
            for name, day, month in (("day", first, second), ("month", second, first))
            if _real(year, month, day) is not None
        }
        if len(orders) == 1:
            found |= orders
        elif orders and first != second:
            found.add("both")
    return found


def decide_order(evidence: set[str], told: DateOrder | None) -> DateOrder | None:
    """The one order of day and month for a file, or ``None``: ask.

    What the file's kind or the caller told wins. Else one date that is day-first beyond doubt decides, unless
    another contradicts it; month-first is never assumed, nobody here writes so on purpose.
    """
    if told is not None:
        return told
    return "day" if evidence <= {"day"} or evidence == {"day", "both"} else None


def read_date(text: str, order: DateOrder | None) -> tuple[date | None, str]:
    """Read a date: 17-04-1985, 17/4/1985, 1985-04-17, 17 April 1985, serials. Empty gives ``(None, '')``.

    While the order is unknown (``None``) a date is at fault only if it exists in neither order.
    """
    bare = clean(text)
    if not bare:
        return None, ""
    if order is None:
        found, fault = read_date(text, "day")
        return (found, fault) if found else read_date(text, "month")
    parts = _date_parts(bare, order)
    if parts is None:
        return None, f"'{bare[:40]}' bukan tanggal yang dikenal, contoh yang benar: 17-04-1985"
    found = _real(*parts)
    return (found, "") if found else (None, f"{bare[:40]} tidak ada di kalender")


def _date_parts(bare: str, order: DateOrder) -> tuple[int, int, int] | None:
    """Year, month and day as numbers, not yet checked; ``None`` if the text has no shape of a date."""
    if match := _ISO.fullmatch(bare):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _LOCAL.fullmatch(bare):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        return (year, second, first) if order == "day" else (year, first, second)
    if match := _WORDS.fullmatch(bare):
        month = _MONTH_STEMS.get(match[2][:3].lower())
        return (int(match[3]), month, int(match[1])) if month else None
    if (match := _SERIAL.fullmatch(bare)) and int(match[1]) in _SERIAL_RANGE:
        found = _SERIAL_ORIGIN + timedelta(days=int(match[1]))
        return found.year, found.month, found.day
    return None


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_int(text: str, low: int, high: int) -> tuple[int | None, str]:
    """Read a whole number within bounds; points group thousands (``6.000``). Empty gives ``(None, '')``."""
    bare = clean(text)
    if not bare:
        return None, ""
    match = _INTEGER.fullmatch(bare)
    if match is None:
        return None, f"'{bare[:40]}' bukan bilangan bulat"
    value = int(match[1] + match[2].replace(".", ""))
    if not low <= value <= high:
        return None, f"{bare[:40]} di luar batas {low} sampai {high}"
    return value, ""


def read_rupiah(text: str) -> tuple[int | None, str]:
    """Read an amount of whole rupiah, not negative. Empty gives ``(None, '')``."""
    bare = clean(text)
    if not bare:
        return None, ""
    try:
        amount = parse_rupiah(_POINT_ZERO.sub(r"\1", bare))
    except InvalidValue as refusal:
        return None, str(refusal).rstrip(".")
    return (None, f"{bare[:40]} tidak boleh kurang dari nol") if amount < 0 else (int(amount), "")


def read_yes(text: str) -> tuple[bool | None, str]:
    """Read a yes/no cell; empty means no."""
    bare = clean(text).lower()
    if not bare or bare in _NO:
        return False, ""
    if bare in _YES:
        return True, ""
    return None, f"'{bare[:40]}' tidak dikenal, isi ya atau tidak"


def read_pin(text: str) -> tuple[str | None, str]:
    """Read a PIN cell: ``(value, fault)``; empty gives ``(None, '')``."""
    bare = clean(text)
    if not bare:
        return None, ""
    if not re.fullmatch(PIN, bare):
        return None, f"'{bare[:40]}' bukan PIN, harus angka atau huruf tanpa spasi"
    return bare_pin(bare), ""
