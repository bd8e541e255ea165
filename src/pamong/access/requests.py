"""Requests about accounts: one operator asks, another decides, neither of them the owner of the account.

One idea for all that gives power or a way in: a new password or second factor, a role, whose an account is,
and that it is no longer his. Ending a role is none of them: access can be cut at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator
from django.db import IntegrityError, transaction
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Now

from pamong.access import events, models, policies
from pamong.access.choices import RESETS, RequestKind, RequestState
from pamong.access.errors import (
    AskerLeft,
    GrantOverlaps,
    NotAllowed,
    RequestNotFound,
    RequestWaits,
    SecondPersonNeeded,
    UserNotFound,
)
from pamong.access.giving import BAD_PATH, Given, give, require_grant, require_unit
from pamong.access.queries import actor_for, find_user
from pamong.access.roles import ROLES
from pamong.kernel.actor import Actor
from pamong.kernel.errors import InvalidValue
from pamong.kernel.paging import bounded
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind

PAGE = 50
_WAITING = RequestState.WAITING.value
_OWN = {
    RequestKind.PASSWORD: "Akun Anda sendiri diatur ulang oleh dua operator lain.",
    RequestKind.SECOND_FACTOR: "Akun Anda sendiri diatur ulang oleh dua operator lain.",
    RequestKind.ROLE: "Anda tidak dapat memberi peran kepada diri sendiri.",
    RequestKind.LINK: "Akun Anda sendiri dihubungkan operator lain.",
    RequestKind.UNLINK: "Akun Anda sendiri dilepas operator lain.",
}


@dataclass(frozen=True, slots=True)
class Matter:
    """What a domain above needs to know: whose account, and by which request of which account, if any."""

    user_id: int
    user: UUID
    request: UUID | None = None
    asked_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Linking:
    """How a domain above checks and keeps whose an account is; each raises its own sentences.

    ``check`` tells whether the account could be this person's, ``owner`` whose it is now; ``link`` and
    ``unlink`` check once more and do it.
    """

    check: Callable[[Actor, Matter, UUID], None]
    owner: Callable[[Actor, Matter], UUID]
    link: Callable[[Actor, Matter, UUID], None]
    unlink: Callable[[Actor, Matter, UUID], None]


_LINKING: list[Linking] = []


def derive_linking(source: Linking) -> None:
    """Let a domain above keep whose an account is; called once, when the application starts."""
    _LINKING[:] = [source]


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as the operators see it. ``title`` is of the role, ``person`` the uid of whom it is about,
    ``answer`` why it was refused."""

    uid: UUID
    username: str
    name: str
    kind: RequestKind
    title: str
    unit_path: str
    person: UUID | None
    reason: str
    state: RequestState
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    answer: str
    may_decide: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class RequestPage:
    """Requests of one page: ``page`` of ``last``."""

    rows: Sequence[RequestRow]
    page: int
    last: int


@dataclass(frozen=True, slots=True)
class Done:
    """What was carried out. ``secret``: of a password's one-time link, shown once; '' for all else."""

    kind: RequestKind
    secret: str = ""


@transaction.atomic
def ask_reset(*, actor: Actor, at: datetime, username: str, kind: RequestKind, reason: str) -> UUID:
    """Ask that an account's password or second factor be made anew. Returns the request's id.

    ``NotAllowed`` (also for one's own account), ``UserNotFound``, ``RequestWaits``, ``ReasonMissing``.
    """
    if kind not in RESETS:
        raise ValueError(f"{kind} is no reset")
    return _store(actor, _account(actor, kind, username), models.Request(kind=kind.value, reason=reason))


@transaction.atomic
def ask_role(*, actor: Actor, at: datetime, username: str, role: str, unit_path: str, reason: str) -> UUID:
    """Ask that an account be given a role over a unit subtree ('' = all) from the day of the decision on.

    ``NotAllowed``, ``UserNotFound``, ``GrantOverlaps``, ``RequestWaits``, ``ReasonMissing``; ``InvalidValue``
    for a unit that does not stand today.
    """
    user = _account(actor, RequestKind.ROLE, username)
    require_grant(actor, user, role, unit_path)
    require_unit(unit_path, {actor.on})
    held = models.Grant.objects.filter(user=user, role=role, unit_path=unit_path, superseded_at=None)
    if held.filter(Q(period__endswith=None) | Q(period__endswith__gt=actor.on)).exists():
        raise GrantOverlaps(ROLES[role].title)
    row = models.Request(kind=RequestKind.ROLE.value, role=role, unit_path=unit_path, reason=reason)
    return _store(actor, user, row)


