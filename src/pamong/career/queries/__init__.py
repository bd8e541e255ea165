"""Reads of careers: raises that fall due, one of them, and one person's worked out anew."""

from pamong.career.queries.dues import (
    ConditionView,
    DueCounts,
    DuePage,
    DueRow,
    get_due,
    list_due,
    list_months,
    list_own_due,
)
from pamong.career.queries.one import WorkedOut, work_out_one

__all__ = [
    "ConditionView",
    "DueCounts",
    "DuePage",
    "DueRow",
    "WorkedOut",
    "get_due",
    "list_due",
    "list_months",
    "list_own_due",
    "work_out_one",
]
