"""Making accounts, giving and ending roles, and logging reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.functions import Now

from pamong.access import events, models, policies
from pamong.access.choices import Act
from pamong.access.errors import GrantNotFound, UserExists, UserNotFound
from pamong.access.giving import Given, derive_units, give, require_grant, require_unit
from pamong.access.queries import find_user
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.kernel.errors import InvalidValue
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind

__all__ = ["check_password", "create_user", "derive_units", "end_grant", "grant_role", "log_read"]


@transaction.atomic
def create_user(
    *,
    actor: Actor,
    at: datetime,
    username: str,
    display_name: str,
    password: str | None,
    email: str | None = None,
) -> UUID:
    """Make an account without any role and return its id. ``UserExists`` if name or address is taken;
    ``InvalidValue`` for a name that no address could hold; ``NotAllowed``."""
    policies.require_whole(actor, "access:grant")
    name = username.strip().lower()
    if fault := policies.username_fault(name):
        raise InvalidValue(fault)
    try:
        with transaction.atomic():
            user = models.User.objects.create_user(
                name, password, display_name=display_name, email=email or None, uid=uuid7(at)
            )
    except IntegrityError as error:
        raise UserExists from error
    ledger.record(actor=actor, event=events.UserCreated(user.uid, user.username, display_name))
    return user.uid


def check_password(*, actor: Actor, username: str, display_name: str, password: str) -> None:
    """``InvalidValue`` with every reason why a password is too weak for a new account; ``NotAllowed``."""
    policies.require_whole(actor, "access:grant")
    try:
        validate_password(password, models.User(username=username, display_name=display_name))
    except ValidationError as error:
        raise InvalidValue(" ".join(map(str, error.messages))) from error


@transaction.atomic
def grant_role(
    *,
    actor: Actor,
    at: datetime,
    username: str,
    role: str,
    unit_path: str = "",
    start_on: date,
    end_on: date | None = None,
    reason: str = "",
) -> UUID:
    """Give a role over a unit subtree ('' = the whole government) from a day until, not including, another.

    For the command line alone, whose accounts are the first: on the site one operator asks, and another
    decides (``requests``). Returns the grant's id. ``NotAllowed``, ``UserNotFound``, ``GrantOverlaps``;
    ``InvalidValue`` for an empty period, and for a unit that stands neither on the first day nor today (once
    there are units).
    """
    user = _user(username)
    require_grant(actor, user, role, unit_path)
    policies.require_command_line(actor)
    require_unit(unit_path, {start_on, actor.on})
    given = Given(role, unit_path, start_on, end_on, reason)
    # Not an office's entry, which two people make: the seal says that nobody checked it.
    basis = ledger.seal(actor=actor, kind=SealKind.OPENING, ref=uuid7(at))
    return give(actor, at, user, given, basis)


@transaction.atomic
def end_grant(*, actor: Actor, at: datetime, grant: UUID, end_on: date, reason: str) -> UUID | None:
    """Let a role hold no more from ``end_on`` on: a new row replaces the old one, which stays to be seen.

    On its first day or before, the role is rescinded: nothing takes the old row's place, whose instant of
    ending says until when it was used that day. One operator may, so that access can be cut at once; giving
    it again takes two. Returns the new row's id, or None. ``GrantNotFound``, ``NotAllowed``,
    ``ReasonMissing``; ``InvalidValue`` where it ends by itself until then.
    """
    policies.require_whole(actor, "access:grant")
    reason = policies.require_reason(reason)
    old = (
        models.Grant.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(uid=grant, superseded_at=None)
        .first()
    )
    if old is None:
        raise GrantNotFound
    if old.period.upper and end_on >= old.period.upper:
        last = format_date(old.period.upper - timedelta(days=1))
        raise InvalidValue(f"Peran ini sudah berakhir sendiri pada {last}. Isi tanggal yang lebih awal.")
    models.Grant.objects.filter(pk=old.pk).update(superseded_at=Now())
    if end_on <= old.period.lower:
        told = events.RoleRescinded(old.user.uid, old.role, old.unit_path, old.period.lower, reason)
        ledger.record(actor=actor, event=told)
        return None
    return _shortened(actor, at, old, end_on, reason)


def _shortened(actor: Actor, at: datetime, old: models.Grant, end_on: date, reason: str) -> UUID:
    uid = uuid7(at)
    # It gives nothing that the old row did not give, so it rests on what that one rests on.
    models.Grant.objects.create(
        uid=uid,
        user=old.user,
        role=old.role,
        unit_path=old.unit_path,
        period=DateRange(old.period.lower, end_on),
        reason=reason,
        act=Act.CHANGE.value,
        supersedes=old,
        basis_id=old.basis_id,
    )
    ledger.record(actor=actor, event=events.RoleEnded(old.user.uid, old.role, old.unit_path, end_on, reason))
    return uid


def log_read(*, actor: Actor, at: datetime, path: str, subjects: Iterable[UUID], reason: str = "") -> None:
    """Note that the actor saw data of these people. ``path`` says what: a query's name; ``reason`` why.

    A read that shows nobody leaves no row.
    """
    ids = list(dict.fromkeys(subjects))
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_read_log (at, user_id, actor, path, reason, subject_ids) "
            "VALUES (%s, %s, %s, %s, %s, %s)",
            [at, actor.user_id, actor.name, path, reason, ids],
        )


def _user(username: str) -> models.User:
    user = find_user(username)
    if user is None:
        raise UserNotFound(username)
    return user
