"""To whom requests of a person go as of a date: along the lines of seats, to who is there, and on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pamong.kernel.actor import Actor
from pamong.people.queries import rows
from pamong.people.queries.rows import fetch, full_name

_UP_MOST = 24
_CHAIN = """
WITH RECURSIVE up AS (
  SELECT a.person_id AS asker, l.superior_id AS seat_id, 1 AS depth
  FROM people_appointment a
  JOIN organisation_line l ON l.seat_id = a.seat_id AND {l}
  WHERE a.person_id = ANY(%(persons)s) AND a.kind = 'regular' AND {a}
  UNION ALL
  SELECT up.asker, l.superior_id, up.depth + 1
  FROM up JOIN organisation_line l ON l.seat_id = up.seat_id AND {l}
  WHERE up.depth < %(most)s
)
SELECT up.asker, up.seat_id, s.post_name, u.name, p.uid, i.name, i.front_title, i.back_title, a.kind, p.id
FROM up
JOIN organisation_seats(%(on)s::date, %(known)s) s ON s.seat_id = up.seat_id
LEFT JOIN organisation_units(%(on)s::date, %(known)s) u ON u.unit_id = s.unit_id
LEFT JOIN LATERAL (
  SELECT * FROM people_appointment ap WHERE ap.seat_id = up.seat_id AND {ap}
    AND ap.kind IN ('plh', 'regular', 'plt') AND ap.person_id <> up.asker
  ORDER BY array_position(ARRAY['plh', 'regular', 'plt'], ap.kind) LIMIT 1
) a ON TRUE
LEFT JOIN people_person p ON p.id = a.person_id
LEFT JOIN people_identity i ON i.person_id = p.id AND {i}
ORDER BY up.asker, up.depth
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


@dataclass(frozen=True, slots=True)
class SeatAbove:
    """A seat above somebody, and who answers for it; ``holder`` None: nobody is there."""

    seat_id: int
    post: str
    unit: str
    holder: Superior | None


def find_superior(
    *, actor: Actor, on: date, person_id: int, known_at: datetime | None = None
) -> Superior | None:
    """To whom requests of a person go on a date (case E-06): of the seat above its Plh, else its holder, else
    its Plt, else whoever is there in the next occupied seat further up. None at the top, or without a seat.

    A Plh comes first because he is named while the holder is away. A Plt does not: he is for a holder who is
    gone for good (SE BKN 1/SE/I/2021, with UU 30/2014 Pasal 14). Where both stand one record is wrong, mostly
    an order that nobody ended; the holder's own appointment outweighs a mandate that rests on his absence.
    """
    chain = list_superiors(actor=actor, on=on, persons=[person_id], known_at=known_at)[person_id]
    return next((each.holder for each in chain if each.holder is not None), None)


def list_superiors(
    *, actor: Actor, on: date, persons: Collection[int], known_at: datetime | None = None
) -> dict[int, Sequence[SeatAbove]]:
    """All seats above each of these persons, from the nearest to the top, with who answers for each.

    For services that have seen to it that the actor may know of them.
    """
    known = rows.as_known(on, known_at)
    dated = {alias: known.sql(alias) for alias in ("l", "a", "ap", "i")}
    parameters = rows.params(known) | {"persons": list(persons), "most": _UP_MOST}
    found: dict[int, list[SeatAbove]] = {person: [] for person in persons}
    for asker, seat_id, post, unit, uid, *who in fetch(_CHAIN.format(**dated), parameters):
        before = found[asker]
        holder = None
        if uid is not None:
            name, front, back, kind, held_by = who
            skipped = tuple(each.post for each in before if each.holder is None)
            holder = Superior(
                seat_id, post, unit or "", uid, full_name(name, front, back), kind, held_by, skipped
            )
        before.append(SeatAbove(seat_id, post, unit or "", holder))
    return {person: tuple(chain) for person, chain in found.items()}
