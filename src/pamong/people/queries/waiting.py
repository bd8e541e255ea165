"""What somebody asked to change about his own data, and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pamong.kernel.actor import Actor
from pamong.people.choices import EntryState
from pamong.people.queries.rows import fetch


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """An entry about one's own data. ``by`` decided it and said ``answer``; both empty while it waits."""

    uid: UUID
    subject: str
    act: str
    on: date | None
    reason: str
    state: EntryState
    entered_at: datetime
    entered_by: str
    by: str
    answer: str
    decided_at: datetime | None


def list_own_entries(*, actor: Actor, limit: int = 20) -> Sequence[OwnEntry]:
    """The newest entries about the actor's own data: those that wait first. Nothing without a person."""
    if actor.person_id is None:
        return ()
    found = fetch(
        'SELECT uid, subject, act, "on", reason, state, entered_at, entered_name, decided_name, answer, '
        "decided_at FROM people_entry WHERE person_id = %(id)s "
        "ORDER BY state <> 'waiting', id DESC LIMIT %(most)s",
        {"id": actor.person_id, "most": limit},
    )
    return [
        OwnEntry(
            uid, subject, act, on, reason, EntryState(state), entered_at, entered_by, by, answer, decided_at
        )
        for uid, subject, act, on, reason, state, entered_at, entered_by, by, answer, decided_at in found
    ]
