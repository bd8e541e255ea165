"""Who acts, over whom, and who looked at whom."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from pamong.access import clock, models, policies
from pamong.access.errors import NotAllowed, UserNotFound
from pamong.access.roles import PUBLIC, ROLES, SUPERIOR
from pamong.kernel.actor import TEAM, Actor, Grant
from pamong.kernel.paging import bounded

USERS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Scope:
    """Over whom a permission holds: the whole government, or unit subtrees, one's own people, oneself.

    ``units`` are codes of the units at the top of the subtrees; ``seats`` are seats to which people report.
    """

    whole: bool
    units: tuple[str, ...]
    own_person_id: int | None
    seats: tuple[int, ...] = ()

    def covers(self, *, unit_path: str, person_id: int | None = None) -> bool:
        """Tell whether one person in one unit is within, whoever he reports to."""
        if self.whole or any(Grant("", code).covers(unit_path) for code in self.units):
            return True
        return person_id is not None and person_id == self.own_person_id


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose an account is, and what follows from it: roles, and seats held or stood in for.

    ``left``: the person is no longer in service, so that roles given by hand hold no more either. ``closed``:
    he has died, and nobody acts under his name any more.
    """

    person_id: int | None = None
    grants: tuple[Grant, ...] = ()
    seats: tuple[int, ...] = ()
    left: bool = False
    closed: bool = False


_Standings = Callable[[Collection[int], date], Mapping[int, Standing]]
_STANDINGS: list[_Standings] = []


def derive_standing(source: _Standings) -> None:
    """Let a domain above say whose accounts are on a date; called once, when the application starts."""
    _STANDINGS[:] = [source]


@dataclass(frozen=True, slots=True)
class GrantRow:
    """One role that a user holds.

    ``ended_at``: the instant at which it was taken back, on its first day or later, as if it had never held;
    None for every other.
    """

    uid: UUID
    role: str
    title: str
    unit_path: str
    start_on: date
    end_on: date | None
    ended_at: datetime | None = None

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, as people say it."""
        return None if self.end_on is None else self.end_on - timedelta(days=1)

    @property
    def first_day_only(self) -> bool:
        """Whether it was taken back on its first day, so that no whole day was its own."""
        return self.ended_at is not None and clock.day_of(self.ended_at) == self.start_on


@dataclass(frozen=True, slots=True)
class UserRow:
    """An account with the roles given to it, without those that follow from a person and his seats.

    ``cut``: those that held for a while and were taken back; known of one account alone.
    """

    username: str
    name: str
    is_active: bool
    grants: tuple[GrantRow, ...]
    cut: tuple[GrantRow, ...] = ()


@dataclass(frozen=True, slots=True)
class UserPage:
    """Accounts of one page: ``page`` of ``last``, and how many there are on all of them."""

    rows: Sequence[UserRow]
    total: int
    page: int
    last: int


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One look at someone's data; ``at`` is stamped by the database, like every instant that is shown."""

    at: datetime
    actor: str
    path: str
    reason: str = ""


def actor_for(user: AbstractBaseUser | AnonymousUser, on: date) -> Actor:
    """Build the actor of a signed-in user with the roles that hold on a date; anyone else is the public, and
    so is the account of somebody who died.

    Roles given by hand, and those that follow from the person behind the account and from his seats. Who
    has left service holds none that was given, even where nobody thought of ending it. A role that knows no
    unit, given over one while that could still be done, opens nothing.
    """
    if not isinstance(user, models.User):
        return _public(on)
    return actors_of([user], on)[user.pk]


def actors_of(users: Collection[models.User], on: date) -> Mapping[int, Actor]:
    """The same for many accounts, by their ids, in two questions however many they are."""
    active = [user for user in users if user.is_active]
    ids = [user.pk for user in active]
    standings = _STANDINGS[0](ids, on) if _STANDINGS and ids else {}
    given = _given(active, on)
    found = {user.pk: _public(on) for user in users}
    for user in active:
        standing = standings.get(user.pk, Standing())
        if not standing.closed:
            found[user.pk] = _actor(user, standing, given.get(user.pk, ()), on)
    return found


def _public(on: date) -> Actor:
    return Actor(None, None, PUBLIC.code, (Grant(PUBLIC.code),), on)


def _actor(user: models.User, standing: Standing, given: Sequence[Grant], on: date) -> Actor:
    grants = (*standing.grants, *(() if standing.left else given), Grant(PUBLIC.code))
    return Actor(user.pk, standing.person_id, user.display_name, grants, on, standing.seats)


def _given(users: Collection[models.User], on: date) -> dict[int, list[Grant]]:
    """The roles given by hand that hold on a date, by account. Of accounts that came without them
    (``with_grants``) they are asked for, of all at once."""
    others = [user.pk for user in users if not hasattr(user, "given")]
    asked = models.User.objects.with_grants().filter(pk__in=others) if others else ()
    told = {user.pk: user.given for user in (*users, *asked) if hasattr(user, "given")}
    return {pk: [Grant(*role) for role in _holding(rows, on)] for pk, rows in told.items()}


def _holding(rows: Sequence[str], on: date) -> Iterator[tuple[str, str]]:
    day = on.isoformat()
    for row in map(json.loads, rows):
        held = row["start"] <= day and (row["end"] is None or day < row["end"])
        if held and not (row["unit_path"] and ROLES[row["role"]].whole):
            yield row["role"], row["unit_path"]


def find_user(username: str) -> models.User | None:
    """The active account of this name, for the edge that turns a name into an actor."""
    return models.User.objects.filter(username=username.strip().lower(), is_active=True).first()


def named_actor(username: str, on: date) -> Actor:
    """The actor of a user named on the command line. ``UserNotFound`` if there is none."""
    user = find_user(username)
    if user is None:
        raise UserNotFound(username)
    return actor_for(user, on)


