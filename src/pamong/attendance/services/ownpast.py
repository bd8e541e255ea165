"""Days that are over: what they count as is changed by others than whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pamong.attendance.errors import OwnPast
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.kernel.timeline import Plan, stretches
from pamong.people.services.reading import near


def past_of(plan: Plan, today: date) -> Period | None:
    """From the first to the last day before today on which a plan changes something; None for none."""
    changed = [each.period for each in stretches(plan) if each.period.start < today]
    if not changed:
        return None
    end = changed[-1].end
    return Period(changed[0].start, today if end is None else min(end, today))


def require_others(actor: Actor, persons: Iterable[int]) -> None:
    """``OwnPast`` where the actor or a declared relative is among those whose past days are touched."""
    if not near(actor.person_id).isdisjoint(persons):
        raise OwnPast(actor.on)
