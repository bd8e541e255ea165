"""What waits for whom, for everybody at once: what reminders tell, and nothing by name.

The same as the inbox says to each (``addressing``), in one question.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from pamong.access import policies as access
from pamong.access.mailing import OPERATE
from pamong.decisions.addressing import turns_of_many
from pamong.kernel.actor import Actor

COUNTED = "count(*), count(*) FILTER (WHERE due_at < %(at)s), min(due_at)"


@dataclass(frozen=True, slots=True)
class Turns:
    """How many decisions wait for an account, how many of them are past their clock, and the first clock."""

    count: int = 0
    late: int = 0
    due_at: datetime | None = None


def count_by_reader(*, actor: Actor, at: datetime, readers: Collection[Actor]) -> Mapping[int, Turns]:
    """What waits for each of these accounts, by their ids, on the actor's day; who has nothing is left out.
    ``NotAllowed`` but for the machine and who operates it."""
    access.require_whole(actor, OPERATE)
    select = f"SELECT {COUNTED} FROM turns HAVING count(*) > 0"  # noqa: S608 - our own text
    return {user: Turns(*said) for user, *said in turns_of_many(select, actor, readers, at)}
