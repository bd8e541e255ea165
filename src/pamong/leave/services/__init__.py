"""What is done with leave: entries of one, and lists of many."""

from pamong.leave.services.entries import (
    cancel_leave,
    change_leave,
    decide_leave,
    enter_leave,
    withdraw_leave,
)
from pamong.leave.services.lists import bring_list, decide_list, take_over_leaves, withdraw_list
from pamong.leave.values import Leave, ListedLeave, ListProblem

__all__ = [
    "Leave",
    "ListProblem",
    "ListedLeave",
    "bring_list",
    "cancel_leave",
    "change_leave",
    "decide_leave",
    "decide_list",
    "enter_leave",
    "take_over_leaves",
    "withdraw_leave",
    "withdraw_list",
]
