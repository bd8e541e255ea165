"""The data-quality list: what twenty-one rules find in the register of a date, and what was accepted."""

from pamong.people.quality.accepting import accept, reopen
from pamong.people.quality.board import LIST, READ, Board, Count, Place, count_findings, opens
from pamong.people.quality.findings import (
    Accepted,
    Finding,
    FindingPage,
    get_finding,
    list_findings,
    may_accept,
)
from pamong.people.quality.kinds import Group, Mend, Owner, Rule, Severity
from pamong.people.quality.legal import sources
from pamong.people.quality.rules import RULES, rule_of

__all__ = [
    "LIST",
    "READ",
    "RULES",
    "Accepted",
    "Board",
    "Count",
    "Finding",
    "FindingPage",
    "Group",
    "Mend",
    "Owner",
    "Place",
    "Rule",
    "Severity",
    "accept",
    "count_findings",
    "get_finding",
    "list_findings",
    "may_accept",
    "opens",
    "reopen",
    "rule_of",
    "sources",
]
