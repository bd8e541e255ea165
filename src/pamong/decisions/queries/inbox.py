"""What waits for an actor, by clock: what is overdue first, and what is odd is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pamong.access import services as access
from pamong.decisions.addressing import turns
from pamong.decisions.choices import Part, Reach
from pamong.decisions.types import kind_of
from pamong.kernel.actor import Actor
from pamong.people.services import reading

ITEMS_A_PAGE = 50
_COUNT = (
    "SELECT count(*), count(*) FILTER (WHERE d.odd) FROM turns t JOIN decisions_decision d ON d.id = t.id"
)
_KINDS = (
    "SELECT d.kind, count(*) FROM turns t JOIN decisions_decision d ON d.id = t.id GROUP BY d.kind "
    "ORDER BY d.kind"
)
_ITEMS = """
SELECT d.uid, d.kind, d.title, d.person_id, d.odd, d.held, d.due_at, d.entered_at, d.entered_name,
  d.steps -> d.place ->> 'title', d.steps -> d.place ->> 'part', t.reach
FROM turns t JOIN decisions_decision d ON d.id = t.id
WHERE %(kind)s = '' OR d.kind = %(kind)s
ORDER BY d.due_at NULLS LAST, d.id LIMIT %(most)s OFFSET %(skip)s
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One decision that waits for the actor. ``batch``: it can be signed with others at once."""

    uid: UUID
    kind: str
    kind_title: str
    title: str
    person: str
    step: str
    part: Part
    odd: bool
    held: bool
    overdue: bool
    due_at: datetime | None
    entered_at: datetime
    entered_name: str
    reach: Reach
    batch: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of what waits, how much there is of each kind in all, and how many are odd."""

    items: Sequence[Item]
    kinds: Sequence[tuple[str, str, int]]
    total: int
    odd: int
    page: int
    last: int


def count_inbox(*, actor: Actor, at: datetime) -> int:
    """How many decisions wait for the actor."""
    found = turns(_COUNT, actor, at, {})
    return int(found[0][0]) if found else 0


def get_inbox(*, actor: Actor, at: datetime, kind: str = "", page: int = 1) -> Inbox:
    """A page of what waits for the actor; whom it is about is logged as seen."""
    counted = turns(_COUNT, actor, at, {})
    if not counted or not counted[0][0]:
        return Inbox((), (), 0, 0, 1, 1)
    kinds = tuple((code, kind_of(code).title, count) for code, count in turns(_KINDS, actor, at, {}))
    wanted = {code: count for code, _, count in kinds}
    size = wanted.get(kind, 0) if kind else int(counted[0][0])
    last = max(1, -(-size // ITEMS_A_PAGE))
    page = min(max(page, 1), last)
    more = {"kind": kind, "most": ITEMS_A_PAGE, "skip": (page - 1) * ITEMS_A_PAGE}
    rows = turns(_ITEMS, actor, at, more)
    people = sorted({row[3] for row in rows if row[3] is not None})
    names = reading.names_of(people)
    if people:
        uids = reading.uids_of(people)
        access.log_read(actor=actor, at=at, path="decisions:inbox", subjects=uids.values())
    return Inbox(
        tuple(_item(row, names, at) for row in rows),
        kinds,
        int(counted[0][0]),
        int(counted[0][1]),
        page,
        last,
    )


def _item(row: Sequence[object], names: dict[int, str], at: datetime) -> Item:
    uid, kind, title, person, odd, held, due, entered_at, entered_name, step, part, reach = row
    known = kind_of(str(kind))
    return Item(
        uid, known.code, known.title, str(title), names.get(person, "") if person else "",  # type: ignore[arg-type, call-overload]
        str(step), Part(str(part)), bool(odd), bool(held), due is not None and due < at,  # type: ignore[operator]
        due, entered_at, str(entered_name), Reach(str(reach)), known.batch,  # type: ignore[arg-type]
    )  # fmt: skip
