"""Who reads, enters and agrees leave, and who looks at punches on days of leave."""

from __future__ import annotations

from pamong.access import policies
from pamong.attendance import policies as duty
from pamong.kernel.actor import Actor

READ, ENTER, VERIFY = "leave:read", "leave:enter", "leave:verify"
# By whom a day of leave on which somebody punched is looked at: who keeps his unit's leave, and who leads it.
LOOKERS = (ENTER, duty.ANSWER)


def looks_at_conflicts(actor: Actor) -> bool:
    """Whether days of leave with punches are ever this actor's to look at."""
    return actor.user_id is not None and any(policies.may(actor, each) for each in LOOKERS)
