"""Dates that people type: day first, in figures or words; none too far away to count on from it."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pamong.kernel.clock import FIRST_DAY, LAST_DAY, MONTHS, day_fault, format_month

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})")
_SHORT = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2})")
_RUN = re.compile(r"(\d{2})(\d{2})(\d{4})")
_WORDS = re.compile(r"(\d{1,2})\s*[-/. ]?\s*([a-z]{3,9})\.?\s*[-/. ,]?\s*(\d{4})")
# Months by their first three letters, with the short forms that differ, and those of English keyboards.
_NAMES = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)} | {
    "agt": 8, "aug": 8, "may": 5, "oct": 10, "dec": 12, "nop": 11, "peb": 2,
}  # fmt: skip


def parse_day(text: str) -> date | None:
    """The date of ``10-11-2026``, ``10/11/2026``, ``10 November 2026``, ``10112026`` or ISO; None for none.

    The day comes first, whatever the language of the browser; a date that does not exist is none.
    """
    asked = text.strip().lower()
    try:
        if found := _ISO.fullmatch(asked):
            return date(*(int(part) for part in found.groups()))
        if found := _FIGURES.fullmatch(asked) or _RUN.fullmatch(asked):
            day, month, year = (int(part) for part in found.groups())
            return date(year, month, day)
        if (found := _WORDS.fullmatch(asked)) and found[2][:3] in _NAMES:
            return date(int(found[3]), _NAMES[found[2][:3]], int(found[1]))
    except ValueError:
        return None
    return None


def date_fault(text: str) -> str:
    """What is wrong with a text that is no date, as a sentence with what to do."""
    asked = text.strip().lower()
    if short := _SHORT.fullmatch(asked):
        day, month, year = (int(part) for part in short.groups())
        return _("Tulis tahunnya empat angka, misalnya %(day)02d-%(month)02d-20%(year)02d.") % {
            "day": day, "month": month, "year": year,
        }  # fmt: skip
    found = _FIGURES.fullmatch(asked) or _RUN.fullmatch(asked)
    day, month, year = (int(part) for part in found.groups()) if found else (0, 0, 0)
    if day and 1 <= month <= len(MONTHS) and MINYEAR <= year <= MAXYEAR:
        told = _("%(month)s hanya sampai tanggal %(last)s. Periksa tanggalnya.")
        return told % {"month": format_month(year, month), "last": monthrange(year, month)[1]}
    return _("Tulis tanggalnya seperti 10-11-2026: tanggal, bulan, tahun.")


def _continued(fault: str) -> str:
    """A sentence as it goes on after a colon: months keep their capital, as every name does."""
    return fault if fault.startswith(MONTHS) else fault[:1].lower() + fault[1:]


def check_day(on: date) -> None:
    """Refuse a date beyond all records, in the language of the page."""
    if day_fault(on):
        told = _("Tanggal harus antara tahun %(first)s dan %(last)s. Periksa tahunnya.")
        raise ValidationError(told % {"first": FIRST_DAY.year, "last": LAST_DAY.year})


class DayInput(forms.DateInput):
    """What pages show as a field for dates (``ui.day``)."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A date of which records can tell."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(check_day)

    def to_python(self, value: Any) -> date | None:
        """The date as typed. ``ValidationError`` for what is none."""
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        found = parse_day(value)
        if found is None:
            fault = date_fault(value)
            named = f"{self.label}: {_continued(fault)}" if self.label else fault
            raise ValidationError(named, code="invalid")
        return found
