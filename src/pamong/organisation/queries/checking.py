"""Whether what is derived is still what the rows say."""

from __future__ import annotations

from pamong.kernel.actor import Actor
from pamong.organisation import places, policies
from pamong.organisation.places import PlaceDifference


def check_places(*, actor: Actor) -> list[PlaceDifference]:
    """Where the table of places differs from the rows of units; empty if nowhere (case E-08)."""
    policies.require_read(actor)
    return places.differences()
