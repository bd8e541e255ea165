"""Whose an account is, and who has none yet: a name and a post, as everybody in service may know them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pamong.access import policies as access_policies
from pamong.access import queries as access
from pamong.access import requests
from pamong.access import services as access_services
from pamong.access.choices import RequestKind
from pamong.access.requests import RequestPage, RequestRow
from pamong.kernel.actor import Actor
from pamong.organisation.choices import containing
from pamong.people import policies
from pamong.people.queries import rows
from pamong.people.queries.rows import fetch, full_name
from pamong.people.queries.scope import condition, within

CANDIDATES = 12
_LEAST_LETTERS, _NIP_DIGITS = 3, 18
_COLUMNS = """p.uid, p.id, COALESCE(s.post_name, ''), COALESCE(u.name, ''), i.name, i.front_title,
  i.back_title, COALESCE(e.end_reason, ''), upper(e.period)"""
_ACCOUNT = "(SELECT a.username FROM access_user a WHERE a.id = p.user_id)"


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody as whoever gives out accounts knows him: nothing of his file.

    ``ends_on`` is the first day out of service with its ``end_reason``, None and '' where no end is recorded.
    """

    uid: UUID
    id: int
    name: str
    post: str
    unit: str
    own_name: str
    titles: str
    end_reason: str = ""
    ends_on: date | None = None

    def goes_by(self, name: str) -> bool:
        """Whether an account's name is his, titles aside: a wrong link begins with a name that is not."""
        return _words(name) - _words(self.titles) == _words(self.own_name) - _words(self.titles)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who may be the owner of an account; ``more`` tells that others fit besides."""

    rows: Sequence[Owner] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class AccountRequest:
    """A request with the persons that it is about: whose the account is now, and whose it is to be or not."""

    row: RequestRow
    owner: Owner | None
    person: Owner | None
    may_decide: bool

    @property
    def named_otherwise(self) -> bool:
        """Whether the account is called otherwise than the person whose it is to be, or is."""
        about = self.person or self.owner
        return about is not None and not about.goes_by(self.row.name)


@dataclass(frozen=True, slots=True)
class AccountRequests:
    """Requests of one page: ``page`` of ``last``."""

    rows: Sequence[AccountRequest]
    page: int
    last: int


def find_unlinked(*, actor: Actor, at: datetime, on: date, words: str, most: int = CANDIDATES) -> Candidates:
    """The first few in service without an account whose name holds all the words, or whose NIP it is.

    Within the part of the government over which the actor may give accounts. None below 3 letters. One row
    in the read log names them. ``NotAllowed``.
    """
    policies.require_link(actor)
    typed = words.split()
    if sum(map(len, typed)) < _LEAST_LETTERS:
        return Candidates()
    within_scope, params = condition(actor, access.scoped(actor, policies.LINK))
    known = rows.as_known(on, None)
    parts, more = _named(typed)
    found = fetch(
        f"SELECT {_COLUMNS} {rows.source(known)} WHERE p.user_id IS NULL AND {within_scope} AND ({parts}) "
        "ORDER BY lower(i.name), p.id LIMIT %(most)s",
        rows.params(known) | params | more | {"most": most + 1},
    )
    shown = found[:most]
    access_services.log_read(actor=actor, at=at, path="people.search", subjects=[row[0] for row in shown])
    return Candidates([_owner(row) for row in shown], len(found) > most)


def owner_of(*, actor: Actor, on: date, username: str) -> Owner | None:
    """Whose an account is, in service or out of it; None for nobody's. ``NotAllowed``."""
    access_policies.require(actor, "access:read")
    return _owners(on, [username]).get(username)


def list_account_requests(*, actor: Actor, on: date, page: int = 1) -> AccountRequests:
    """A page of the requests about accounts, those that wait first. ``NotAllowed``."""
    found: RequestPage = requests.list_requests(actor=actor, page=page)
    return AccountRequests(_with_persons(actor, on, found.rows), found.page, found.last)


def list_waiting_of(*, actor: Actor, on: date, username: str) -> Sequence[AccountRequest]:
    """What waits about one account. ``NotAllowed``."""
    return _with_persons(actor, on, requests.list_waiting(actor=actor, username=username))


def _with_persons(actor: Actor, on: date, found: Sequence[RequestRow]) -> list[AccountRequest]:
    if not found:
        return []
    owners = _owners(on, [row.username for row in found])
    persons = _persons(on, [row.person for row in found if row.person])
    return [_with_person(actor, row, owners.get(row.username), persons.get(row.person)) for row in found]


def _with_person(actor: Actor, row: RequestRow, owner: Owner | None, person: Owner | None) -> AccountRequest:
    return AccountRequest(row, owner, person, _may(actor, row, person))


def _may(actor: Actor, row: RequestRow, person: Owner | None) -> bool:
    """Of links those decide who may give accounts to this person, and are not he."""
    if not row.may_decide or row.kind not in (RequestKind.LINK, RequestKind.UNLINK):
        return row.may_decide
    if person is None or policies.is_own(actor, person.id):
        return False
    return within(actor, policies.LINK, person.id)


def _owners(on: date, usernames: Sequence[str]) -> dict[str, Owner]:
    where = "p.user_id IN (SELECT a.id FROM access_user a WHERE a.username = ANY(%(names)s))"
    return {account: owner for account, owner in _found(on, where, {"names": list(usernames)}) if account}


def _persons(on: date, uids: Sequence[UUID]) -> Mapping[UUID | None, Owner]:
    if not uids:
        return {}
    return {owner.uid: owner for _, owner in _found(on, "p.uid = ANY(%(uids)s)", {"uids": list(uids)})}


def _found(on: date, where: str, params: dict[str, Any]) -> Iterator[tuple[str | None, Owner]]:
    """Persons by a condition, whatever their service, each with the name of the account."""
    known = rows.as_known(on, None)
    sql = f"SELECT {_COLUMNS}, {_ACCOUNT} {rows.source(known, '')} WHERE {where}"
    for *row, account in fetch(sql, rows.params(known) | params):
        yield account, _owner(tuple(row))


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
    uid, person_id, post, unit, name, front, back, reason, ends_on = row
    full = full_name(name, front, back)
    return Owner(uid, person_id, full, post, unit, name, f"{front} {back}", reason, ends_on)


def _words(text: str) -> frozenset[str]:
    """The words of a name without titles: what ends with a point (dr., Hj.), or stands behind a comma."""
    name = text.casefold().partition(",")[0]
    return frozenset(re.findall(r"[^\W_]+(?![^\W_]|\.)", name))
