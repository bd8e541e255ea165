"""From which office somebody answers, in words."""

from __future__ import annotations

from pamong.access.roles import ROLES
from pamong.decisions import models
from pamong.decisions.addressing import Turn
from pamong.decisions.choices import Reach
from pamong.decisions.sql import fetch, seat_labels
from pamong.decisions.types import Step
from pamong.kernel.actor import Actor

_KIND = """
SELECT kind FROM people_appointment WHERE seat_id = %(seat)s AND person_id = %(person)s
  AND superseded_at IS NULL AND period @> %(on)s::date AND kind IN ('regular', 'plt', 'plh')
ORDER BY array_position(ARRAY['regular', 'plh', 'plt'], kind) LIMIT 1
"""
_BEFORE = {"plt": "Plt. ", "plh": "Plh. ", "regular": ""}


def office_of(actor: Actor, row: models.Decision, step: Step, turn: Turn) -> str:
    """``Plt. Lurah, Kelurahan Melati``; with a delegation also whose decisions they are."""
    if turn.seat is None:
        return _role(actor, step)
    own, labels = turn.seat, seat_labels([turn.seat, row.waits_seat_id or turn.seat], actor.on)
    if turn.reach is Reach.DELEGATED:
        # ``seat`` is the one whose decisions they are; his own is any other of his.
        mine = next((seat for seat in actor.seats if seat != own), None)
        here = seat_labels([mine], actor.on).get(mine, "") if mine else ""
        return f"a.n. {labels.get(own, '')} ({here})"
    return f"{_acting(actor, own)}{labels.get(own, '')}"


def _acting(actor: Actor, seat: int) -> str:
    found = fetch(_KIND, {"seat": seat, "person": actor.person_id, "on": actor.on})
    return _BEFORE[found[0][0]] if found else ""


def _role(actor: Actor, step: Step) -> str:
    wanted = step.address.permission
    for grant in actor.grants:
        role = ROLES.get(grant.role)
        if role is not None and (wanted in role.may or not wanted):
            return role.title
    return step.title
