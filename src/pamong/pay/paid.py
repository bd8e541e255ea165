"""Whether somebody was paid for a month, for those below who ask (``attendance.services.tell_paid``)."""

from __future__ import annotations

from datetime import date

from pamong.pay.choices import ItemState, PathState
from pamong.pay.models import PayItem


def is_paid(person: int, month: date) -> bool:
    """Whether a list on which somebody's base payment for a month stands is paid."""
    items = PayItem.objects.filter(person_id=person, service_month=month, sequence=0)
    return items.filter(state=ItemState.INCLUDED.value, list__state=PathState.PAID.value).exists()
