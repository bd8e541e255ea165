"""Who sees which pages, by role."""

from __future__ import annotations

from pamong.access.roles import HELD

EVERYONE = frozenset(HELD)
STRANGER = ""  # not signed in
OPERATOR = frozenset({"system_operator"})
READERS = frozenset({"personnel_officer", "appointing_official", "inspector", "pay_auditor"})
TREASURY = frozenset({"treasury"})
LISTERS = READERS | TREASURY | {"superior", "unit_clerk"}
LATE_READERS = READERS | {"employee"}  # who comes late is the employee of these tests
OFFICER = frozenset({"personnel_officer"})
KNOW_OWN = EVERYONE - OPERATOR - TREASURY
UNMASKERS = frozenset({"personnel_officer", "inspector"})
LIST_FAULTS = frozenset({"unit_clerk", "personnel_officer", "inspector"})
COUNT_FAULTS = LIST_FAULTS | {"appointing_official"}
ASKERS = frozenset({"employee", "superior", "unit_clerk"})  # who has days of his own here
REPORTERS = OFFICER | {"superior", "unit_clerk"}
ANSWERERS = OFFICER | {"superior"}
ALL = frozenset({STRANGER, *HELD})
READ_PAPERS = frozenset({"employee", "superior", "unit_clerk", "personnel_officer", "inspector"})
PREPARERS = frozenset({"unit_clerk", "personnel_officer"})
RAISES = READ_PAPERS | {"appointing_official"}
CHANGES = frozenset({"treasury", "personnel_officer", "inspector", "pay_auditor"})
DECIDE_DUTY = frozenset({"superior", "personnel_officer"})
LEDGER = frozenset({"inspector", "pay_auditor", "system_operator"})
KNOW_PRIVATE = READ_PAPERS
