"""What a morning begins with: imports that wait, and the team of a superior with what comes up in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pamong.access import policies as access_policies
from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.access.queries import Scope
from pamong.kernel.actor import Actor
from pamong.people import policies
from pamong.people.queries.bringers import TO_RECALL, TO_STORE, asked_by
from pamong.people.queries.rows import as_known, fetch, full_name, params
from pamong.people.queries.scope import condition

# One question for all of it: a desk is looked at on every home page.
_DESK = f"""
SELECT (SELECT count(*) FROM people_entry x WHERE x.state = 'waiting' AND {{decides}}
          AND x.entered_by_id <> %(user)s AND x.person_id <> %(own)s),
  count(*) FILTER (WHERE b.state = 'checked' AND b.checked_user_id = %(user)s),
  count(*) FILTER (WHERE {TO_STORE}), count(*) FILTER (WHERE {TO_RECALL})
FROM people_batch b WHERE b.state IN ('checked', 'waiting', 'recalling') AND %(stores)s
"""
_TEAM = """
WITH team AS MATERIALIZED (
  SELECT p.id, p.uid, i.name, i.front_title, i.back_title, upper(e.period) AS until
  FROM people_person p
  JOIN people_employment e ON e.person_id = p.id AND {e}
  JOIN people_identity i ON i.person_id = p.id AND {i}
  WHERE {within} AND p.id IS DISTINCT FROM %(own)s
), acting AS (
  SELECT DISTINCT ON (a.person_id) a.person_id, a.kind, s.post_name FROM people_appointment a
  JOIN organisation_seats(%(on)s::date) s ON s.seat_id = a.seat_id
  WHERE a.kind IN ('plt', 'plh') AND {a} ORDER BY a.person_id, lower(a.period)
)
SELECT c.size, x.* FROM (SELECT count(*) AS size FROM team) c LEFT JOIN (
  SELECT t.uid, t.name, t.front_title, t.back_title,
    CASE WHEN t.until <= %(until)s::date THEN t.until END AS until,
    COALESCE(g.kind, ''), COALESCE(g.post_name, '')
  FROM team t LEFT JOIN acting g ON g.person_id = t.id
  WHERE g.person_id IS NOT NULL OR t.until <= %(until)s::date ORDER BY lower(t.name), t.id LIMIT %(most)s
) x ON TRUE
"""
_MOST = 40


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a team of whom there is something to tell: the day from which his service is recorded as
    ended, if that comes, and what he stands in for ('' for nothing)."""

    uid: UUID
    name: str
    until: date | None
    acting: str
    post: str


@dataclass(frozen=True, slots=True)
class Team:
    """How many people somebody leads today, and those of whom there is something to tell, by name."""

    size: int
    told: Sequence[Member]


@dataclass(frozen=True, slots=True)
class Desk:
    """How much waits for an officer: ``entries`` that he may decide, ``second`` for files of others that wait
    for a second officer, ``tried`` for files that he tried himself and did not store, ``recalls`` for stored
    files that somebody else wants taken back."""

    entries: int = 0
    second: int = 0
    tried: int = 0
    recalls: int = 0


def get_desk(*, actor: Actor) -> Desk:
    """What waits for this actor; nothing for who neither decides entries nor stores files."""
    verifies = bool(access_policies.may(actor, policies.VERIFY))
    stores = bool(access_policies.may_over(actor, policies.IMPORT, ""))
    if not verifies and not stores:
        return Desk()
    scope = access.scoped(actor, policies.VERIFY) if verifies else Scope(False, (), None)
    decides, more = condition(actor, scope, "x.person_id")
    known = asked_by(actor) | {"stores": stores}
    ((entries, tried, second, recalls),) = fetch(_DESK.format(decides=decides), more | known)
    return Desk(entries, second, tried, recalls)


def get_team(*, actor: Actor, at: datetime, until: date) -> Team:
    """Those whom the actor leads today, himself left out; one row in the read log names those told of.

    ``until`` bounds which ends of service are told. ``NotAllowed``.
    """
    known = as_known(actor.on, None)
    within, more = condition(actor, access.scoped(actor, policies.READ))
    sql = _TEAM.format(i=known.sql("i"), e=known.sql("e"), a=known.sql("a"), within=within)
    asked = params(known) | more | {"own": actor.person_id, "until": until, "most": _MOST}
    found = fetch(sql, asked)
    told = [
        Member(uid, full_name(name, front, back), *rest)
        for _size, uid, name, front, back, *rest in found
        if uid is not None
    ]
    access_services.log_read(actor=actor, at=at, path="people.list", subjects=[each.uid for each in told])
    return Team(int(found[0][0]), told)
