"""Lists of people as of a date: the directory, the instant search, pickers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.access import policies
from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.kernel.actor import Actor
from pamong.ledger.dated import Known
from pamong.organisation.choices import containing, subtree
from pamong.people.policies import require_reason
from pamong.people.queries import rows
from pamong.people.queries.rows import PersonRow, fetch, one_of
from pamong.people.queries.scope import condition
from pamong.people.queries.typed import read_typed
from pamong.people.subjects.masks import masked

PAGE = 50
FOUND_MOST = 12
_LEAST_WORDS = 2
_TELLING = 8  # digits of a NIP, a whole birth date: they fit few people
# With titles, without dots; a comma stands between the words.
_WHOLE_NAME = "replace(lower(concat_ws(' ', i.front_title, i.name, i.back_title)), '.', '')"
# Names are walked in their order until the page is full; what else there is to tell is read for those only.
_PAGE = """
WITH who AS MATERIALIZED ({who}),
counted AS (SELECT count(*) AS total FROM people_identity i WHERE {named}),
page AS MATERIALIZED (
  SELECT x.person_id, row_number() OVER () AS place FROM (
    SELECT i.person_id FROM people_identity i WHERE {named} ORDER BY lower(i.name), i.person_id
    LIMIT %(size)s
    OFFSET (SELECT LEAST(%(skip)s, (GREATEST(total, 1) - 1) / %(size)s * %(size)s) FROM counted)) x
)
SELECT c.total, x.* FROM counted c LEFT JOIN ({told}) x ON TRUE ORDER BY x.place
"""
# Those in service come first.
_FOUND = """
WITH who AS MATERIALIZED ({who}),
first AS MATERIALIZED (
  SELECT x.person_id, row_number() OVER () AS place FROM (
    SELECT i.person_id FROM people_identity i WHERE {named}
    ORDER BY NOT EXISTS (SELECT 1 FROM people_employment e WHERE e.person_id = i.person_id AND {serves}),
      lower(i.name), i.person_id LIMIT %(size)s) x
)
{told} ORDER BY g.place
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for. Empty means no narrowing: it never widens beyond the actor's own scope.

    ``words`` are parts of the name in any order, titles among them, or the beginning of a NIP, with spaces
    or without; ``unit`` is a unit's code, with all below it; ``status`` is 'active' (in service on the
    date), 'ended' or '' for both.
    """

    words: str = ""
    unit: str = ""
    kind: str = ""
    post_kind: str = ""
    golongan: str = ""
    status: str = "active"


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of a list, and how many there are in all."""

    rows: Sequence[PersonRow]
    total: int
    page: int
    last: int


def list_people(
    *,
    actor: Actor,
    at: datetime,
    on: date,
    asked: Asked,
    known_at: datetime | None = None,
    page: int = 1,
    size: int = PAGE,
) -> PeoplePage:
    """People within the actor's scope as of a date, by name. ``NotAllowed``."""
    known = rows.as_known(on, known_at)
    who, named, parameters = _asked(actor, known, asked)
    parameters |= {"size": size, "skip": (max(1, page) - 1) * size}
    found = fetch(_PAGE.format(who=who, named=named, told=_told(known, asked.status, "page")), parameters)
    total = int(found[0][0])
    page, last = rows.bounded(page, total, size)
    people = [rows.person_row(row[1:-1]) for row in found if row[1] is not None]
    _log(actor, at, "people.list", people)
    return PeoplePage(people, total, page, last)


def list_everybody(
    *,
    actor: Actor,
    at: datetime,
    on: date,
    asked: Asked,
    known_at: datetime | None = None,
    reason: str = "",
) -> Sequence[PersonRow]:
    """All people whom a file to take along holds: within the scope of ``people:export``. ``NotAllowed``.

    NIP are masked, as lists show them, unless there is a reason; its owners read it. ``ReasonMissing`` for
    one that says nothing.
    """
    why = require_reason(reason) if reason else ""
    known = rows.as_known(on, known_at)
    who, named, parameters = _asked(actor, known, asked, "people:export")
    found = fetch(
        f"WITH who AS MATERIALIZED ({who}) SELECT {rows.COLUMNS} {rows.source(known, asked.status)} "
        f"WHERE {named} ORDER BY lower(i.name), p.id",
        parameters,
    )
    people = [rows.person_row(row) for row in found]
    _log(actor, at, "people.export", people, why)
    return people if why else [replace(person, nip=masked("nip", person.nip)) for person in people]


def list_offices(*, actor: Actor, on: date) -> Sequence[tuple[str, str]]:
    """Code and name of every OPD of a date, for the choice that narrows a list. Open to all in service."""
    policies.require(actor, "organisation:read")
    found = fetch(
        "SELECT code, name FROM organisation_units(%(on)s) WHERE is_opd ORDER BY lower(name), code",
        {"on": on},
    )
    return [(code, name) for code, name in found]


