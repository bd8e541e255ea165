"""Who may look after devices and bring in punches, and who reads whose."""

from __future__ import annotations

from pamong.access import policies
from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor

READ = "attendance:read"
IMPORT = "attendance:import"
# Duty letters, permits and musters.
READ_DUTY, ASK, ENTER, VERIFY = "duty:read", "duty:ask", "duty:enter", "duty:verify"


def require_import(actor: Actor) -> None:
    """NotAllowed unless the actor may bring in punches over the whole government: a device serves whoever
    comes by, and no file knows bounds of units."""
    answer = policies.may_over(actor, IMPORT, "")
    if not answer:
        raise NotAllowed(answer.reason)
