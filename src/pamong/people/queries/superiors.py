"""To whom requests of a person go as of a date: along the lines of seats, to the first who is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pamong.kernel.actor import Actor
from pamong.people.queries.rows import fetch, full_name

_UP_MOST = 24
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
