"""Dates that people type: day first, in figures or words; none too far away to count on from it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pamong.kernel.clock import FIRST_DAY, LAST_DAY, MONTHS, day_fault

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})")
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

    default_error_messages = {  # noqa: RUF012 (as Django has it)
        "invalid": gettext_lazy("Tulis tanggalnya seperti 10-11-2026: tanggal, bulan, tahun.")
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(check_day)

    def to_python(self, value: Any) -> date | None:
        """The date as typed. ``ValidationError`` for what is none."""
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        found = parse_day(value)
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found
