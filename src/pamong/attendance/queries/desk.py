"""What of presence waits for somebody on his home page: one question as long as nothing waits for anybody."""

from __future__ import annotations

from dataclasses import dataclass, field

from pamong.access import policies as access_policies
from pamong.attendance import policies
from pamong.attendance.queries.corrections import Waiting, count_waiting_corrections
from pamong.attendance.queries.outages import count_outages_to_confirm
from pamong.attendance.sql import fetch
from pamong.kernel.actor import Actor
from pamong.law.engine.plan import Law

_ANY = """
SELECT EXISTS (SELECT 1 FROM attendance_correction WHERE state = 'open'),
  EXISTS (SELECT 1 FROM attendance_outage WHERE state = 'proposed')
"""


@dataclass(frozen=True, slots=True)
class PresenceDesk:
    """Requests to answer, with the clock of the most urgent, and outages to confirm."""

    corrections: Waiting = field(default_factory=Waiting)
    outages: int = 0


def get_presence_desk(*, actor: Actor, law: Law) -> PresenceDesk:
    """What waits for the actor; nothing for who neither answers nor confirms."""
    if not has_presence_desk(actor=actor):
        return PresenceDesk()
    ((corrections, outages),) = fetch(_ANY, {})
    return PresenceDesk(
        count_waiting_corrections(actor=actor, law=law) if corrections else Waiting(),
        count_outages_to_confirm(actor=actor) if outages else 0,
    )


def has_presence_desk(*, actor: Actor) -> bool:
    """Whether anything of presence ever waits for this actor."""
    asked = (policies.ANSWER, policies.SETTLE, policies.CONFIRM)
    return any(access_policies.may(actor, each) for each in asked)
