"""Reads of careers: raises that fall due, one person's worked out anew, those that were given."""

from pamong.career.queries.dues import (
    ConditionView,
    DueCounts,
    DuePage,
    DueRow,
    get_due,
    list_due,
    list_due_months,
    list_months,
    list_own_due,
)
from pamong.career.queries.following import NextRaise, find_next, find_own_next
from pamong.career.queries.one import WorkedOut, work_out_one
from pamong.career.queries.raises import (
    CaseView,
    Change,
    ChangeList,
    Given,
    cases_of,
    count_news,
    list_changes,
    list_own_raises,
)

__all__ = [
    "CaseView",
    "Change",
    "ChangeList",
    "ConditionView",
    "DueCounts",
    "DuePage",
    "DueRow",
    "Given",
    "NextRaise",
    "WorkedOut",
    "cases_of",
    "count_news",
    "find_next",
    "find_own_next",
    "get_due",
    "list_changes",
    "list_due",
    "list_due_months",
    "list_months",
    "list_own_due",
    "list_own_raises",
    "work_out_one",
]
