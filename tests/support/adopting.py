"""Law put in force as it is everywhere: one proposes, the appointing official signs."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from pamong.decisions import services as decisions
from pamong.decisions.choices import Answer
from pamong.decisions.services.answering import Given
from pamong.kernel.actor import Actor
from pamong.pay.services import propose_law

EVIDENCE = {"evidence": "Nilai contoh untuk pengujian saja"}  # example values may not pay: a reason is wanted


def put_in_force(
    officer: Actor, official: Actor, at: datetime, profile: str, overlay: str, ground: str
) -> UUID:
    """The files as they are now are in force; by which decision."""
    uid = propose_law(actor=officer, at=at, key=uuid4(), profile=profile, overlay=overlay, ground=ground).uid
    decisions.answer(actor=official, at=at, decision=uid, given=Given(Answer.AGREE, reasons=EVIDENCE))
    return uid
