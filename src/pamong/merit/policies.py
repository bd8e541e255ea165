"""Who opens vacancies, forms panels, applies and reads. A member's right to score follows from the panel."""

from __future__ import annotations

from pamong.access import policies
from pamong.kernel.actor import Actor

OPEN, PANEL, APPLY, READ = "merit:open", "merit:panel", "merit:apply", "merit:read"
APPOINT = "decisions:appoint"
APPOINTMENT = "merit.appoint"  # the kind of decision that fills a post


def require_officer(actor: Actor) -> None:
    """NotAllowed unless the actor runs selections for the whole government."""
    policies.require_whole(actor, OPEN)


def reads_all(actor: Actor) -> bool:
    """Whether the actor reads every selection: officers, the appointing official, who inspects."""
    return bool(policies.may_over(actor, READ, ""))


def is_sealed(step: str) -> bool:
    """Whether scores are sealed as long as a vacancy is at this step: nobody reads another's."""
    return step in ("", "announced", "closed")
