"""Times that people type: ``07.25``, ``7:25``, ``0725``."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_CLOCK = re.compile(r"(\d{1,2})\s*[.: ]?\s*(\d{2})")


def parse_clock(text: str) -> time | None:
    """The time of a text; None for what is none."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


class ClockInput(forms.TextInput):
    """Shows a time as it is typed: hours, a point, minutes."""

    def format_value(self, value: Any) -> str | None:
        """The time, or what was typed."""
        return f"{value:%H.%M}" if isinstance(value, time) else super().format_value(value)


class ClockField(forms.Field):
    """A time of the day, on the wall of a place."""

    widget = ClockInput

    def to_python(self, value: Any) -> time | None:
        """The time as typed. ``ValidationError`` for what is none."""
        if not value or isinstance(value, time):
            return value or None
        found = parse_clock(str(value))
        if found is None:
            told = _("%(label)s: tulis jamnya seperti 07.25.") % {"label": self.label}
            raise ValidationError(told, code="invalid")
        return found
