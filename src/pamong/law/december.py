"""December, which many governments pay before it ends: by the profile's choice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pamong.kernel.period import Period
from pamong.law.engine.plan import Law

_LAST_MONTH = 12
# What a December that is paid whole leaves out: scores, presence and every cut.
_WHOLE = {"productivity": "whole", "discipline": "none", "cuts": "none"}


def law_of_month(law: Law, month: Period) -> Law:
    """The law with the methods of a month: a December that is paid whole is neither scored nor cut."""
    if choice(law, month) != "full":
        return law
    return replace(law, profile=replace(law.profile, methods={**law.profile.methods, **_WHOLE}))


def scores_presence(law: Law) -> bool:
    """Whether presence changes anything by the methods of a month."""
    return law.profile.methods["discipline"] != "none"


def presence_until(law: Law, month: Period) -> date | None:
    """The last day of a month whose presence a computation asks for; None where it changes nothing: neither
    is it scored, nor is leave paid by its month."""
    by_leave = law.profile.methods["leave_effect"] == "by_kind_and_month"
    if not (scores_presence(law_of_month(law, month)) or by_leave):
        return None
    day = cut_off_day(law, month)
    return month.last_day if day is None else month.start.replace(day=day)


def choice(law: Law, month: Period) -> str:
    """How the profile pays a month: ``as_usual``, or in December also ``full``, ``to_cut_off``,
    ``next_year``."""
    return law.profile.methods["december"] if month.start.month == _LAST_MONTH else "as_usual"


def cut_off_day(law: Law, month: Period) -> int | None:
    """The last day of a month of which presence counts; every later one counts as present."""
    if choice(law, month) != "to_cut_off":
        return None
    return int(law.by_name["december_cut_off_day"].on(month.start).value)
