"""Which facts of a slip stand under which cause. What no group names is a fact about the person."""

from __future__ import annotations

from pamong.pay.calculation import PERSON_FACTS
from pamong.pay.choices import DifferenceCause
from pamong.performance.choices import VALUES

# Not facts of the law, but of whether its plan is asked at all: in service, and in a group that receives TPP.
COUNTED = "counted"

# They only tell which part of the month counts, and in which standing.
_POST = ("standing", "days_in_month", "first_work_day", "is_dead", "last_day")


def facts_of(cause: DifferenceCause) -> tuple[str, ...]:
    """The facts of the person that are put in under a cause, in the order of the slip's facts."""
    named = {DifferenceCause.POST: _POST, DifferenceCause.WORK: VALUES}
    if cause is DifferenceCause.PERSON:
        others = {name for names in named.values() for name in names}
        return (*(name for name in PERSON_FACTS if name not in others), COUNTED)
    return tuple(name for name in PERSON_FACTS if name in named.get(cause, ()))


def rows_of(cause: DifferenceCause) -> tuple[str, ...]:
    """Whose rows are put in under a cause: those of parts of the month and of posts stood in for, of days."""
    return {DifferenceCause.POST: ("segments", "acting"), DifferenceCause.PRESENCE: ("days",)}.get(cause, ())
