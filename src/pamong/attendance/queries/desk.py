"""What of presence waits for somebody on his home page: one question as long as nothing waits for anybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from pamong.access import policies as access_policies
from pamong.attendance import policies
from pamong.attendance.queries.corrections import Waiting, count_waiting_corrections
from pamong.attendance.queries.outages import count_outages_to_confirm
from pamong.attendance.sql import fetch
from pamong.kernel.actor import Actor
from pamong.law.engine.plan import Law

# Days on which somebody punched though he was excused; in the words of the index that finds them.
CONFLICT = "r.superseded_at IS NULL AND r.state = 'excused' AND r.reasons @> '[[\"conflict\"]]'::jsonb"
_ANY = f"""
SELECT EXISTS (SELECT 1 FROM attendance_correction WHERE state = 'open'),
  EXISTS (SELECT 1 FROM attendance_outage WHERE state = 'proposed'),
  EXISTS (SELECT 1 FROM attendance_dayresult r WHERE {CONFLICT} AND r.local_on > %(since)s)
"""  # noqa: S608 - our own text
BACK = timedelta(days=92)  # older days of that kind are paid, and corrected by other ways


@dataclass(frozen=True, slots=True)
class PresenceDesk:
    """Requests to answer, with the clock of the most urgent, and outages to confirm. ``conflicts``: whether
    anybody at all punched on an excused day; not asked where nothing else ever waits."""

    corrections: Waiting = field(default_factory=Waiting)
    outages: int = 0
    conflicts: bool = True


def get_presence_desk(*, actor: Actor, law: Law) -> PresenceDesk:
    """What waits for the actor; nothing for who neither answers nor confirms."""
    if not has_presence_desk(actor=actor):
        return PresenceDesk()
    ((corrections, outages, conflicts),) = fetch(_ANY, {"since": actor.on - BACK})
    return PresenceDesk(
        count_waiting_corrections(actor=actor, law=law) if corrections else Waiting(),
        count_outages_to_confirm(actor=actor) if outages else 0,
        conflicts,
    )


def has_presence_desk(*, actor: Actor) -> bool:
    """Whether anything of presence ever waits for this actor."""
    asked = (policies.ANSWER, policies.SETTLE, policies.CONFIRM)
    return any(access_policies.may(actor, each) for each in asked)
