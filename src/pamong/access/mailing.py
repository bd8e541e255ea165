"""Reminders by e-mail: to whom, whether he wants them, and what was sent on which day.

What a reminder says, and who sends it, is the edge's matter. Here nothing doubles: a row for each account and
day, an attempt that is noted before it is made, and a note once the mail server has taken it. A crash between
both leaves an attempt without an end; after ``STALE`` another run takes it up.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from pamong.access import events, models, policies
from pamong.access.choices import MOST_TRIES
from pamong.access.errors import AddressMissing, AddressTaken
from pamong.access.queries import actors_of
from pamong.access.roles import FORMER
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger

OPERATE = "system:operate"
STALE = timedelta(minutes=10)  # longer than a mail server is waited for
KEEP = timedelta(days=90)
_BEGIN = """
INSERT INTO access_mail (user_id, "on") SELECT u, %(on)s::date FROM unnest(%(users)s::bigint[]) u
ON CONFLICT (user_id, "on") DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Recipient:
    """An account that takes reminders: where to, by which name it signs in, and as whom it acts."""

    address: str
    username: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class OwnMail:
    """One's own address ('' for none), and whether one wants reminders."""

    address: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class Unsent:
    """How many reminders since a day were tried and did not go out, and why the last of them did not."""

    count: int
    fault: str = ""


def list_recipients(*, actor: Actor) -> Sequence[Recipient]:
    """The accounts with an address whose owners want reminders, in three questions. Nobody who has left or
    died, and no account that is locked. ``NotAllowed``."""
    policies.require_whole(actor, OPERATE)
    rows = models.User.objects.filter(is_active=True, wants_mail=True, email__isnull=False)
    users = {user.pk: user for user in rows.exclude(email="").order_by("pk")}
    actors = actors_of(list(users.values()), actor.on)
    return [
        Recipient(str(user.email), user.username, actors[pk])
        for pk, user in users.items()
        if actors[pk].user_id is not None and not actors[pk].has_role(FORMER.code)
    ]


def begin(*, actor: Actor, users: Collection[int]) -> None:
    """Note that these accounts are to be reminded on the actor's day; those who are already stay as they
    are. ``NotAllowed``."""
    policies.require_whole(actor, OPERATE)
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, {"on": actor.on, "users": list(users)})


def list_open(*, actor: Actor) -> frozenset[int]:
    """The accounts whose reminder of the actor's day is not sent and may still be tried. ``NotAllowed``."""
    policies.require_whole(actor, OPERATE)
    return frozenset(_open(actor.on).values_list("user_id", flat=True))


def claim(*, actor: Actor, user: int) -> bool:
    """Note an attempt, before it is made; False where it is sent, tried often enough, or another is at it.
    To be committed before the mail is handed over. ``NotAllowed``."""
    policies.require_whole(actor, OPERATE)
    mine = _open(actor.on).filter(user_id=user)
    return bool(mine.update(tries=F("tries") + 1, tried_at=Now(), fault=""))


def note_sent(*, actor: Actor, user: int) -> None:
    """Note that the mail server took it. ``NotAllowed``."""
    policies.require_whole(actor, OPERATE)
    models.Mail.objects.filter(user_id=user, on=actor.on).update(sent_at=Now(), fault="")


def note_failed(*, actor: Actor, user: int, fault: str) -> None:
    """Note why the mail server did not take it: a word that names nobody. ``NotAllowed``."""
    policies.require_whole(actor, OPERATE)
    models.Mail.objects.filter(user_id=user, on=actor.on, sent_at=None).update(fault=fault)


def count_unsent(*, actor: Actor, since: date) -> Unsent:
    """What was tried since a day and did not go out. ``NotAllowed``."""
    policies.require_whole(actor, OPERATE)
    rows = models.Mail.objects.filter(on__gte=since, sent_at=None).exclude(fault="").order_by("-tried_at")
    found = list(rows.values_list("fault", flat=True))
    return Unsent(len(found), found[0] if found else "")


def forget_old(*, actor: Actor) -> int:
    """Remove what was sent long ago; how much that was. ``NotAllowed``."""
    policies.require_whole(actor, OPERATE)
    count, _rows = models.Mail.objects.filter(on__lt=actor.on - KEEP).delete()
    return count


def get_own_mail(*, actor: Actor) -> OwnMail:
    """The actor's own choice. ``NotAllowed`` without an account."""
    user = models.User.objects.get(pk=policies.require_account(actor))
    return OwnMail(user.email or "", user.wants_mail)


@transaction.atomic
def choose_mail(*, actor: Actor, at: datetime, address: str, wanted: bool) -> None:
    """Say at which address one wants reminders, or that one wants none; '' takes the address away.

    ``AddressMissing`` for what is no address, or for none where reminders are wanted; ``AddressTaken``;
    ``NotAllowed`` without an account.
    """
    rows = models.User.objects.filter(pk=policies.require_account(actor))
    address = _checked(address.strip(), wanted)
    try:
        with transaction.atomic():
            rows.update(email=address or None, wants_mail=wanted)
    except IntegrityError as error:
        raise AddressTaken from error
    user = rows.get()
    ledger.record(actor=actor, event=events.MailChosen(user.uid, wanted, address))


def _checked(address: str, wanted: bool) -> str:
    if not address:
        if wanted:
            raise AddressMissing
        return ""
    try:
        validate_email(address)
    except ValidationError as error:
        raise AddressMissing from error
    return address


def _open(on: date) -> QuerySet[models.Mail]:
    """Reminders of a day to be tried: never, in vain, or so long ago that whoever tried is gone."""
    waits = Q(tried_at=None) | ~Q(fault="") | Q(tried_at__lt=Now() - STALE)
    return models.Mail.objects.filter(waits, on=on, sent_at=None, tries__lt=MOST_TRIES)
