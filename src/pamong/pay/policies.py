"""Who may compute, see and export pay."""

from __future__ import annotations

from pamong.access import policies
from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor

READ = "pay:read"
RUN = "pay:run"
EXPORT = "pay:export"


def require_run(actor: Actor) -> None:
    """NotAllowed unless the actor may compute a month."""
    _require_whole(actor, RUN)


def require_export(actor: Actor) -> None:
    """NotAllowed unless the actor may take slips out as files."""
    _require_whole(actor, EXPORT)


def may_run(actor: Actor) -> policies.Answer:
    """Whether the actor may compute a month, with the reason."""
    return policies.may_over(actor, RUN, "")


def may_export(actor: Actor) -> policies.Answer:
    """Whether the actor may take slips out as files, with the reason."""
    return policies.may_over(actor, EXPORT, "")


def reads_all(actor: Actor) -> bool:
    """Whether the actor reads the pay of the whole government."""
    return bool(policies.may_over(actor, READ, ""))


def _require_whole(actor: Actor, permission: str) -> None:
    """A run is about the whole government: a right over a part of it does not reach it."""
    policies.require(actor, permission)
    answer = policies.may_over(actor, permission, "")
    if not answer:
        raise NotAllowed(answer.reason)
