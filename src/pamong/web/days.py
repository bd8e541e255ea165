"""Dates that people type: none so far away that nobody can count on from it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pamong.kernel.clock import FIRST_DAY, LAST_DAY, day_fault


def check_day(on: date) -> None:
    """Refuse a date beyond all records, in the language of the page."""
    if day_fault(on):
        told = _("Tanggal harus antara tahun %(first)s dan %(last)s. Periksa tahunnya.")
        raise ValidationError(told % {"first": FIRST_DAY.year, "last": LAST_DAY.year})


class DayField(forms.DateField):
    """A date of which records can tell."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(check_day)
