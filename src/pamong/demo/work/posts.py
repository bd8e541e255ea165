"""Which posts of the town stand empty, and who of it could fill them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pamong.demo.work.cast import CHECKER, CLERK, Cast
from pamong.ledger.sql import fetch
from pamong.merit.queries import judge_persons
from pamong.people import services as people
from pamong.people.choices import Verification
from pamong.people.services import reading

_LOOKED = "Dilihat aslinya dan dicocokkan dengan pangkalan data pendidikan tinggi"
_CHUNK = 300  # of people are judged at once
_BEGUN = 50  # days ago the first of them had to meet the conditions
# Diplomas with which somebody can have a post.
_DEGREES = ("Diploma IV", "S-1/Sarjana", "S-2")
_HIGH = {"pengawas": ("Diploma III/Sarjana Muda", *_DEGREES), "administrator": _DEGREES}
_NEEDED = frozenset({"employment", "predicates"})  # what has to be known
_SEATS = """
SELECT s.uid FROM organisation_seats(%(on)s::date) s JOIN organisation_units(%(on)s::date) u USING (unit_id)
WHERE s.post_kind = %(kind)s AND NOT s.frozen AND (%(unit)s = '' OR u.code = %(unit)s)
  AND NOT EXISTS (SELECT 1 FROM people_appointment a WHERE a.seat_id = s.seat_id AND a.superseded_at IS NULL
    AND (upper_inf(a.period) OR upper(a.period) > %(on)s::date) AND a.kind = 'regular')
ORDER BY s.is_head DESC, s.seat_id
"""
_HOLDERS = """
SELECT a.person_id FROM people_appointment a
JOIN organisation_seats(%(on)s::date) s ON s.seat_id = a.seat_id AND s.post_kind = %(kind)s
JOIN people_person p ON p.id = a.person_id AND p.user_id IS NULL
WHERE a.kind = 'regular' AND a.superseded_at IS NULL AND a.period @> %(on)s::date
  AND lower(a.period) < %(on)s::date - 1500 ORDER BY a.person_id
"""
_DIPLOMAS = """
SELECT e.person_id, p.uid, e.item, e.level FROM people_education e JOIN people_person p ON p.id = e.person_id
WHERE e.person_id = ANY(%(ids)s) AND e.superseded_at IS NULL AND lower(e.period) <= %(on)s::date ORDER BY e.id
"""


@dataclass(frozen=True, slots=True)
class Diploma:
    """The highest diploma of somebody."""

    person: UUID
    item: UUID
    level: str


def empty_seats(cast: Cast, kind: str, unit: str = "") -> list[UUID]:
    """Seats of a kind that nobody has, who leads first; of one unit where it is named."""
    found = fetch(_SEATS, {"on": cast.today, "kind": kind, "unit": unit})
    return [UUID(str(uid)) for (uid,) in found]


def able(
    cast: Cast, post: tuple[str, str], level: str, kept_off: Collection[int], shown: str = ""
) -> Iterator[int]:
    """Persons without an account who hold a post of a level and can have one of another (kind, eselon), each
    with a diploma that somebody has looked at. ``kept_off``: nobody of these or of their relatives.
    ``shown``: a condition that may be not met, because it bars nobody."""
    clerk, on = cast.who(CLERK)["actor"], cast.day(_BEGUN)
    ids = [person for (person,) in fetch(_HOLDERS, {"on": cast.today, "kind": level})]
    near = {person for each in reading.relatives_of_all(kept_off).values() for person in each}
    for start in range(0, len(ids), _CHUNK):
        part = [each for each in ids[start : start + _CHUNK] if each not in near and each not in kept_off]
        diplomas = _diplomas(part, on)
        judged = judge_persons(actor=clerk, kind=post[0], eselon=post[1], persons=part, on=on)
        for person, found in judged.items():
            mine = diplomas.get(person)
            fits = found.not_met <= {shown} and not found.unknown & _NEEDED
            if fits and mine is not None and mine.level in _HIGH[post[0]]:
                _check(cast, mine)
                yield person


def schooled(cast: Cast, level: str, highest: str) -> int:
    """Somebody without an account whose highest diploma, looked at, is of this level."""
    ids = [person for (person,) in fetch(_HOLDERS, {"on": cast.today, "kind": level})]
    person, diploma = next(
        (person, each) for person, each in _diplomas(ids, cast.today).items() if each.level == highest
    )
    _check(cast, diploma)
    return person


def check_diploma(cast: Cast, person: int) -> None:
    """A personnel officer looks at somebody's highest diploma."""
    _check(cast, _diplomas([person], cast.today)[person])


def _check(cast: Cast, diploma: Diploma) -> None:
    people.check_item(
        **cast.who(CHECKER), person=diploma.person, subject=diploma.item, outcome=Verification.VERIFIED,
        how=_LOOKED,
    )  # fmt: skip


def _diplomas(ids: Collection[int], on: date) -> dict[int, Diploma]:
    """The newest diploma of each is the highest, as the town is made."""
    return {
        person: Diploma(UUID(str(uid)), UUID(str(item)), level)
        for person, uid, item, level in fetch(_DIPLOMAS, {"ids": list(ids), "on": on})
    }
