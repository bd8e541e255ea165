"""To whom requests of a person go as of a date: along the lines of seats, to the first who is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pamong.kernel.actor import Actor
from pamong.people.queries import rows
from pamong.people.queries.rows import fetch, full_name

_UP_MOST = 24
_CHAIN = """
WITH RECURSIVE up AS (
  SELECT l.superior_id AS seat_id, 1 AS depth
  FROM people_appointment a
  JOIN organisation_line l ON l.seat_id = a.seat_id AND {l}
  WHERE a.person_id = %(person)s AND a.kind = 'regular' AND {a}
  UNION ALL
  SELECT l.superior_id, up.depth + 1 FROM up JOIN organisation_line l ON l.seat_id = up.seat_id AND {l}
  WHERE up.depth < %(most)s
)
SELECT up.seat_id, s.post_name, u.name, p.uid, i.name, i.front_title, i.back_title, a.kind, p.id
FROM up
JOIN organisation_seats(%(on)s::date, %(known)s) s ON s.seat_id = up.seat_id
LEFT JOIN organisation_units(%(on)s::date, %(known)s) u ON u.unit_id = s.unit_id
LEFT JOIN LATERAL (
  SELECT * FROM people_appointment ap WHERE ap.seat_id = up.seat_id AND {ap}
    AND ap.kind IN ('plh', 'regular', 'plt') AND ap.person_id <> %(person)s
  ORDER BY array_position(ARRAY['plh', 'regular', 'plt'], ap.kind) LIMIT 1
) a ON TRUE
LEFT JOIN people_person p ON p.id = a.person_id
LEFT JOIN people_identity i ON i.person_id = p.id AND {i}
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


def find_superior(
    *, actor: Actor, on: date, person_id: int, known_at: datetime | None = None
) -> Superior | None:
    """To whom requests of a person go on a date (case E-06): of the seat above its Plh, else its holder, else
    its Plt, else whoever is there in the next occupied seat further up. None at the top, or without a seat.

    A Plh comes first because he is named while the holder is away. A Plt does not: he is for a holder who is
    gone for good (SE BKN 1/SE/I/2021, with UU 30/2014 Pasal 14). Where both stand one record is wrong, mostly
    an order that nobody ended; the holder's own appointment outweighs a mandate that rests on his absence.
    """
    known = rows.as_known(on, known_at)
    dated = {alias: known.sql(alias) for alias in ("l", "a", "ap", "i")}
    parameters = rows.params(known) | {"person": person_id, "most": _UP_MOST}
    chain = fetch(_CHAIN.format(**dated), parameters)
    skipped: list[str] = []
    for seat_id, post, unit, uid, name, front, back, kind, held_by in chain:
        if uid is not None:
            return Superior(
                seat_id, post, unit or "", uid, full_name(name, front, back), kind, held_by, tuple(skipped)
            )
        skipped.append(post)
    return None
