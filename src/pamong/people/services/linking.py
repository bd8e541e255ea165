"""Whose an account is. Two operators decide it (``access.requests``); the command line alone may link."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pamong.access import policies as access_policies
from pamong.access import queries as access
from pamong.access.errors import NotAllowed, UserNotFound
from pamong.access.requests import Linking, Matter
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.people import events, policies
from pamong.people.errors import AlreadyLinked, NotLinked, PersonNotFound
from pamong.people.models import Person
from pamong.people.queries.scope import within


@transaction.atomic
def link_user(*, actor: Actor, at: datetime, person: UUID, username: str) -> None:
    """Let an account be a person's, by the command line: the first accounts come from somewhere.

    ``PersonNotFound``, ``UserNotFound``, ``AlreadyLinked``, ``NotAllowed``.
    """
    policies.require_link(actor)
    access_policies.require_command_line(actor)
    user = access.find_user(username)
    if user is None:
        raise UserNotFound(username)
    _link(actor, Matter(user.pk, user.uid), person)


def _check(actor: Actor, matter: Matter, person: UUID) -> None:
    """``PersonNotFound``, ``NotAllowed``, ``AlreadyLinked``. The person is locked until the act is done."""
    found = Person.objects.select_for_update(of=("self",)).filter(uid=person).first()
    if found is None:
        raise PersonNotFound
    _require_within(actor, found.pk)
    if found.user_id is not None:
        raise AlreadyLinked("Pegawai ini")
    if Person.objects.filter(user_id=matter.user_id).exists():
        raise AlreadyLinked("Akun ini")


def _owner(actor: Actor, matter: Matter) -> UUID:
    """Whose the account is. ``NotLinked``; ``NotAllowed`` for somebody outside the actor's part."""
    found = Person.objects.select_for_update(of=("self",)).filter(user_id=matter.user_id).first()
    if found is None:
        raise NotLinked
    _require_within(actor, found.pk)
    return found.uid


def _link(actor: Actor, matter: Matter, person: UUID) -> None:
    _check(actor, matter, person)
    try:
        with transaction.atomic():
            Person.objects.filter(uid=person).update(user_id=matter.user_id)
    except IntegrityError as error:  # another link of this account was made meanwhile
        raise AlreadyLinked("Akun ini") from error
    told = events.UserLinked(person, matter.user, matter.request, matter.asked_by)
    ledger.record(actor=actor, event=told)


def _unlink(actor: Actor, matter: Matter, person: UUID) -> None:
    if _owner(actor, matter) != person:
        raise NotLinked
    Person.objects.filter(uid=person).update(user_id=None)
    told = events.UserUnlinked(person, matter.user, matter.request, matter.asked_by)
    ledger.record(actor=actor, event=told)


def _require_within(actor: Actor, person_id: int) -> None:
    if policies.is_own(actor, person_id):
        raise NotAllowed("Data Anda sendiri dihubungkan atau dilepas operator lain.")
    if not within(actor, policies.LINK, person_id):
        raise NotAllowed("Pegawai ini di luar wewenang Anda. Operator lain yang mengurusnya.")


LINKING = Linking(check=_check, owner=_owner, link=_link, unlink=_unlink)
