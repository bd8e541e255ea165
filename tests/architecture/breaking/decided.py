"""Rows of decisions that may stand, what breaks their checks, and pairs of which one may stand.

Orders and their ends are not here: a number stands only together with its order (tests/decisions).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from pamong.decisions import models as decisions
from tests.architecture.breaking.making import Values, new_dated, new_seat, new_user
from tests.support.city import since

NOW = "2026-11-10T01:00:00Z"


def _decision() -> Values:
    return {
        "key": uuid4(), "kind": "tests.task", "title": "Tugas", "content": {}, "steps": [],
        "waits_permission": "decisions:appoint", "entered_by": new_user(), "entered_name": "Pegawai Karangan",
        "entered_on": date(2026, 11, 10),
    }  # fmt: skip


def _of(**values: Any) -> Values:
    return {"decision": decisions.Decision.objects.create(**_decision()), **values}


DECIDED: dict[type, Callable[[], Values]] = {
    decisions.Decision: _decision,
    decisions.GateRow: lambda: _of(
        stage="proposed", rank=0, code="age", title="Umur", verdict="allow", sentence="Cukup."
    ),
    decisions.StepAct: lambda: _of(
        place=0, step="sign", part="sign", answer="agree", user=new_user(), name="Pejabat", office="Kantor",
        reach="role",
    ),
    decisions.Register: lambda: {"code": f"uji-{uuid4()}", "year": 2026},
    decisions.Objection: lambda: _of(
        by="Inspektorat", text="Belum lengkap", filed_by=new_user(), filed_name="Pemeriksa"
    ),
    decisions.Delegation: lambda: new_dated(
        seat=new_seat(), to_seat=new_seat(), kinds=["tests.task"],
        period=since(date(2026, 11, 2), date(2026, 11, 9)),
    ),
    decisions.Memo: lambda: {
        "source": "Ajudan", "text": "Tambahkan nama", "said_at": NOW, "filed_by": new_user(),
        "filed_name": "Sekretaris",
    },
}  # fmt: skip
DECIDED_CHECKS: dict[str, Values | Callable[[Values], Values]] = {
    "decision_state": {"state": "melayang", "closed_at": NOW},
    "decision_sealed": {"state": "sealed", "closed_at": NOW},
    "decision_closed": {"closed_at": NOW},
    "decision_withdrawn": {"withdrawal": "Tidak jadi"},
    "decision_addressed": {"waits_permission": ""},
    "gaterow_stage": {"stage": "kelak"},
    "gaterow_verdict": {"verdict": "mungkin"},
    "gaterow_reason": {"stage": "signed", "verdict": "warn"},
    "gaterow_not_past_a_block": {"stage": "signed", "verdict": "unknown"},
    "stepact_part": {"part": "lewat"},
    "stepact_answer": {"answer": "mungkin", "reason": "entah"},
    "stepact_reach": {"reach": "entah"},
    "stepact_reason": {"answer": "refuse"},
    "register_counts": {"last": -1},
    "objection_says": {"text": ""},
    "objection_lifted": {"lifted_at": NOW},
    "objection_own": lambda _row: {"lifted_by": new_user(), "lifted_at": NOW, "answer": "Sudah lengkap"},
    "delegation_days": {"period": since(date(2026, 11, 2))},
    "delegation_to_other": lambda row: {"to_seat": row["seat"]},
    "memo_says": {"source": ""},
    "leaveopening_left": {"left": "-1"},
    "leavedeferral_days": {"days": "0"},
    "leavekept_says": {"reason": ""},
}
