"""Whose an account is, and who has none yet: a name and a post, as everybody in service may know them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.access import policies as access_policies
from pamong.access import queries as access
from pamong.access import services as access_services
from pamong.kernel.actor import Actor
from pamong.organisation.choices import containing
from pamong.people import policies
from pamong.people.queries import rows
from pamong.people.queries.rows import fetch, full_name
from pamong.people.queries.scope import condition

_LEAST_LETTERS, _NIP_DIGITS = 3, 18
_COLUMNS = """p.uid, p.id, COALESCE(s.post_name, ''), COALESCE(u.name, ''), i.name, i.front_title,
  i.back_title"""


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody as whoever gives out accounts knows him: nothing of his file."""

    uid: UUID
    name: str
    post: str
    unit: str


def find_unlinked(*, actor: Actor, at: datetime, on: date, words: str, most: int = 12) -> Sequence[Owner]:
    """The first few in service without an account whose name holds all the words, or whose NIP it is.

    Within the part of the government over which the actor may give accounts. None below 3 letters. One row
    in the read log names them. ``NotAllowed``.
    """
    policies.require_link(actor)
    typed = words.split()
    if sum(map(len, typed)) < _LEAST_LETTERS:
        return ()
    within, params = condition(actor, access.scoped(actor, policies.LINK))
    known = rows.as_known(on, None)
    parts, more = _named(typed)
    found = fetch(
        f"SELECT {_COLUMNS} {rows.source(known)} WHERE p.user_id IS NULL AND {within} AND ({parts}) "
        "ORDER BY lower(i.name), p.id LIMIT %(most)s",
        rows.params(known) | params | more | {"most": most},
    )
    access_services.log_read(actor=actor, at=at, path="people.search", subjects=[row[0] for row in found])
    return [_owner(row) for row in found]


def owner_of(*, actor: Actor, on: date, username: str) -> Owner | None:
    """Whose an account is; None for nobody's, or for somebody out of service. ``NotAllowed``."""
    access_policies.require(actor, "access:read")
    known = rows.as_known(on, None)
    found = fetch(
        f"SELECT {_COLUMNS} {rows.source(known)} "
        "WHERE p.user_id = (SELECT a.id FROM access_user a WHERE a.username = %(username)s)",
        rows.params(known) | {"username": username},
    )
    return _owner(found[0]) if found else None


def _named(words: Sequence[str]) -> tuple[str, dict[str, Any]]:
    digits = "".join(words)
    if digits.isdecimal():
        return "e.nip = %(nip)s", {"nip": digits if len(digits) == _NIP_DIGITS else ""}
    parts, params = [], {}
    for number, word in enumerate(words):
        parts.append(f"lower(i.name) LIKE %(word{number})s")
        params[f"word{number}"] = containing(word.lower())
    return " AND ".join(parts), params


def _owner(row: tuple[Any, ...]) -> Owner:
    uid, _id, post, unit, *name = row
    return Owner(uid, full_name(*name), post, unit)
