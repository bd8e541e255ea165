"""A dated fact of presence, written: one seal, its rows, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.kernel.timeline import Plan
from pamong.ledger import dated
from pamong.ledger import services as ledger
from pamong.ledger.choices import Act, SealKind
from pamong.ledger.dated import DatedRow
from pamong.ledger.events import Event


def write(
    actor: Actor, at: datetime, model: type[DatedRow], key: Mapping[str, object], plan: Plan, event: Event
) -> None:
    """Write what was planned for the rows of ``key``, and record the event, in the caller's transaction."""
    basis = ledger.seal(actor=actor, kind=SealKind.IMPORT, ref=uuid7(at))
    dated.write(model, key, plan, act=Act.CHANGE, basis=basis)
    ledger.record(actor=actor, event=event)
