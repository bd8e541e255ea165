"""Who may compute, see and export pay."""

from __future__ import annotations

from pamong.access import policies
from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor

READ = "pay:read"
RUN = "pay:run"
EXPORT = "pay:export"
# The path of a month: each over the unit that a list belongs to.
LISTS = "pay:lists"
PREPARE = "pay:prepare"
SIGN = "pay:sign"
CHECK = "pay:check"
SUBMIT = "pay:submit"
TREASURY = "pay:treasury"
REOPEN = "pay:reopen"
BUDGET = "pay:budget"
ADOPT = "law:adopt"


def require_run(actor: Actor) -> None:
    """NotAllowed unless the actor may compute a month."""
    _require_whole(actor, RUN)


def require_adopt(actor: Actor) -> None:
    """NotAllowed unless the actor may put law in force: never the operator of the machine."""
    policies.require_account(actor)
    _require_whole(actor, ADOPT)


def require_export(actor: Actor) -> None:
    """NotAllowed unless the actor may take slips out as files."""
    _require_whole(actor, EXPORT)


def reads_owing(actor: Actor) -> bool:
    """Whether the actor reads all overpayments: who reads all pay, and the treasury."""
    return reads_all(actor) or bool(may_over(actor, TREASURY, ""))


def may_run(actor: Actor) -> policies.Answer:
    """Whether the actor may compute a month, with the reason."""
    return policies.may_over(actor, RUN, "")


def may_export(actor: Actor) -> policies.Answer:
    """Whether the actor may take slips out as files, with the reason."""
    return policies.may_over(actor, EXPORT, "")


def reads_all(actor: Actor) -> bool:
    """Whether the actor reads the pay of the whole government."""
    return bool(policies.may_over(actor, READ, ""))


def require_over(actor: Actor, permission: str, path: str) -> int:
    """The account of an actor who may do this over a unit. NotAllowed, for the command line too."""
    user = policies.require_account(actor)
    policies.require(actor, permission)
    answer = policies.may_over(actor, permission, path)
    if not answer:
        raise NotAllowed(answer.reason)
    return user


def may_over(actor: Actor, permission: str, path: str) -> policies.Answer:
    """Whether the actor may do this over a unit, with the reason."""
    return policies.may_over(actor, permission, path)


def _require_whole(actor: Actor, permission: str) -> None:
    """A run is about the whole government: a right over a part of it does not reach it."""
    policies.require(actor, permission)
    answer = policies.may_over(actor, permission, "")
    if not answer:
        raise NotAllowed(answer.reason)
