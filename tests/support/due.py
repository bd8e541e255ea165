"""A raise that stands on the list, for tests that look at it without working one out."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from pamong.career.models import KgbDue
from pamong.kernel.ids import uuid7
from pamong.ledger.bulk import copy_rows
from tests.support.month import MORNING

_TOLD = {"value": "", "threshold": "", "source": "", "link": "", "evidence": "", "leads_to": ""}


def due_about(person_id: int, month: date = date(2027, 1, 1)) -> UUID:
    """The uid of somebody's raise that is kept back for his predicate."""
    said: list[dict[str, Any]] = [
        {"code": "service", "state": "met", "effect": "allow", "sentence": "Masa kerja mencapai 6 tahun."},
        {
            "code": "predicate", "state": "not_met", "effect": "block", "leads_to": "delay",
            "sentence": "Predikat kinerja 2025 kurang, di bawah butuh perbaikan.",
        },
    ]  # fmt: skip
    row = {
        "uid": uuid7(MORNING), "person_id": person_id, "due_on": month, "effective_on": month,
        "deadline": date(month.year - 1, 11, 1), "kind": "PNS", "golongan": "III/a", "mkg_years": 4,
        "mkg_months": 0, "since": date(month.year - 2, 1, 1), "row": 6, "new_years": 6, "new_months": 0,
        "base_before": 2_964_000, "base_after": 3_057_300, "document": "surat pemberitahuan",
        "effect": "block", "conditions": [_TOLD | each for each in said], "inputs_hash": "0" * 64,
    }  # fmt: skip
    copy_rows(KgbDue, tuple(row), [list(row.values())])
    return UUID(str(row["uid"]))
