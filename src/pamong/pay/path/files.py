"""What treasury and bank are told of a list: each person with account and amounts; the files made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pamong.access import services as access_services
from pamong.access.policies import listed
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.pay import policies
from pamong.pay.choices import ItemState, OutFile, PathState, Payee
from pamong.pay.errors import AccountsMissing, StepTooEarly
from pamong.pay.events import PayFileMade
from pamong.pay.models import PayFile, PayItem, PayList
from pamong.pay.path import reach
from pamong.pay.path.reads import list_row
from pamong.pay.path.shapes import ListRow
from pamong.people import queries as people
from pamong.people.queries import PayAccount

_NAMED = 3  # people that a refusal names


@dataclass(frozen=True, slots=True)
class Receiver:
    """One person of a list with the sum of his items, in rupiah, and his account; none where heirs receive
    it: the account of somebody who died is not theirs."""

    nip: str
    name: str
    gross: int
    tax: int
    health: int
    net: int
    account: PayAccount | None
    payee: Payee


@dataclass(frozen=True, slots=True)
class Content:
    """A list as a file tells it."""

    row: ListRow
    receivers: tuple[Receiver, ...]


def content_of(*, actor: Actor, at: datetime, uid: UUID, kind: OutFile) -> Content:
    """Everybody whom a list pays, with NIP and account in full, logged. From the check on.

    NotAllowed, PayListNotFound, StepTooEarly; AccountsMissing for the bank, where somebody has none.
    """
    row = _reach(actor, uid)
    items = list(
        PayItem.objects.select_related("person")
        .filter(list=row, state=ItemState.INCLUDED.value, released_at__isnull=True)
        .order_by("slip__number", "name", "id")
    )
    access_services.log_read(
        actor=actor, at=at, path=policies.SUBMIT, subjects=sorted({item.person.uid for item in items})
    )
    accounts = people.list_payees(actor=actor, on=actor.on, person_ids=[item.person_id for item in items])
    by_person: dict[int, list[PayItem]] = {}
    for item in items:
        by_person.setdefault(item.person_id, []).append(item)
    receivers = [_receiver(own, accounts.get(person)) for person, own in by_person.items()]
    if kind is OutFile.BANK:
        _require_accounts(receivers)
    return Content(list_row(row), tuple(receivers))


def _require_accounts(receivers: Sequence[Receiver]) -> None:
    """AccountsMissing; its own sentence for those whose heirs receive it."""
    without = [receiver for receiver in receivers if receiver.account is None]
    own = [receiver.name for receiver in without if receiver.payee is Payee.OWN]
    missing = own or [receiver.name for receiver in without]
    if missing:
        more = [f"{len(missing) - _NAMED} orang lain"] if len(missing) > _NAMED else []
        raise AccountsMissing(listed([*missing[:_NAMED], *more], "dan"), heirs=not own)


def _receiver(items: list[PayItem], account: PayAccount | None) -> Receiver:
    payee = Payee.HEIR if any(item.payee == Payee.HEIR.value for item in items) else Payee.OWN
    return Receiver(
        items[0].nip, items[0].name, sum(item.gross for item in items), sum(item.tax for item in items),
        sum(item.health for item in items), sum(item.net for item in items),
        account if payee is Payee.OWN else None, payee,
    )  # fmt: skip


def keep_file(
    *, actor: Actor, at: datetime, uid: UUID, kind: OutFile, template: str, name: str, sha256: str,
    size: int, people: int, total: int,
) -> UUID:  # fmt: skip
    """Write down that a file was made; its bytes stand in the store under the hash. The same again is the
    same. NotAllowed, PayListNotFound, StepTooEarly."""
    row = _reach(actor, uid)
    file = PayFile(
        uid=uuid7(at), list=row, kind=kind.value, template=template, name=name, sha256=sha256, size=size,
        people=people, total=total, made_by=actor.name,
    )  # fmt: skip
    try:
        with transaction.atomic():
            file.save(force_insert=True)
            event = PayFileMade(file.uid, row.uid, kind, sha256, people, total)
            ledger.record(actor=actor, event=event)
    except IntegrityError:
        return PayFile.objects.get(list=row, kind=kind.value, sha256=sha256).uid
    return file.uid


def _reach(actor: Actor, uid: UUID) -> PayList:
    row = reach.found(actor, uid)
    policies.require_over(actor, policies.SUBMIT, reach.path_of(row, actor.on))
    if not reach.is_at(row, PathState.CHECKED):
        raise StepTooEarly(PathState(row.state).label, "petugas BKPSDM memeriksanya")
    return row
