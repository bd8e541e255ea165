"""What waits for an actor, by clock: what is overdue first, and what is odd is marked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pamong.access import services as access
from pamong.decisions.addressing import turns
from pamong.decisions.choices import Part, Reach
from pamong.decisions.queries.reminding import COUNTED, Turns
from pamong.decisions.types import kind_of
from pamong.kernel.actor import Actor
from pamong.people.services import reading

ITEMS_A_PAGE = 50
_COUNT = f"SELECT {COUNTED} FROM turns"  # noqa: S608 - our own text
# One statement for the page and for the counts of all pages: whose turn it is, is looked for once.
_PAGE = """
, wanted AS MATERIALIZED (
  SELECT id, reach, due_at FROM turns WHERE %(kind)s = '' OR kind = %(kind)s
), counted AS (
  SELECT jsonb_agg(jsonb_build_array(kind, n, odd) ORDER BY kind) AS kinds FROM (
    SELECT kind, count(*) AS n, count(*) FILTER (WHERE odd) AS odd FROM turns GROUP BY kind) k
), place AS (
  SELECT LEAST(%(skip)s, GREATEST(count(*) - 1, 0) / %(most)s * %(most)s) AS skip FROM wanted
)
SELECT c.kinds, (SELECT skip FROM place), d.uid, d.kind, d.title, d.person_id, d.odd, d.held, d.due_at,
  d.entered_at, d.entered_name, d.steps -> d.place ->> 'title', d.steps -> d.place ->> 'part', i.reach
FROM counted c
LEFT JOIN LATERAL (
  SELECT id, reach, due_at FROM wanted ORDER BY due_at NULLS LAST, id
  LIMIT %(most)s OFFSET (SELECT skip FROM place)) i ON TRUE
LEFT JOIN decisions_decision d ON d.id = i.id
ORDER BY i.due_at NULLS LAST, i.id
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One decision that waits for the actor. ``batch``: it can be signed, or checked, with others at once."""

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


def count_inbox(*, actor: Actor, at: datetime) -> Turns:
    """How much waits for the actor."""
    found = turns(_COUNT, actor, at, {})
    return Turns(*found[0]) if found else Turns()


def get_inbox(*, actor: Actor, at: datetime, kind: str = "", page: int = 1) -> Inbox:
    """A page of what waits for the actor; whom it is about is logged as seen."""
    more = {"kind": kind, "most": ITEMS_A_PAGE, "skip": (max(page, 1) - 1) * ITEMS_A_PAGE}
    rows = turns(_PAGE, actor, at, more)
    if not rows or not rows[0][0]:
        return Inbox((), (), 0, 0, 1, 1)
    counted: list[tuple[str, int, int]] = json.loads(rows[0][0])
    total, odd = sum(count for _, count, _ in counted), sum(count for *_, count in counted)
    size = sum(count for code, count, _ in counted if kind in ("", code))
    found = [row[2:] for row in rows if row[2] is not None]
    names = _names(actor, at, found)
    return Inbox(
        items=tuple(_item(row, names, at) for row in found),
        kinds=tuple((code, kind_of(code).title, count) for code, count, _ in counted),
        total=total, odd=odd, page=rows[0][1] // ITEMS_A_PAGE + 1, last=max(1, -(-size // ITEMS_A_PAGE)),
    )  # fmt: skip


def _names(actor: Actor, at: datetime, rows: Sequence[Sequence[Any]]) -> dict[int, str]:
    """The names of those whom a page is about; that they were seen is logged."""
    people = sorted({row[3] for row in rows if row[3] is not None})
    if not people:
        return {}
    uids = reading.uids_of(people)
    access.log_read(actor=actor, at=at, path="decisions:inbox", subjects=uids.values())
    return reading.names_of(people)


def _item(row: Sequence[Any], names: dict[int, str], at: datetime) -> Item:
    uid, code, title, person, odd, held, due, entered_at, entered_name, step, part, reach = row
    kind, turn = kind_of(code), Part(part)
    return Item(
        uid=uid, kind=code, kind_title=kind.title, title=title, person=names.get(person, ""), step=step,
        part=turn, odd=odd, held=held, overdue=due is not None and due < at, due_at=due,
        entered_at=entered_at, entered_name=entered_name, reach=Reach(reach),
        batch=kind.at_once(turn),
    )  # fmt: skip
