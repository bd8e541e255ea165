"""Who may see the organisation, and who may change it."""

from __future__ import annotations

from collections.abc import Collection

from pamong.access import policies
from pamong.access.errors import NotAllowed, OwnCase
from pamong.kernel.actor import Actor

READ = "organisation:read"
CHANGE = "organisation:change"


def require_read(actor: Actor) -> None:
    """``NotAllowed`` unless the actor is in service: who sits where is no secret within a government."""
    policies.require(actor, READ)


def may_change(actor: Actor, unit_path: str = "") -> policies.Answer:
    """Whether the actor may change units and seats below this path of codes ('' = the whole government)."""
    return policies.may_over(actor, CHANGE, unit_path)


def may_change_seat(actor: Actor, seat_id: int) -> str:
    """Why the actor changes nothing of a seat in his part: that he has it or stands in for it; '' if he may.
    Its class decides his allowance, and nobody acts on his own case."""
    if seat_id in actor.seats:
        return "Posisi ini Anda pangku sendiri. Petugas kepegawaian lain yang mengubahnya."
    return ""


def require_others(actor: Actor, seat_id: int) -> None:
    """Raise ``OwnCase`` for a seat of the actor's own."""
    if refused := may_change_seat(actor, seat_id):
        raise OwnCase(refused)


def require_account(actor: Actor) -> int:
    """The account behind the actor: two people are two accounts, never the command line. ``NotAllowed``."""
    if actor.user_id is None:
        raise NotAllowed("Masuk dengan akun Anda sendiri. Baris perintah tidak mengusulkan atau memutuskan.")
    return actor.user_id


def may_decide(actor: Actor, proposed_by: int, seat_id: int | None, kin: Collection[int] = ()) -> str:
    """Why the actor is no second officer for an act of this proposer on this seat, if it is about one; '' if
    he is. ``kin`` are the seats of his relatives. His part of the government is looked at where the act
    itself runs."""
    if actor.user_id is None or actor.user_id == proposed_by:
        return "Anda yang mengusulkan ini. Petugas lain yang memutuskannya."
    if seat_id in actor.seats:
        return "Posisi ini Anda pangku sendiri. Petugas lain yang memutuskannya."
    if seat_id in kin:
        return "Posisi ini dipangku keluarga Anda. Petugas lain yang memutuskannya."
    return ""


def may_change_any(actor: Actor) -> bool:
    """Whether the actor may change any unit at all."""
    return bool(policies.may(actor, CHANGE))


def require_any_change(actor: Actor) -> None:
    """``NotAllowed`` for who may change no unit at all: he is told so whatever he asks about."""
    policies.require(actor, CHANGE)


def require_change(actor: Actor, unit_path: str = "") -> None:
    """Raise ``NotAllowed`` with the reason where ``may_change`` answers no."""
    answer = may_change(actor, unit_path)
    if not answer:
        raise NotAllowed(answer.reason)
