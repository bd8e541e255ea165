"""What a form offers: seats by a few words of their post and unit, and words that are recorded already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pamong.access import policies
from pamong.access import queries as access
from pamong.access.queries import Scope
from pamong.kernel.actor import Actor
from pamong.organisation.choices import containing, subtree
from pamong.people.queries.file import PRIVATE
from pamong.people.queries.rows import fetch, full_name

_LEAST_WORDS = 3
_OFFERED = {("employment", "standing"), ("bankaccount", "bank")}
_FEW, _MOST_OFFERED = 5, 60  # what fewer people share would tell of single ones
_WITHIN = """EXISTS (SELECT 1 FROM organisation_unitplace w WHERE w.unit_id = s.unit_id
  AND w.period @> %(on)s::date AND w.path ? %(units)s::lquery[])"""

_SEATS = """
SELECT s.uid, s.post_name, u.name, s.job_class, s.frozen, i.name, i.front_title, i.back_title
FROM organisation_seats(%(on)s) s
JOIN organisation_unit n ON n.id = s.unit_id
JOIN organisation_unitrow u ON u.unit_id = n.id AND u.superseded_at IS NULL AND u.period @> %(on)s::date
LEFT JOIN people_appointment a ON a.seat_id = s.seat_id AND a.kind = 'regular'
  AND a.superseded_at IS NULL AND a.period @> %(on)s::date
LEFT JOIN people_identity i ON i.person_id = a.person_id AND i.superseded_at IS NULL
  AND i.period @> %(on)s::date
WHERE {where}
ORDER BY strpos(%(words)s, ' ' || lower(s.post_name) || ' ') = 0, NOT s.is_head, {order},
  s.post_name, u.name, s.seat_id
LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class SeatChoice:
    """A seat to choose; ``holder`` is who has it, '' where it is vacant."""

    uid: UUID
    post: str
    unit: str
    job_class: int | None
    frozen: bool
    holder: str


def find_seats(
    *, actor: Actor, on: date, words: str, most: int = 12, heads: bool = False, within: str = ""
) -> Sequence[SeatChoice]:
    """The first few seats whose post or unit hold all the words: first those whose post is named by the
    words themselves, then those that lead a unit, then (without ``heads``) vacant ones. None below 3 letters.

    ``within`` is a permission: only seats in units over which the actor has it, none for himself alone.
    """
    policies.require(actor, "organisation:read")
    scope = access.scoped(actor, within) if within else Scope(True, (), None)
    if len(words.strip()) < _LEAST_WORDS or not (scope.whole or scope.units):
        return ()
    params: dict[str, object] = {"on": on, "most": most}
    parts = [] if scope.whole else [_WITHIN]
    params["units"] = [subtree(code) for code in scope.units]
    for number, word in enumerate(words.lower().split()[:5]):
        parts.append(f"lower(s.post_name || ' ' || u.name) LIKE %(word{number})s")
        params[f"word{number}"] = containing(word)
    params["words"] = f" {' '.join(words.lower().split())} "
    order = "s.frozen" if heads else "a.id IS NOT NULL, s.frozen"
    found = fetch(_SEATS.format(where=" AND ".join(parts), order=order), params)
    return [
        SeatChoice(uid, post, unit, job_class, frozen, full_name(name, front, back) if name else "")
        for uid, post, unit, job_class, frozen, name, front, back in found
    ]


def list_recorded(*, actor: Actor, subject: str, name: str) -> Sequence[str]:
    """What is recorded in a text that forms offer to choose from, the most frequent first; of what is
    private only what several people share. Empty for any other text."""
    policies.require(actor, "people:propose")
    if (subject, name) not in _OFFERED:
        return ()
    found = fetch(
        f"SELECT x.{name} FROM people_{subject} x WHERE x.superseded_at IS NULL AND x.{name} <> '' "
        f"GROUP BY x.{name} HAVING count(DISTINCT x.person_id) >= %(least)s "
        f"ORDER BY count(DISTINCT x.person_id) DESC, x.{name} LIMIT %(most)s",
        {"least": _FEW if subject in PRIVATE else 1, "most": _MOST_OFFERED},
    )
    return [row[0] for row in found]


def find_by_nip(*, actor: Actor, nip: str) -> UUID | None:
    """Who has or had a number, for one who already knows it: an id without a name, whatever the scope.

    So that an employee can name a relative in another office, and learns nothing about him.
    """
    policies.require(actor, "people:propose")
    found = fetch(
        "SELECT p.uid FROM people_employment e JOIN people_person p ON p.id = e.person_id "
        "WHERE e.superseded_at IS NULL AND e.nip = %(nip)s LIMIT 1",
        {"nip": nip},
    )
    return found[0][0] if found else None
