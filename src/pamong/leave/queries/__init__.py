"""Reads of leave: where its registers are found."""

from pamong.attendance.queries.papers import Shelf
from pamong.leave import policies
from pamong.leave.queries.changes import LeaveChange, list_changes
from pamong.leave.queries.conflicts import (
    Conflict,
    Kept,
    count_conflicts,
    kept_days,
    list_conflicts,
)
from pamong.leave.queries.granted import Granted, get_granted
from pamong.leave.queries.own import (
    Contact,
    OwnEntry,
    OwnLeave,
    get_own_contact,
    get_own_kinds,
    get_own_leave,
)
from pamong.leave.services import entries, lists
from pamong.leave.values import listed

LEAVES = Shelf(entries.DESK, policies.READ, "SELECT id AS paper_id, person_id FROM leave_leaveentry")
LISTS = Shelf(
    lists.DESK,
    policies.ENTER,
    "SELECT l.id AS paper_id, (r ->> 'person')::bigint AS person_id FROM leave_leavelist l, "
    "jsonb_array_elements(l.rows) r",
)

__all__ = [
    "LEAVES",
    "LISTS",
    "Conflict",
    "Contact",
    "Granted",
    "Kept",
    "LeaveChange",
    "OwnEntry",
    "OwnLeave",
    "count_conflicts",
    "get_granted",
    "get_own_contact",
    "get_own_kinds",
    "get_own_leave",
    "kept_days",
    "list_changes",
    "list_conflicts",
    "listed",
]
