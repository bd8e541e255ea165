"""Who may store an import: what changes people who are known already takes somebody else than who tried it.

New people, and what a person has first of all, are filled in by one officer; a chart of units is no matter of
a person.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from pamong.kernel.actor import Actor
from pamong.people import policies
from pamong.people.choices import Outcome, TwinDecision
from pamong.people.errors import BatchNotFound, SecondNeeded
from pamong.people.models import Batch


def alters(batch: Any) -> bool:
    """Whether a batch would change what stands, as far as it is known before it is stored."""
    return bool(batch.counts.get("altering")) or decided_same(batch)


def decided_same(batch: Any) -> bool:
    """Whether a row waits to be stored that somebody decided to be about a known person."""
    same = {"outcome": Outcome.TWIN.value, "decision": TwinDecision.SAME.value}
    return bool(batch.rows.filter(**same).exists())


def require_second(*, actor: Actor, uid: UUID, altered: Collection[int | None]) -> None:
    """Called as rows are stored, with the persons of those that change what stands: what stands may have
    changed since the file was tried. ``SecondNeeded``, ``NotAllowed`` for one's own row."""
    if not altered:
        return
    batch = Batch.objects.filter(uid=uid).first()
    if batch is None:
        raise BatchNotFound
    if not policies.is_second(actor, batch.checked_user_id):
        raise SecondNeeded
    policies.require_others(actor, altered)
