"""A dated fact of presence, written: one seal, its rows, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.kernel.timeline import Plan
from pamong.ledger import dated
from pamong.ledger import services as ledger
from pamong.ledger.choices import Act, SealKind
from pamong.ledger.dated import DatedRow
from pamong.ledger.events import Event
from pamong.ledger.locks import hold_spans_open


def hold_from(on: date, at: datetime) -> None:
    """Hold open every month from a day on that can be closed by now: a fact that holds
    so long belongs to all of them. In the caller's transaction. ``MonthClosing``."""
    hold_spans_open([(on, None)], at.date() + timedelta(days=1))


def write(
    actor: Actor, at: datetime, model: type[DatedRow], key: Mapping[str, object], plan: Plan, event: Event
) -> None:
    """Write what was planned for the rows of ``key``, and record the event, in the caller's transaction."""
    basis = ledger.seal(actor=actor, kind=SealKind.IMPORT, ref=uuid7(at))
    dated.write(model, key, plan, act=Act.CHANGE, basis=basis)
    ledger.record(actor=actor, event=event)
