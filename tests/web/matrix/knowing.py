"""Which objects are about the whole government, who may know that one is there, and who is let in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.web.matrix.laws import (
    ACCOUNT,
    CORRECTION,
    ENTRY,
    FILE,
    LIST,
    LISTS,
    MUSTER,
    OUTAGE,
    OWED,
    PAPER,
    PROPOSED,
    READ_RUN,
    SHEET,
    SLIP,
    UNIT,
    VACANCY,
    Law,
)
from tests.web.matrix.trying import Try

WHOLE = frozenset(
    {
        "run", "comparison", "batch", "draft", "month_sheet", "device", "machine_group", "list", "vacancy",
    }
)  # fmt: skip
# Who may know that an object is there: from him alone a refusal need not hide it.
# Of units and seats that stand no more everybody in service sees the days on which they stood.
_STOOD = {subject: kinds.replace("F", "FE") for subject, kinds in UNIT.items()}
KNOWN: Mapping[str, Law] = {
    "person": FILE, "entry": ENTRY, "correction": CORRECTION, "correction_file": CORRECTION,
    "outage": OUTAGE, "outage_file": OUTAGE, "sheet": SHEET, "sheet_file": SHEET,
    "account": ACCOUNT, "run": READ_RUN, "unit": _STOOD, "seat": _STOOD,
    "proposal": PROPOSED, "pay_list": LIST, "difference": SLIP, "overpayment": OWED,
    "leave": PAPER, "leave_held": PAPER, "letter": PAPER, "letter_held": PAPER,
    "permit": PAPER, "muster": MUSTER, "list": LISTS, "vacancy": VACANCY,
}  # fmt: skip


def expected(each: Try, subject: str, kind: str) -> bool:
    """Whether the law of the table lets the subject in. Who lost a role is what the rest of him is."""
    if not subject:
        return False
    said = each.law["employee" if subject.startswith("was_") else subject]
    return kind in said


def as_json(body: Mapping[str, Any]) -> str:
    """A body for the interface."""
    return json.dumps(body)