@transaction.atomic
def ask_link(*, actor: Actor, at: datetime, username: str, person: UUID, reason: str) -> UUID:
    """Ask that an account become a person's. ``NotAllowed``, ``UserNotFound``, ``RequestWaits``,
    ``ReasonMissing``, and what keeps the domain of persons from linking them."""
    user = _account(actor, RequestKind.LINK, username)
    _LINKING[0].check(actor, Matter(user.pk, user.uid), person)
    return _store(actor, user, models.Request(kind=RequestKind.LINK.value, person=person, reason=reason))


@transaction.atomic
def ask_unlink(*, actor: Actor, at: datetime, username: str, reason: str) -> UUID:
    """Ask that an account be nobody's again: it was linked to somebody else than its owner.

    ``NotAllowed``, ``UserNotFound``, ``RequestWaits``, ``ReasonMissing``, and what the domain of persons says
    of an account that is nobody's.
    """
    user = _account(actor, RequestKind.UNLINK, username)
    person = _LINKING[0].owner(actor, Matter(user.pk, user.uid))
    return _store(actor, user, models.Request(kind=RequestKind.UNLINK.value, person=person, reason=reason))


@transaction.atomic
def confirm(*, actor: Actor, at: datetime, request: UUID) -> Done:
    """Carry out what another asked for.

    Of a password the old one ends at once, and with it every session; the second factor stays. A second
    factor is removed; password and sessions stay, but a role that needs one waits for a new one on the next
    page. A role holds from today. ``NotAllowed``, ``RequestNotFound``, ``SecondPersonNeeded``, ``AskerLeft``,
    and what keeps the role or the link from being.
    """
    row = _decide(actor, request, RequestState.DONE)
    _require_asker(row, actor)
    kind, user = RequestKind(row.kind), row.user
    done = events.RequestDone(row.uid, user.uid, kind, row.asked_by.uid)
    ledger.record(actor=actor, event=done)
    return Done(kind, _CARRY_OUT[kind](actor, at, row) or "")


@transaction.atomic
def refuse(*, actor: Actor, at: datetime, request: UUID, reason: str) -> None:
    """Say no to what another asked for, and why.

    ``NotAllowed``, ``RequestNotFound``, ``SecondPersonNeeded``, ``ReasonMissing``.
    """
    row = _decide(actor, request, RequestState.REFUSED)
    row.answer = policies.require_reason(reason)
    row.save(update_fields=["answer"])
    told = events.RequestRefused(row.uid, row.user.uid, RequestKind(row.kind), row.asked_by.uid, row.answer)
    ledger.record(actor=actor, event=told)


@transaction.atomic
def withdraw(*, actor: Actor, at: datetime, request: UUID) -> None:
    """Take back what one asked for oneself, while it waits. ``NotAllowed``, ``RequestNotFound``."""
    asker = policies.require_account(actor)
    row = _waiting(request)
    if row is None or row.asked_by_id != asker:
        raise RequestNotFound
    row.state, row.decided_at = RequestState.WITHDRAWN.value, Now()
    row.save(update_fields=["state", "decided_at"])
    ledger.record(actor=actor, event=events.RequestWithdrawn(row.uid, row.user.uid, RequestKind(row.kind)))


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


def list_requests(*, actor: Actor, page: int = 1, size: int = PAGE) -> RequestPage:
    """A page of the requests: those that wait, then those that were decided, the newest first.

    ``NotAllowed``: for whoever may see the accounts.
    """
    policies.require(actor, "access:read")
    rows = _rows().order_by(Case(When(state=_WAITING, then=Value(0)), default=Value(1)), "-id")
    page, last = bounded(page, rows.count(), size)
    return RequestPage([_row(row, actor) for row in rows[(page - 1) * size : page * size]], page, last)


def list_waiting(*, actor: Actor, username: str) -> Sequence[RequestRow]:
    """What waits about one account, the oldest first. ``NotAllowed``."""
    policies.require(actor, "access:read")
    rows = _rows().filter(user__username=username, state=_WAITING).order_by("id")
    return [_row(row, actor) for row in rows]


def count_waiting(*, actor: Actor) -> int:
    """How many requests wait for a second operator, whoever asked. ``NotAllowed``."""
    policies.require(actor, "access:read")
    return models.Request.objects.filter(state=_WAITING).count()


def count_to_decide(*, actor: Actor) -> int:
    """How many requests wait for this operator: asked for by another, and not about his own account."""
    kinds = [kind.value for kind in RequestKind if policies.may_over(actor, kind.permission, "")]
    if actor.user_id is None or not kinds:
        return 0
    waiting = models.Request.objects.filter(state=_WAITING, kind__in=kinds)
    return waiting.exclude(asked_by_id=actor.user_id).exclude(user_id=actor.user_id).count()


