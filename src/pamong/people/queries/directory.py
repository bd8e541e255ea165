"""Lists of people as of a date: the directory, the instant search, pickers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.access import policies
from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.kernel.actor import Actor
from pamong.ledger.dated import Known
from pamong.people.queries import rows
from pamong.people.queries.rows import PersonRow, fetch
from pamong.people.queries.scope import condition

PAGE = 50
FOUND_MOST = 12
_LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for. Empty means no narrowing: it never widens beyond the actor's own scope.

    ``words`` are parts of the name in any order, or the beginning of a NIP; ``unit`` is a unit's code, with
    all below it; ``status`` is 'active' (in service on the date), 'ended' or '' for both.
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
    where, parameters = _where(actor, asked, known_at)
    parameters |= rows.params(known)
    narrow = _source(known, asked)
    total = int(fetch(f"SELECT count(*) {narrow} WHERE {where}", parameters)[0][0])
    last = max(1, -(-total // size))
    page = min(max(1, page), last)
    found = fetch(
        f"SELECT {rows.COLUMNS} {_full(known, asked)} WHERE {where} "
        "ORDER BY lower(i.name), p.id LIMIT %(size)s OFFSET %(skip)s",
        parameters | {"size": size, "skip": (page - 1) * size},
    )
    people = [rows.person_row(row) for row in found]
    _log(actor, at, "people.list", people)
    return PeoplePage(people, total, page, last)


def list_everybody(
    *, actor: Actor, at: datetime, on: date, asked: Asked, known_at: datetime | None = None
) -> Sequence[PersonRow]:
    """All people whom a file to take along holds: within the scope of ``people:export``. ``NotAllowed``."""
    known = rows.as_known(on, known_at)
    where, parameters = _where(actor, asked, known_at, "people:export")
    found = fetch(
        f"SELECT {rows.COLUMNS} {_full(known, asked)} WHERE {where} ORDER BY lower(i.name), p.id",
        parameters | rows.params(known),
    )
    people = [rows.person_row(row) for row in found]
    _log(actor, at, "people.export", people)
    return people


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
    where, parameters = _where(actor, asked, None, permission)
    found = fetch(
        f"SELECT {rows.COLUMNS} {rows.source(known, '')} WHERE {where} "
        "ORDER BY (e.period @> %(on)s::date) IS NOT TRUE, lower(i.name), p.id LIMIT %(size)s",
        parameters | rows.params(known) | {"size": most},
    )
    people = [rows.person_row(row) for row in found]
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


def _log(actor: Actor, at: datetime, path: str, people: Sequence[PersonRow]) -> None:
    others = [person.uid for person in people if person.id != actor.person_id]
    access_services.log_read(actor=actor, at=at, path=path, subjects=others)


def _source(known: Known, asked: Asked) -> str:
    """What counting needs: fewer joins where nothing asks for them."""
    if asked.unit or asked.post_kind or asked.golongan:
        return _full(known, asked)
    return rows.service(known, asked.status)


def _full(known: Known, asked: Asked) -> str:
    return rows.source(known, asked.status)


def _where(
    actor: Actor, asked: Asked, known_at: datetime | None, permission: str = "people:read"
) -> tuple[str, dict[str, Any]]:
    within, parameters = condition(actor, access.scoped(actor, permission))
    parts = [within]
    for number, word in enumerate(asked.words.split()[:5]):
        name = f"word{number}"
        if word.isdigit():
            parts.append(f"e.nip LIKE %({name})s")
            parameters[name] = f"{word}%"
        else:
            parts.append(f"lower(i.name) LIKE %({name})s")
            parameters[name] = f"%{_escaped(word.lower())}%"
    equal = {"kind": "e.kind", "post_kind": "s.post_kind", "golongan": "r.golongan"}
    for field, column in equal.items():
        if value := getattr(asked, field):
            parts.append(f"{column} = %({field})s")
            parameters[field] = value
    if asked.unit:
        known_code = re.fullmatch(r"[a-z0-9_]+", asked.unit)
        parts.append("u.path ~ %(under)s::lquery" if known_code else "FALSE")
        parameters["under"] = f"*.{asked.unit}.*"
    return " AND ".join(parts), parameters


def _escaped(word: str) -> str:
    """A typed per cent sign means itself."""
    return word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
