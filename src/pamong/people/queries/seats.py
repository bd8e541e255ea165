"""Seats with who sits there as of a date: the tree's counts, vacancies, retirements, superiors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.access import policies
from pamong.access import queries as access
from pamong.kernel.actor import Actor
from pamong.people.queries import rows
from pamong.people.queries.rows import PersonRow, fetch, full_name
from pamong.people.queries.scope import condition

_UP_MOST = 24


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a seat, and how: 'regular', 'plt', 'plh', 'handover' or 'return_right'."""

    uid: UUID
    name: str
    kind: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat as of a date: its post, and who has it. ``state`` is filled, acting, vacant or frozen."""

    uid: UUID
    seat_id: int
    post: str
    post_kind: str
    jenjang: str
    eselon: str
    job_class: int | None
    is_head: bool
    unit_id: int
    unit_uid: UUID
    unit_code: str
    unit: str
    opd: str
    state: str
    vacant_since: date | None
    holders: tuple[Holder, ...]
    note: str


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How many seats of a unit itself stand how on a date, and how many its posts need by workload."""

    unit_id: int
    seats: int
    filled: int
    acting: int
    vacant: int
    frozen: int
    needed: int | None


_STATE = """
CASE WHEN s.frozen THEN 'frozen'
     WHEN EXISTS (SELECT 1 FROM people_appointment ap WHERE ap.seat_id = s.seat_id
                    AND ap.kind = 'regular' AND {ap}) THEN 'filled'
     WHEN EXISTS (SELECT 1 FROM people_appointment ap WHERE ap.seat_id = s.seat_id
                    AND ap.kind IN ('plt', 'plh') AND {ap}) THEN 'acting'
     ELSE 'vacant' END
"""

_LIST = """
SELECT s.uid, s.seat_id, s.post_name, s.post_kind, s.jenjang, s.eselon, s.job_class, s.is_head,
  s.unit_id, u.uid, u.code, u.name, COALESCE(u.opd_name, ''), x.state,
  CASE WHEN x.state IN ('vacant', 'acting') THEN (
    SELECT max(upper(ap.period)) FROM people_appointment ap
    WHERE ap.seat_id = s.seat_id AND ap.kind = 'regular' AND ap.superseded_at IS NULL
      AND upper(ap.period) <= %(on)s) END,
  h.holders, s.note
FROM organisation_seats(%(on)s, %(known)s) s
JOIN organisation_units(%(on)s, %(known)s) u ON u.unit_id = s.unit_id
CROSS JOIN LATERAL (SELECT {state} AS state) x
LEFT JOIN LATERAL (
  SELECT array_agg(ARRAY[p.uid::text, i.name, i.front_title, i.back_title, ap.kind,
    lower(ap.period)::text, upper(ap.period)::text] ORDER BY ap.kind DESC, ap.id) AS holders
  FROM people_appointment ap JOIN people_person p ON p.id = ap.person_id
  JOIN people_identity i ON i.person_id = p.id AND {i}
  WHERE ap.seat_id = s.seat_id AND {ap}
) h ON TRUE
WHERE {where}
ORDER BY u.path, NOT s.is_head, s.job_class DESC NULLS LAST, s.post_name, s.seat_id
LIMIT %(limit)s OFFSET %(skip)s
"""
_CHAIN = """
WITH RECURSIVE up AS (
  SELECT l.superior_id AS seat_id, 1 AS depth
  FROM people_appointment a
  JOIN organisation_line l ON l.seat_id = a.seat_id AND l.superseded_at IS NULL
    AND l.period @> %(on)s::date
  WHERE a.person_id = %(person)s AND a.kind = 'regular' AND a.superseded_at IS NULL
    AND a.period @> %(on)s::date
  UNION ALL
  SELECT l.superior_id, up.depth + 1 FROM up JOIN organisation_line l ON l.seat_id = up.seat_id
    AND l.superseded_at IS NULL AND l.period @> %(on)s::date
  WHERE up.depth < %(most)s
)
SELECT up.seat_id, s.post_name, u.name, p.uid, i.name, i.front_title, i.back_title, a.kind, p.id
FROM up
JOIN organisation_seats(%(on)s) s ON s.seat_id = up.seat_id
LEFT JOIN organisation_units(%(on)s) u ON u.unit_id = s.unit_id
LEFT JOIN LATERAL (
  SELECT * FROM people_appointment ap WHERE ap.seat_id = up.seat_id AND ap.superseded_at IS NULL
    AND ap.period @> %(on)s::date AND ap.kind IN ('plh', 'plt', 'regular')
    AND ap.person_id <> %(person)s
  ORDER BY array_position(ARRAY['plh', 'plt', 'regular'], ap.kind) LIMIT 1
) a ON TRUE
LEFT JOIN people_person p ON p.id = a.person_id
LEFT JOIN people_identity i ON i.person_id = p.id AND i.superseded_at IS NULL
  AND i.period @> %(on)s::date
ORDER BY up.depth
"""


def _state(known: Any) -> str:
    return _STATE.format(ap=known.sql("ap"))