def _account(actor: Actor, kind: RequestKind, username: str) -> models.User:
    policies.require_whole(actor, kind.permission)
    policies.require_account(actor)
    user = find_user(username)
    if user is None:
        raise UserNotFound(username)
    if actor.user_id == user.pk:
        raise NotAllowed(_OWN[kind])
    return user


def _store(actor: Actor, user: models.User, row: models.Request) -> UUID:
    row.user, row.asked_by_id = user, policies.require_account(actor)
    row.reason = policies.require_reason(row.reason)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise _refused(error) from error
    told = events.RequestAsked(
        row.uid, user.uid, RequestKind(row.kind), row.reason, row.role, row.unit_path, row.person
    )
    ledger.record(actor=actor, event=told)
    return row.uid


def _refused(error: IntegrityError) -> Exception:
    told = str(error)
    if "request_once_waiting" in told or "request_person_once" in told:
        return RequestWaits()
    return InvalidValue(BAD_PATH) if "request_unit_path" in told else error


def _decide(actor: Actor, request: UUID, state: RequestState) -> models.Request:
    row = _waiting(request)
    if row is None:
        policies.require_whole(actor, "access:grant")  # who may not decide does not learn what there is
        raise RequestNotFound
    policies.require_whole(actor, RequestKind(row.kind).permission)
    if actor.user_id is None or actor.user_id in (row.asked_by_id, row.user_id):
        raise SecondPersonNeeded
    row.state, row.decided_by_id, row.decided_at = state.value, actor.user_id, Now()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    return row


def _waiting(request: UUID) -> models.Request | None:
    """The request as long as it waits, locked until the act is done."""
    return _rows().select_for_update(of=("self",)).filter(uid=request, state=_WAITING).first()


def _require_asker(row: models.Request, actor: Actor) -> None:
    """Both are operators on the day of the decision, or it would be one alone."""
    if not policies.may_over(actor_for(row.asked_by, actor.on), RequestKind(row.kind).permission, ""):
        raise AskerLeft


def _new_password(actor: Actor, at: datetime, row: models.Request) -> str:
    row.user.set_unusable_password()
    row.user.save(update_fields=["password"])
    return f"{row.user.uid}/{default_token_generator.make_token(row.user)}"


def _no_second_factor(actor: Actor, at: datetime, row: models.Request) -> None:
    Authenticator.objects.filter(user=row.user).delete()


def _role(actor: Actor, at: datetime, row: models.Request) -> None:
    require_grant(actor, row.user, row.role, row.unit_path)
    require_unit(row.unit_path, {actor.on})
    given = Given(row.role, row.unit_path, actor.on, None, row.reason, row.uid, row.asked_by.uid)
    # The seal's ``ref`` is the request: who asked and who decided stand there.
    basis = ledger.seal(actor=actor, kind=SealKind.OFFICE_ENTRY, ref=row.uid)
    give(actor, at, row.user, given, basis)


def _link(actor: Actor, at: datetime, row: models.Request) -> None:
    if row.person is not None:
        _LINKING[0].link(actor, _matter(row), row.person)


def _unlink(actor: Actor, at: datetime, row: models.Request) -> None:
    if row.person is not None:
        _LINKING[0].unlink(actor, _matter(row), row.person)


_CARRY_OUT: dict[RequestKind, Callable[[Actor, datetime, models.Request], str | None]] = {
    RequestKind.PASSWORD: _new_password,
    RequestKind.SECOND_FACTOR: _no_second_factor,
    RequestKind.ROLE: _role,
    RequestKind.LINK: _link,
    RequestKind.UNLINK: _unlink,
}


def _matter(row: models.Request) -> Matter:
    return Matter(row.user_id, row.user.uid, row.uid, row.asked_by.uid)


def _rows() -> QuerySet[models.Request]:
    return models.Request.objects.select_related("user", "asked_by", "decided_by")


def _row(row: models.Request, actor: Actor) -> RequestRow:
    kind = RequestKind(row.kind)
    return RequestRow(
        row.uid,
        row.user.username,
        row.user.display_name,
        kind,
        ROLES[row.role].title if row.role else "",
        row.unit_path,
        row.person,
        row.reason,
        RequestState(row.state),
        row.asked_by.display_name,
        row.asked_at,
        row.decided_by.display_name if row.decided_by else "",
        row.decided_at,
        row.answer,
        _may_decide(row, actor),
        row.state == _WAITING and row.asked_by_id == actor.user_id,
    )


def _may_decide(row: models.Request, actor: Actor) -> bool:
    """Persons are another domain's: it says whether one of them lies within the actor's part."""
    if row.state != _WAITING or actor.user_id in (None, row.asked_by_id, row.user_id):
        return False
    return bool(policies.may_over(actor, RequestKind(row.kind).permission, ""))
