"""What pays real money rests on confirmed values of the law alone."""

from __future__ import annotations

from pamong.attendance.calendars import unconfirmed_ramadan
from pamong.law.engine.evidence import Evidence
from pamong.pay.calculation import MonthLaw
from pamong.pay.errors import EvidenceTooWeak, RamadanOpen


def require_real(law: MonthLaw) -> None:
    """EvidenceTooWeak where a value is an example, or neither confirmed nor adopted; RamadanOpen."""
    if weak := weak_values(law):
        raise EvidenceTooWeak(weak)
    if unconfirmed_ramadan(law.law, law.month):
        raise RamadanOpen


def weak_values(law: MonthLaw) -> list[str]:
    """What may not pay real money: values that are examples, or neither confirmed nor adopted."""
    weak = [
        f"{parameter.key} ({dated.evidence.label})"
        for parameter, dated in law.values
        if dated.evidence is Evidence.EXAMPLE
        or (dated.evidence is Evidence.SECONDARY and not law.law.is_adopted(parameter.key, dated))
    ]
    weak += [
        f"pay_groups/{group.code} ({group.evidence.label})"
        for group in law.law.profile.pay_groups.values()
        if group.evidence in (Evidence.EXAMPLE, Evidence.SECONDARY)
    ]
    return weak
