"""What is done with leave: entries of one, and lists of many."""

from pamong.leave.services.balances import take_over_balances
from pamong.leave.services.entries import (
    cancel_leave,
    change_leave,
    enter_leave,
)
from pamong.leave.services.keeping import keep_leave
from pamong.leave.services.lists import bring_list, take_over_leaves
from pamong.leave.services.requesting import request_leave, shorten_leave, try_leave
from pamong.leave.values import Leave, ListedLeave, ListProblem

__all__ = [
    "Leave",
    "ListProblem",
    "ListedLeave",
    "bring_list",
    "cancel_leave",
    "change_leave",
    "enter_leave",
    "keep_leave",
    "request_leave",
    "shorten_leave",
    "take_over_balances",
    "take_over_leaves",
    "try_leave",
]