def actor_by_id(user_id: int, on: date) -> Actor:
    """The actor of an account, for a worker that goes on with what the user asked for. ``UserNotFound``."""
    user = models.User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise UserNotFound(str(user_id))
    return actor_for(user, on)


def scoped(actor: Actor, path: str) -> Scope:
    """The scope of a permission such as ``pay:read``: what every list starts with.

    ``NotAllowed`` with the reason where the actor has none at all.
    """
    policies.require(actor, path)
    held = [(grant, ROLES[grant.role]) for grant in actor.grants if grant.role in ROLES]
    units = tuple(dict.fromkeys(grant.unit for grant, role in held if path in role.may))
    own = actor.person_id if any(path in role.may_own for _, role in held) else None
    if path in PUBLIC.may or "" in units:
        return Scope(True, (), own)
    if not units and own is None:
        raise NotAllowed("Akun Anda belum terhubung dengan data pegawai. Hubungi operator sistem.")
    seats = actor.seats if actor.has_role(SUPERIOR.code) and path in SUPERIOR.may else ()
    return Scope(False, tuple(code for code in units if code != TEAM), own, seats)


def list_grants(*, actor: Actor, username: str) -> Sequence[GrantRow]:
    """The roles of a user that are not superseded, past and future ones too, oldest first."""
    user = find_user(username)
    if user is None:
        raise UserNotFound(username)
    if actor.user_id != user.pk:
        policies.require(actor, "access:read")
    rows = models.Grant.objects.filter(user=user, superseded_at=None).order_by("period", "id")
    return [_grant_row(row) for row in rows]


def list_users(*, actor: Actor) -> Sequence[UserRow]:
    """All accounts by name, each with its roles that are not superseded. ``NotAllowed``."""
    policies.require(actor, "access:read")
    return _user_rows(models.User.objects.order_by("username"))


def find_users(*, actor: Actor, words: str = "", page: int = 1, size: int = USERS_A_PAGE) -> UserPage:
    """A page of the accounts whose name, or name to sign in, holds all the words. ``NotAllowed``."""
    policies.require(actor, "access:read")
    users = models.User.objects.order_by("username")
    for word in words.split():
        users = users.filter(Q(username__icontains=word) | Q(display_name__icontains=word))
    total = users.count()
    page, last = bounded(page, total, size)
    return UserPage(_user_rows(users[(page - 1) * size : page * size]), total, page, last)


def find_account(*, actor: Actor, username: str) -> UserRow | None:
    """One account with its roles, active or not; None where there is none of this name. ``NotAllowed``."""
    policies.require(actor, "access:read")
    found = _user_rows(models.User.objects.filter(username=username))
    return replace(found[0], cut=_cut(username)) if found else None


def names_of(*, actor: Actor, user_ids: Collection[int]) -> Mapping[int, str]:
    """The names of accounts, active or not, for whoever has seen to the right to them and notes the look."""
    users = models.User.objects.filter(pk__in=user_ids)
    return dict(users.values_list("pk", "display_name"))


def find_grant(*, actor: Actor, username: str, grant: UUID) -> GrantRow | None:
    """One role of an account that is not superseded. ``NotAllowed``."""
    policies.require(actor, "access:read")
    row = models.Grant.objects.filter(uid=grant, user__username=username, superseded_at=None).first()
    return _grant_row(row) if row else None


def has_users(*, actor: Actor) -> bool:
    """Whether there is any account at all: without one nobody can sign in. ``NotAllowed``."""
    policies.require(actor, "access:read")
    return models.User.objects.exists()


def list_reads(*, actor: Actor, subject: UUID, limit: int = 200) -> Sequence[ReadRow]:
    """Who looked at one subject's data, newest first. For those who may read the log, about anyone."""
    policies.require(actor, "access:read")
    return reads_of(actor=actor, subject=subject, limit=limit)


def reads_of(*, actor: Actor, subject: UUID, limit: int = 200, skip: int = 0) -> Sequence[ReadRow]:
    """The same for a domain that has seen to it that the actor may: everyone may read his own."""
    rows = models.ReadLog.objects.filter(subject_ids__contains=[subject]).order_by("-id")[skip : skip + limit]
    return [ReadRow(row.recorded_at, row.actor, row.path, row.reason) for row in rows]


def count_reads_of(*, actor: Actor, subject: UUID) -> int:
    """How many looks there were, for a domain that has seen to it that the actor may."""
    return models.ReadLog.objects.filter(subject_ids__contains=[subject]).count()


def _user_rows(users: QuerySet[models.User]) -> list[UserRow]:
    found = list(users)
    held: dict[int, list[GrantRow]] = {}
    grants = models.Grant.objects.filter(user__in=[user.pk for user in found], superseded_at=None)
    for row in grants.order_by("period", "id"):
        held.setdefault(row.user_id, []).append(_grant_row(row))
    return [
        UserRow(user.username, user.display_name, user.is_active, tuple(held.get(user.pk, ())))
        for user in found
    ]


def _cut(username: str) -> tuple[GrantRow, ...]:
    """Roles that nothing replaced when they were taken back, though their first day had come."""
    rows = models.Grant.objects.filter(
        user__username=username, superseded_at__isnull=False, superseded_by__isnull=True
    ).order_by("superseded_at", "id")
    ended = ((_grant_row(row), row.superseded_at) for row in rows)
    return tuple(
        replace(row, ended_at=instant)
        for row, instant in ended
        if instant is not None and row.start_on <= clock.day_of(instant)
    )


def _grant_row(row: models.Grant) -> GrantRow:
    title = ROLES[row.role].title
    return GrantRow(row.uid, row.role, title, row.unit_path, row.period.lower, row.period.upper)
