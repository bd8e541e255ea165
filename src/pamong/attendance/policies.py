"""Who may look after devices and bring in punches, and who reads whose."""

from __future__ import annotations

from pamong.access import policies
from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor

READ = "attendance:read"
IMPORT = "attendance:import"
ROSTER = "attendance:roster"
SWAP = "attendance:swap"


def require_import(actor: Actor) -> None:
    """NotAllowed unless the actor may bring in punches over the whole government: a device serves whoever
    comes by, and no file knows bounds of units."""
    answer = policies.may_over(actor, IMPORT, "")
    if not answer:
        raise NotAllowed(answer.reason)


def require_roster(actor: Actor, unit_path: str) -> None:
    """NotAllowed unless the actor may say who has which shift in this unit."""
    answer = policies.may_over(actor, ROSTER, unit_path)
    if not answer:
        raise NotAllowed(answer.reason)