def find_people(
    *,
    actor: Actor,
    at: datetime,
    on: date,
    words: str,
    most: int = FOUND_MOST,
    permission: str = "people:read",
) -> Sequence[PersonRow]:
    """The first few who fit what was typed, for the search and every picker: within the scope, as lists are.

    Nothing for less than two letters.
    """
    if len(words.strip()) < _LEAST_WORDS:
        return ()
    asked = Asked(words=words, status="")
    known = rows.as_known(on, None)
    who, named, parameters = _asked(actor, known, asked, permission)
    found = fetch(
        _FOUND.format(who=who, named=named, serves=known.sql("e"), told=_told(known, "", "first")),
        parameters | {"size": most},
    )
    people = [rows.person_row(row[:-1]) for row in found]
    _log(actor, at, "people.search", people)
    return people


def get_row(*, actor: Actor, on: date, uid: UUID, known_at: datetime | None = None) -> PersonRow | None:
    """One person as of a date, for a page that has seen to the actor's right; None where nothing is known."""
    known = rows.as_known(on, known_at)
    found = fetch(
        f"SELECT {rows.COLUMNS} {rows.source(known, '')} WHERE p.uid = %(uid)s",
        rows.params(known) | {"uid": uid},
    )
    return rows.person_row(found[0]) if found else None


def _log(actor: Actor, at: datetime, path: str, people: Sequence[PersonRow], reason: str = "") -> None:
    others = [person.uid for person in people if person.id != actor.person_id]
    access_services.log_read(actor=actor, at=at, path=path, subjects=others, reason=reason)


def _told(known: Known, status: str, among: str) -> str:
    """Everything about the few people whom a table names, each with his place in it."""
    first = f"{among} g JOIN people_person p ON p.id = g.person_id"
    return f"SELECT {rows.COLUMNS}, g.place {rows.source(known, status, first)}"


def _asked(
    actor: Actor, known: Known, asked: Asked, permission: str = "people:read"
) -> tuple[str, str, dict[str, Any]]:
    """The statement of the people asked for, whatever they are called; the condition on an identity ``i``
    that it is one of theirs and named as asked; their parameters."""
    within, parameters = condition(actor, access.scoped(actor, permission), "e.person_id")
    typed = read_typed(asked.words)
    names = {f"word{place}": containing(word) for place, word in enumerate(typed.names)}
    titled = {f"title{place}": containing(word) for place, word in enumerate(typed.titled)}
    stretch = ["e.nip LIKE %(number)s"] if typed.number else []
    stretch += ["e.kind = %(kind)s"] if asked.kind else []
    person = [*_of(known, asked), *([within] if within != "TRUE" else [])]
    named = [known.sql("i"), *(f"lower(i.name) LIKE %({name})s" for name in names)]
    named += [f"{_WHOLE_NAME} LIKE %({name})s" for name in titled]
    if len(typed.number) >= _TELLING:
        named.append("i.person_id = ANY(ARRAY(SELECT person_id FROM who))")  # few: each is looked up
    elif stretch or person or asked.status:
        named.append(one_of("i.person_id", "SELECT person_id FROM who"))
    equal = {"kind": asked.kind, "post_kind": asked.post_kind, "golongan": asked.golongan}
    parameters |= {"number": f"{typed.number}%"}
    parameters |= rows.params(known) | names | titled | equal | {"under": subtree(asked.unit)}
    return rows.service(known, asked.status, stretch, person), " AND ".join(named), parameters


def _of(known: Known, asked: Asked) -> list[str]:
    """Conditions on a person ``e.person_id``: golongan and seat on the date."""
    parts = []
    if asked.golongan:
        ranked = f"SELECT r.person_id FROM people_rank r WHERE {known.sql('r')} AND r.golongan = %(golongan)s"
        parts.append(one_of("e.person_id", ranked))
    seats = []
    if asked.post_kind:
        posts = "SELECT t.id FROM organisation_post t WHERE t.kind = %(post_kind)s"
        seats.append(one_of("s.post_id", posts))
    if asked.unit:
        seats.append(rows.units_below("s.unit_id"))
    if seats:
        found = f"SELECT s.seat_id FROM organisation_seatrow s WHERE {' AND '.join([known.sql('s'), *seats])}"
        held = f"a.seat_id = ANY(ARRAY({found}))" if asked.unit else one_of("a.seat_id", found)
        parts.append(
            one_of(
                "e.person_id",
                f"SELECT a.person_id FROM people_appointment a WHERE a.kind = 'regular' "
                f"AND {known.sql('a')} AND {held}",
            )
        )
    return parts
