"""Who may see the organisation, and who may change it."""

from __future__ import annotations

from pamong.access import policies
from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor

READ = "organisation:read"
CHANGE = "organisation:change"


def require_read(actor: Actor) -> None:
    """``NotAllowed`` unless the actor is in service: who sits where is no secret within a government."""
    policies.require(actor, READ)


def may_change(actor: Actor, unit_path: str = "") -> policies.Answer:
    """Whether the actor may change units and seats below this path of codes ('' = the whole government)."""
    return policies.may_over(actor, CHANGE, unit_path)


def require_others(actor: Actor, seat_id: int) -> None:
    """Raise ``NotAllowed`` for a seat that the actor has or stands in for: its class decides his allowance,
    and nobody acts on his own case."""
    if seat_id in actor.seats:
        raise NotAllowed("Posisi ini Anda pangku sendiri. Petugas kepegawaian lain yang mengubahnya.")


def require_any_change(actor: Actor) -> None:
    """``NotAllowed`` for who may change no unit at all: he is told so whatever he asks about."""
    policies.require(actor, CHANGE)


def require_change(actor: Actor, unit_path: str = "") -> None:
    """Raise ``NotAllowed`` with the reason where ``may_change`` answers no."""
    answer = may_change(actor, unit_path)
    if not answer:
        raise NotAllowed(answer.reason)
