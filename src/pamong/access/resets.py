"""Resets of accounts: who lost his password or his phone is helped by two people, and the log tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Now

from pamong.access import events, models, policies
from pamong.access.choices import ResetKind, ResetState
from pamong.access.errors import NotAllowed, ResetNotFound, ResetWaits, SecondPersonNeeded, UserNotFound
from pamong.access.queries import find_user
from pamong.kernel.actor import Actor
from pamong.kernel.errors import InvalidValue
from pamong.ledger import services as ledger


@dataclass(frozen=True, slots=True)
class ResetRow:
    """A reset as the operators see it."""

    uid: UUID
    username: str
    name: str
    kind: ResetKind
    reason: str
    state: ResetState
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    may_decide: bool


@transaction.atomic
def ask_reset(*, actor: Actor, at: datetime, username: str, kind: ResetKind, reason: str) -> UUID:
    """Ask that an account's password or second factor be made anew. Returns the reset's id.

    ``NotAllowed`` (also for one's own account), ``UserNotFound``, ``ResetWaits``; ``InvalidValue`` without a
    reason.
    """
    policies.require(actor, "access:reset")
    user = find_user(username)
    if user is None:
        raise UserNotFound(username)
    if actor.user_id is None or actor.user_id == user.pk:
        raise NotAllowed("Akun Anda sendiri diatur ulang oleh dua operator lain.")
    if not reason.strip():
        raise InvalidValue("Tulis mengapa akun ini perlu diatur ulang.")
    try:
        with transaction.atomic():
            row = models.Reset.objects.create(
                user=user, kind=kind.value, reason=reason.strip(), asked_by_id=actor.user_id
            )
    except IntegrityError as error:
        raise ResetWaits from error
    ledger.record(actor=actor, event=events.ResetAsked(row.uid, user.uid, kind, row.reason))
    return row.uid


@transaction.atomic
def confirm_reset(*, actor: Actor, at: datetime, reset: UUID) -> str:
    """Carry out what another asked for. For a password: the secret part of the one-time link, shown once.

    The old password ends at once, and with it every session; the second factor stays. For the second factor:
    it is removed, and '' comes back; password and sessions stay, but a role that needs one waits for a new
    one on the next page. ``NotAllowed``, ``ResetNotFound``, ``SecondPersonNeeded``.
    """
    row = _decide(actor, at, reset, ResetState.DONE)
    user = row.user
    ledger.record(actor=actor, event=events.ResetDone(row.uid, user.uid, ResetKind(row.kind)))
    if row.kind == ResetKind.SECOND_FACTOR.value:
        Authenticator.objects.filter(user=user).delete()
        return ""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    return f"{user.uid}/{default_token_generator.make_token(user)}"


@transaction.atomic
def refuse_reset(*, actor: Actor, at: datetime, reset: UUID) -> None:
    """Say no to what another asked for."""
    row = _decide(actor, at, reset, ResetState.REFUSED)
    ledger.record(actor=actor, event=events.ResetRefused(row.uid, row.user.uid, ResetKind(row.kind)))


def find_by_link(uid: UUID, token: str) -> models.User | None:
    """The account that a one-time link opens, as long as it holds."""
    user = models.User.objects.filter(uid=uid, is_active=True).first()
    return user if user is not None and default_token_generator.check_token(user, token) else None


@transaction.atomic
def set_password_by_link(*, uid: UUID, token: str, password: str) -> models.User | None:
    """Give the account its new password; None where the link holds no more. The link ends with it."""
    user = find_by_link(uid, token)
    if user is None:
        return None
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


def list_resets(*, actor: Actor, limit: int = 100) -> Sequence[ResetRow]:
    """Resets that wait, then those of late. ``NotAllowed``."""
    policies.require(actor, "access:reset")
    rows = models.Reset.objects.select_related("user", "asked_by", "decided_by").order_by("-id")
    waiting = list(rows.filter(state=ResetState.WAITING.value))
    ended = list(rows.filter(~Q(state=ResetState.WAITING.value))[:limit])
    return [_row(row, actor) for row in [*waiting, *ended]]


def count_to_decide(*, actor: Actor) -> int:
    """How many resets wait for this operator: asked for by another, and not of his own account."""
    if actor.user_id is None or not policies.may(actor, "access:reset"):
        return 0
    waiting = models.Reset.objects.filter(state=ResetState.WAITING.value)
    return waiting.exclude(asked_by_id=actor.user_id).exclude(user_id=actor.user_id).count()


def _decide(actor: Actor, at: datetime, reset: UUID, state: ResetState) -> models.Reset:
    policies.require(actor, "access:reset")
    row = (
        models.Reset.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(uid=reset, state=ResetState.WAITING.value)
        .first()
    )
    if row is None:
        raise ResetNotFound
    if actor.user_id is None or actor.user_id in (row.asked_by_id, row.user_id):
        raise SecondPersonNeeded
    row.state, row.decided_by_id, row.decided_at = state.value, actor.user_id, Now()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    return row


def _row(row: models.Reset, actor: Actor) -> ResetRow:
    others = actor.user_id not in (None, row.asked_by_id, row.user_id)
    return ResetRow(
        row.uid,
        row.user.username,
        row.user.display_name,
        ResetKind(row.kind),
        row.reason,
        ResetState(row.state),
        row.asked_by.display_name,
        row.asked_at,
        row.decided_by.display_name if row.decided_by else "",
        row.decided_at,
        row.state == ResetState.WAITING.value and others,
    )
