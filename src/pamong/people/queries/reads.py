"""Who looked at somebody's data: for himself, and for those who watch over it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from pamong.access import policies
from pamong.access import queries as access
from pamong.access.queries import ReadRow
from pamong.kernel.actor import Actor
from pamong.people.errors import PersonNotFound
from pamong.people.queries.rows import bounded, fetch

PAGE = 100


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One page of looks, newest first, and how many there are in all."""

    rows: Sequence[ReadRow] = ()
    total: int = 0
    page: int = 1
    last: int = 1


def list_own_reads(*, actor: Actor, page: int = 1, size: int = PAGE) -> ReadPage:
    """Who looked at the actor's own data, down to the first look. Nothing for an account without a person."""
    uid = own_uid(actor=actor)
    return ReadPage() if uid is None else _page(actor, uid, page, size)


def list_reads(*, actor: Actor, uid: UUID, page: int = 1, size: int = PAGE) -> ReadPage:
    """Who looked at one person's data, for those who may read the log. ``NotAllowed``, ``PersonNotFound``."""
    policies.require(actor, "access:read")
    if not fetch("SELECT 1 FROM people_person WHERE uid = %(uid)s", {"uid": uid}):
        raise PersonNotFound
    return _page(actor, uid, page, size)


def own_uid(*, actor: Actor) -> UUID | None:
    """The id of the person behind the actor's account."""
    if actor.person_id is None:
        return None
    return UUID(str(fetch("SELECT uid FROM people_person WHERE id = %(id)s", {"id": actor.person_id})[0][0]))


def uids_behind(*, actor: Actor, user_ids: Collection[int]) -> list[UUID]:
    """The ids of the persons behind accounts, to note a look at them."""
    rows = fetch(
        "SELECT uid FROM people_person WHERE user_id = ANY(%(users)s) ORDER BY id", {"users": list(user_ids)}
    )
    return [UUID(str(row[0])) for row in rows]


def _page(actor: Actor, uid: UUID, page: int, size: int) -> ReadPage:
    total = access.count_reads_of(actor=actor, subject=uid)
    page, last = bounded(page, total, size)
    rows = access.reads_of(actor=actor, subject=uid, limit=size, skip=(page - 1) * size)
    return ReadPage(rows, total, page, last)
