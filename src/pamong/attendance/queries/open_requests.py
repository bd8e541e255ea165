"""How many requests about a month are still open, for those who close the month."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from pamong.attendance.choices import CorrectionState
from pamong.attendance.models import Correction


def count_open_corrections(*, persons: Collection[int], first: date, until: date) -> int:
    """Requests of these persons to correct a day from ``first`` on and before ``until`` that nobody has
    answered for good. A count alone: it names nobody."""
    rows = Correction.objects.filter(person__in=persons, on__gte=first, on__lt=until)
    return rows.filter(state=CorrectionState.OPEN.value).count()
