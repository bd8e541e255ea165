"""Who may compute, see and export pay."""

from __future__ import annotations

from pamong.access import policies
from pamong.kernel.actor import Actor

READ = "pay:read"
RUN = "pay:run"
EXPORT = "pay:export"


def require_run(actor: Actor) -> None:
    """NotAllowed unless the actor may compute a month."""
    policies.require(actor, RUN)


def require_export(actor: Actor) -> None:
    """NotAllowed unless the actor may take slips out as files."""
    policies.require(actor, EXPORT)


def may_run(actor: Actor) -> policies.Answer:
    """Whether the actor may compute a month, with the reason."""
    return policies.may(actor, RUN)


def may_export(actor: Actor) -> policies.Answer:
    """Whether the actor may take slips out as files, with the reason."""
    return policies.may(actor, EXPORT)


def reads_all(actor: Actor) -> bool:
    """Whether the actor reads the pay of the whole government."""
    return bool(policies.may_over(actor, READ, ""))
