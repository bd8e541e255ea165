"""Who has which number on the devices of a group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pamong.attendance import events, policies
from pamong.attendance.errors import GroupNotFound, PersonUnknown, PinTaken, PinUnfit
from pamong.attendance.models import DeviceGroup, Pin
from pamong.attendance.values import Assigned
from pamong.kernel import timeline
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import dated
from pamong.ledger import services as ledger
from pamong.ledger.choices import Act, SealKind
from pamong.people.services.reading import person_ids

_PIN = re.compile(r"[0-9A-Za-z]{1,24}")


def normal_pin(text: str) -> str:
    """A number without its padding: ``000001001`` and ``1001`` are one. ``PinUnfit``."""
    bare = text.strip()
    if not _PIN.fullmatch(bare):
        raise PinUnfit(text)
    return bare.lstrip("0") or bare[:1]


@transaction.atomic
def assign_pins(*, actor: Actor, at: datetime, group: UUID, pins: Sequence[Assigned]) -> None:
    """Say whose numbers these are, all of them or none.

    ``NotAllowed``, ``GroupNotFound``, ``PersonUnknown``, ``PinUnfit``; ``PinTaken`` where somebody else has
    the number in that time: one who leaves gives it back first.
    """
    policies.require_import(actor)
    its = _group(group)
    known = person_ids({each.person for each in pins})
    basis = ledger.seal(actor=actor, kind=SealKind.IMPORT, ref=uuid7(at))
    for each in pins:
        if each.person not in known:
            raise PersonUnknown
        _assign(actor, its, each, known[each.person], basis)


@transaction.atomic
def end_pin(*, actor: Actor, at: datetime, group: UUID, pin: str, on: date) -> None:
    """Let a number be nobody's from a day on. ``NotAllowed``, ``GroupNotFound``, ``PinUnfit``;
    ``InvalidValue`` where nobody has it the day before."""
    policies.require_import(actor)
    its, number = _group(group), normal_pin(pin)
    key = {"group_id": its.pk, "pin": number}
    plan = timeline.end(dated.timeline(Pin, **key), on)
    basis = ledger.seal(actor=actor, kind=SealKind.IMPORT, ref=uuid7(at))
    dated.write(Pin, key, plan, act=Act.CHANGE, basis=basis)
    ledger.record(actor=actor, event=events.PinEnded(its.uid, number, on))


def _group(uid: UUID) -> Any:
    """The group, held: one at a time says whose its numbers are."""
    found = DeviceGroup.objects.select_for_update().filter(uid=uid).first()
    if found is None:
        raise GroupNotFound
    return found


def _assign(actor: Actor, group: Any, asked: Assigned, person_id: int, basis: int) -> None:
    pin = normal_pin(asked.pin)
    key = {"group_id": group.pk, "pin": pin}
    rows = dated.timeline(Pin, **key)
    for row in rows:
        meets = row.period.end is None or row.period.end > asked.on
        if meets and (asked.until is None or row.period.start < asked.until):
            if row.values["person_id"] != person_id:
                raise PinTaken(pin, row.period.start)
            return
    plan = timeline.change(rows, asked.on, {"person_id": person_id}, asked.until)
    dated.write(Pin, key, plan, act=Act.CHANGE, basis=basis)
    event = events.PinAssigned(group.uid, pin, asked.person, asked.on, asked.until)
    ledger.record(actor=actor, event=event)
