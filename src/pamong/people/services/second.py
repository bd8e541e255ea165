"""Who may store an import: what changes what stands already takes somebody else than who brought its file.

New people, and what a person has first of all, are filled in by one officer; so are new units and seats.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pamong.kernel.actor import Actor
from pamong.people import policies
from pamong.people.choices import Outcome, TwinDecision
from pamong.people.errors import SecondNeeded
from pamong.people.queries.bringers import find_brought, find_own
from pamong.people.services import reading
from pamong.people.services.batch_state import found_batch


def alters(batch: Any) -> bool:
    """Whether a batch would change what stands, as far as it is known before it is stored."""
    return bool(batch.counts.get("altering")) or decided_same(batch)


def decided_same(batch: Any) -> bool:
    """Whether a row waits to be stored that somebody decided to be about a known person."""
    same = {"outcome": Outcome.TWIN.value, "decision": TwinDecision.SAME.value}
    return bool(batch.rows.filter(**same).exists())


def has_brought(actor: Actor, batch: Any) -> bool:
    """Whether the actor can be no second officer: he has brought the file, or is no account."""
    return actor.user_id is None or bool(find_brought(actor, [batch.pk]))


def require_not_own(actor: Actor, batch: Any, does: str) -> None:
    """``NotAllowed`` where a batch changes record or seat of the actor or of a declared relative; ``does``:
    "petugas lain ..."."""
    policies.require_others(does, concerned=bool(find_own(actor, [batch.pk])))


def require_others_row(actor: Actor, twins: Sequence[int], does: str) -> None:
    """``NotAllowed`` where a row may be about the actor himself or a declared relative."""
    policies.require_others(does, concerned=not _close(actor).isdisjoint(twins))


def require_second(*, actor: Actor, uid: UUID, altered: Mapping[int, Sequence[int]]) -> None:
    """Called as rows are stored, with the lines that change what stands and the persons whom each is about:
    what stands may have changed since the file was tried. ``SecondNeeded``; ``NotAllowed`` for one's own and
    for those of declared relatives."""
    if not altered:
        return
    if has_brought(actor, found_batch(uid)):
        raise SecondNeeded
    touched = {person for persons in altered.values() for person in persons}
    policies.require_others("yang menyimpannya", concerned=not _close(actor).isdisjoint(touched))


def _close(actor: Actor) -> set[int]:
    """The actor himself and his declared relatives."""
    return reading.near(actor.person_id)
