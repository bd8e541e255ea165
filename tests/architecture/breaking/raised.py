"""Rows of raises that may stand, what breaks their checks, and pairs of which one may stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from pamong.career import models as career
from tests.architecture.breaking.making import Values, new_of_person, new_person
from tests.support.city import since

_JANUARY = date(2027, 1, 1)


def _case() -> Values:
    return {
        "decision": uuid4(), "kind": "career.kgb_notice", "person": new_person(), "effective_on": _JANUARY,
        "says": "0" * 64,
    }  # fmt: skip


RAISED: dict[type, Callable[[], Values]] = {
    career.KgbCase: _case,
    career.KgbRaise: lambda: new_of_person(
        period=since(_JANUARY), due_on=_JANUARY, decision=uuid4(), order_no="1/KGB/2026",
        order_on=date(2026, 11, 2), kind="PNS", golongan="III/a", old_years=4, old_months=0,
        old_since=date(2025, 1, 1), base_before=2_964_000, new_years=6, new_months=0, base_after=3_057_300,
        pay_month=_JANUARY,
    ),
}  # fmt: skip
RAISED_CHECKS: dict[str, Values | Callable[[Values], Values]] = {
    "kgbcase_says": {"says": "apa saja"},
    "kgbraise_kind": {"kind": "TKPK"},
    "kgbraise_told": {"pay_month": date(2027, 1, 2)},
}
RAISED_PAIRS: dict[str, Callable[[Values], tuple[Values, Values]]] = {
    "kgbcase_one_open": lambda row: ({"person": row["person"]}, _case()),
}
