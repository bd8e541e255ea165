"""Who acts, over whom, and who looked at whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from pamong.access import models, policies
from pamong.access.errors import NotAllowed, UserNotFound
from pamong.access.roles import PUBLIC, ROLES
from pamong.kernel.actor import Actor, Grant


@dataclass(frozen=True, slots=True)
class Scope:
    """Over whom a permission holds: the whole government, or unit subtrees and perhaps oneself."""

    whole: bool
    unit_paths: tuple[str, ...]
    own_person_id: int | None

    def covers(self, *, unit_path: str, person_id: int | None = None) -> bool:
        """Tell whether one person in one unit is within."""
        if self.whole or any(Grant("", path).covers(unit_path) for path in self.unit_paths):
            return True
        return person_id is not None and person_id == self.own_person_id


@dataclass(frozen=True, slots=True)
class GrantRow:
    """One role that a user holds."""

    uid: UUID
    role: str
    title: str
    unit_path: str
    start_on: date
    end_on: date | None


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One look at someone's data."""

    at: datetime
    actor: str
    path: str


def actor_for(user: AbstractBaseUser | AnonymousUser, on: date, *, person_id: int | None = None) -> Actor:
    """Build the actor of a signed-in user with the roles that hold on a date; anyone else is the public."""
    if not isinstance(user, models.User) or not user.is_active:
        return Actor(None, None, PUBLIC.code, (Grant(PUBLIC.code),), on)
    rows = models.Grant.objects.filter(user=user, superseded_at=None, period__contains=on).order_by("id")
    grants = tuple(Grant(row.role, row.unit_path) for row in rows)
    return Actor(user.pk, person_id, user.display_name, (*grants, Grant(PUBLIC.code)), on)


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
    paths = tuple(dict.fromkeys(grant.unit_path for grant, role in held if path in role.may))
    own = actor.person_id if any(path in role.may_own for _, role in held) else None
    if path in PUBLIC.may or "" in paths:
        return Scope(True, (), own)
    if not paths and own is None:
        raise NotAllowed("Akun Anda belum terhubung dengan data pegawai. Hubungi petugas kepegawaian.")
    return Scope(False, paths, own)


def list_grants(*, actor: Actor, username: str) -> Sequence[GrantRow]:
    """The roles of a user that are not superseded, past and future ones too, oldest first."""
    user = find_user(username)
    if user is None:
        raise UserNotFound(username)
    if actor.user_id != user.pk:
        policies.require(actor, "access:read")
    rows = models.Grant.objects.filter(user=user, superseded_at=None).order_by("period", "id")
    return [_grant_row(row) for row in rows]


def list_reads(*, actor: Actor, subject: UUID, limit: int = 200) -> Sequence[ReadRow]:
    """Who looked at one subject's data, newest first. For those who may read the log, about anyone."""
    policies.require(actor, "access:read")
    rows = models.ReadLog.objects.filter(subject_ids__contains=[subject]).order_by("-id")[:limit]
    return [ReadRow(row.at, row.actor, row.path) for row in rows]


def _grant_row(row: models.Grant) -> GrantRow:
    title = ROLES[row.role].title
    return GrantRow(row.uid, row.role, title, row.unit_path, row.period.lower, row.period.upper)
