"""Who looked at somebody's data: for himself, and for those who watch over it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from pamong.access import policies
from pamong.access import queries as access
from pamong.access.queries import ReadRow
from pamong.kernel.actor import Actor
from pamong.people.errors import PersonNotFound
from pamong.people.queries.rows import fetch


def list_own_reads(*, actor: Actor, limit: int = 200) -> Sequence[ReadRow]:
    """Who looked at the actor's own data, newest first. Nothing for an account without a person."""
    if actor.person_id is None:
        return ()
    found = fetch("SELECT uid FROM people_person WHERE id = %(id)s", {"id": actor.person_id})
    return access.reads_of(actor=actor, subject=found[0][0], limit=limit)


def list_reads(*, actor: Actor, uid: UUID, limit: int = 200) -> Sequence[ReadRow]:
    """Who looked at one person's data, for those who may read the log. ``NotAllowed``, ``PersonNotFound``."""
    policies.require(actor, "access:read")
    if not fetch("SELECT 1 FROM people_person WHERE uid = %(uid)s", {"uid": uid}):
        raise PersonNotFound
    return access.reads_of(actor=actor, subject=uid, limit=limit)


def own_uid(*, actor: Actor) -> UUID | None:
    """The id of the person behind the actor's account."""
    if actor.person_id is None:
        return None
    return UUID(str(fetch("SELECT uid FROM people_person WHERE id = %(id)s", {"id": actor.person_id})[0][0]))