def count_seats(*, actor: Actor, on: date, known_at: datetime | None = None) -> dict[int, UnitCount]:
    """For every unit with seats: how they stand on a date. Open to everyone in service: it names nobody."""
    policies.require(actor, "organisation:read")
    known = rows.as_known(on, known_at)
    found = fetch(
        f"""
        WITH held AS (
          SELECT ap.seat_id, bool_or(ap.kind = 'regular') AS regular,
            bool_or(ap.kind IN ('plt', 'plh')) AS acting
          FROM people_appointment ap WHERE {known.sql("ap")} GROUP BY ap.seat_id
        ), counted AS (
          SELECT s.unit_id, count(*) AS seats,
            count(*) FILTER (WHERE NOT s.frozen AND h.regular) AS filled,
            count(*) FILTER (WHERE NOT s.frozen AND h.regular IS NOT TRUE AND h.acting) AS acting,
            count(*) FILTER (WHERE NOT s.frozen AND h.regular IS NOT TRUE AND h.acting IS NOT TRUE) AS vacant,
            count(*) FILTER (WHERE s.frozen) AS frozen
          FROM organisation_seats(%(on)s, %(known)s) s LEFT JOIN held h ON h.seat_id = s.seat_id
          GROUP BY s.unit_id
        ), need AS (
          SELECT w.unit_id, sum(w.needed) AS needed FROM organisation_workload w
          WHERE {known.sql("w")} GROUP BY w.unit_id
        )
        SELECT c.unit_id, c.seats, c.filled, c.acting, c.vacant, c.frozen, n.needed
        FROM counted c LEFT JOIN need n ON n.unit_id = c.unit_id
        """,
        rows.params(known),
    )
    return {row[0]: UnitCount(*row) for row in found}


def list_seats(
    *,
    actor: Actor,
    on: date,
    unit: str = "",
    below: bool = False,
    state: str = "",
    managerial: bool = False,
    known_at: datetime | None = None,
    limit: int = 500,
    skip: int = 0,
) -> Sequence[SeatRow]:
    """Seats as of a date, heads first, by unit and class. ``below`` takes the units under the unit as well.

    Names of holders are public within the government: an office says who holds it.
    """
    policies.require(actor, "organisation:read")
    known = rows.as_known(on, known_at)
    parts = ["TRUE"]
    parameters: dict[str, Any] = rows.params(known) | {"limit": limit, "skip": skip}
    if unit:
        parts.append("u.path ~ %(under)s::lquery" if below else "u.code = %(code)s")
        parameters |= {"under": f"*.{unit}.*", "code": unit}
    if state:
        parts.append("x.state = %(state)s")
        parameters["state"] = state
    if managerial:
        parts.append("s.post_kind NOT IN ('jf', 'pelaksana')")
    found = fetch(
        _LIST.format(state=_state(known), i=known.sql("i"), ap=known.sql("ap"), where=" AND ".join(parts)),
        parameters,
    )
    return [_seat(row) for row in found]


def _seat(row: tuple[Any, ...]) -> SeatRow:
    holders = tuple(
        Holder(
            UUID(uid),
            full_name(name, front, back),
            kind,
            date.fromisoformat(since),
            date.fromisoformat(until) if until else None,
        )
        for uid, name, front, back, kind, since, until in row[15] or ()
    )
    values: list[Any] = [*row[:15], holders, row[16]]
    return SeatRow(*values)


@dataclass(frozen=True, slots=True)
class Retirement:
    """Somebody who reaches the age limit: when, and by which post."""

    person: PersonRow
    on: date
    age: int


def list_seated(
    *, actor: Actor, on: date, born_before: date, permission: str = "people:read"
) -> Sequence[PersonRow]:
    """People in service on a date and born before another, within the scope: who may retire soon."""
    where, parameters = condition(actor, access.scoped(actor, permission))
    known = rows.as_known(on, None)
    found = fetch(
        f"SELECT {rows.COLUMNS} {rows.source(known)} WHERE {where} AND i.birth_date < %(born)s "
        "AND e.kind <> 'TKPK' ORDER BY i.birth_date, p.id",
        parameters | rows.params(known) | {"born": born_before},
    )
    return [rows.person_row(row) for row in found]


@dataclass(frozen=True, slots=True)
class Superior:
    """Who answers for a seat: the first occupied seat above, and who sits or stands in there."""

    seat_id: int
    post: str
    unit: str
    uid: UUID
    name: str
    kind: str
    person_id: int
    skipped: tuple[str, ...]


def find_superior(*, actor: Actor, on: date, person_id: int) -> Superior | None:
    """To whom requests of a person go on a date (case E-06): the acting holder of the seat above if there is
    one, else its holder, else the next occupied seat further above. None at the top, or without a seat.
    """
    chain = fetch(
        _CHAIN,
        {"on": on, "person": person_id, "most": _UP_MOST},
    )
    skipped: list[str] = []
    for seat_id, post, unit, uid, name, front, back, kind, held_by in chain:
        if uid is not None:
            return Superior(
                seat_id, post, unit or "", uid, full_name(name, front, back), kind, held_by, tuple(skipped)
            )
        skipped.append(post)
    return None
