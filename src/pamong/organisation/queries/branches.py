"""Units for the tree, a unit's page and its chart: a branch a few levels deep, and where units came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from pamong.kernel.actor import Actor
from pamong.organisation import policies
from pamong.organisation.choices import Step
from pamong.organisation.sql import fetch

# A unit that goes on, under its own name or another, came from nowhere.
_TELLING = (Step.CREATE, Step.MERGE, Step.SPLIT)


@dataclass(frozen=True, slots=True)
class Origin:
    """How a unit began: by what step, when, out of which units by the names they had then."""

    on: date
    step: Step
    names: tuple[str, ...]


class Place(NamedTuple):
    """A unit of the tree: just enough for a line of it. ``parent`` is the database id of the unit above."""

    id: int
    uid: UUID
    code: str
    name: str
    short_name: str
    kind: str
    parent: int | None
    depth: int
    path: str


def list_places(*, actor: Actor, on: date, below: UUID | None = None) -> list[Place]:
    """All units of a date, or one with all below it, each after its parent: ``list_units`` for trees, with
    few of its columns, because a tree of thousands is drawn while somebody waits. One query.
    """
    policies.require_read(actor)
    here = "(SELECT h.path FROM organisation_unitplace h JOIN organisation_unit x ON x.id = h.unit_id "
    here += "WHERE x.uid = %(below)s AND h.period @> %(on)s::date)"
    rows = fetch(
        f"""
        SELECT u.id, u.uid, u.code, r.name, r.short_name, r.kind, r.parent_id, p.depth, p.path::text
        FROM organisation_unitplace p JOIN organisation_unit u ON u.id = p.unit_id
        JOIN organisation_unitrow r ON r.unit_id = p.unit_id AND r.superseded_at IS NULL
          AND r.period @> %(on)s::date
        WHERE p.period @> %(on)s::date AND {"TRUE" if below is None else f"p.path <@ {here}"}
        ORDER BY p.path
        """,
        {"on": on, "below": below},
    )
    return [Place(*row) for row in rows]


def list_origins(*, actor: Actor, on: date) -> dict[int, Origin]:
    """The latest origin up to a date of every unit that a reorganisation made, by database id."""
    policies.require_read(actor)
    rows = fetch(
        """
        SELECT l.new_id, l."on", l.step, COALESCE(array_agg(x.name ORDER BY x.name)
          FILTER (WHERE x.name IS NOT NULL), '{}')
        FROM organisation_lineage l
        JOIN organisation_reorganisation r ON r.id = l.reorganisation_id AND r.state = 'scheduled'
        LEFT JOIN organisation_unitrow x ON x.unit_id = l.old_id AND x.superseded_at IS NULL
          AND x.period @> (l."on" - 1)
        WHERE l.new_id IS NOT NULL AND l."on" <= %(on)s AND l.step = ANY(%(steps)s)
        GROUP BY l.new_id, l."on", l.step ORDER BY l."on", l.new_id
        """,
        {"on": on, "steps": [step.value for step in _TELLING]},
    )
    return {unit: Origin(day, Step(step), tuple(names)) for unit, day, step, names in rows}


def list_marks(*, actor: Actor) -> Sequence[tuple[date, str]]:
    """The day and title of every reorganisation in force or to come, oldest first: a timeline's marks."""
    policies.require_read(actor)
    return fetch(
        'SELECT "on", title FROM organisation_reorganisation WHERE state = %(state)s ORDER BY "on", id',
        {"state": "scheduled"},
    )


def list_codes(*, actor: Actor, begins: str) -> set[str]:
    """Codes of units, of any time, that begin so: what a new unit can't be called."""
    policies.require_read(actor)
    rows = fetch("SELECT code FROM organisation_unit WHERE starts_with(code, %(begins)s)", {"begins": begins})
    return {code for (code,) in rows}
