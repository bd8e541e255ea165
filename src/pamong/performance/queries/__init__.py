"""Reads of months: one's own, the team's, who of an office is missing, sheets that were brought."""

from pamong.performance.queries.files import FilePage, FileView, get_file, list_files
from pamong.performance.queries.offices import STATES, OfficePage, OfficeRow, list_office
from pamong.performance.queries.own import OwnMonth, find_own_month, find_own_week
from pamong.performance.queries.predicates import PREDICATES, PredicateRow, list_predicates
from pamong.performance.queries.sheets import find_reachable
from pamong.performance.queries.team import TeamRow, list_team

__all__ = [
    "PREDICATES",
    "STATES",
    "FilePage",
    "FileView",
    "OfficePage",
    "OfficeRow",
    "OwnMonth",
    "PredicateRow",
    "TeamRow",
    "find_own_month",
    "find_own_week",
    "find_reachable",
    "get_file",
    "list_files",
    "list_office",
    "list_predicates",
    "list_team",
]
