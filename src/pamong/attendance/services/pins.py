"""Who has which number on the devices of a group."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from pamong.access.errors import OwnCase
from pamong.attendance import events, policies
from pamong.attendance.choices import PIN, bare_pin
from pamong.attendance.errors import GroupNotFound, PersonUnknown, PinTaken, PinUnfit
from pamong.attendance.models import DeviceGroup, Pin
from pamong.attendance.services.dating import hold_from, write
from pamong.attendance.services.staling import stale_spans
from pamong.attendance.values import Assigned
from pamong.kernel import timeline
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.kernel.timeline import Plan, Row
from pamong.ledger import dated
from pamong.ledger import services as ledger
from pamong.ledger.choices import Act, SealKind
from pamong.ledger.events import only
from pamong.ledger.locks import hold_spans_open
from pamong.people.services.reading import near, person_ids, uids_of


def normal_pin(text: str) -> str:
    """A number without its padding: ``000001001`` and ``1001`` are one. ``PinUnfit``."""
    bare = text.strip()
    if not re.fullmatch(PIN, bare):
        raise PinUnfit(text)
    return bare_pin(bare)


@transaction.atomic
def assign_pins(*, actor: Actor, at: datetime, group: UUID, pins: Sequence[Assigned]) -> None:
    """Say whose numbers these are, all of them or none; what stands already is left as it is.

    ``NotAllowed``, ``GroupNotFound``, ``PersonUnknown``, ``PinUnfit``; ``OwnCase`` for a number of oneself or
    of a declared relative that does not stand yet; ``PinTaken`` where somebody else has the number in that
    time: one who leaves gives it back first.
    """
    policies.require_import(actor)
    its = _group(group)
    changes, told, known = _changes(actor, its, pins)
    if changes:
        hold_spans_open(((each.on, each.until) for each in pins), at.date() + timedelta(days=1))
        basis = ledger.seal(actor=actor, kind=SealKind.IMPORT, ref=uuid7(at))
        dated.write_many(Pin, changes, act=Act.CHANGE, basis=basis)
        ledger.record_many(actor=actor, events=told)
        stale_spans(((known[each.person], each.on, each.until) for each in pins), at)


@transaction.atomic
def check_pins(*, actor: Actor, group: UUID, pins: Sequence[Assigned]) -> int:
    """How many of these numbers would be new, or another's from a day on; nothing is stored. The refusals of
    ``assign_pins``."""
    policies.require_import(actor)
    return len(_changes(actor, _group(group), pins)[0])


def _changes(
    actor: Actor, its: Any, pins: Sequence[Assigned]
) -> tuple[list[tuple[dict[str, Any], Plan]], list[events.PinAssigned], dict[UUID, int]]:
    """What is to be written of these numbers, what is told of it, and the ids of their owners."""
    known = person_ids({each.person for each in pins})
    strands = _strands(its.pk, [normal_pin(each.pin) for each in pins])
    changes, told = [], []
    for each in pins:
        if each.person not in known:
            raise PersonUnknown
        pin = normal_pin(each.pin)
        plan = _plan(strands[pin], each, pin, known[each.person])
        if plan is not None:
            strands[pin] = timeline.outcome(strands[pin], plan)
            changes.append(({"group_id": its.pk, "pin": pin}, plan))
            told.append(events.PinAssigned(its.uid, pin, each.person, each.on, each.until))
    _require_others(actor, {known[each.person] for each in told})
    return changes, told, known


@transaction.atomic
def end_pin(*, actor: Actor, at: datetime, group: UUID, pin: str, on: date) -> None:
    """Let a number be nobody's from a day on. ``NotAllowed``, ``GroupNotFound``, ``PinUnfit``; ``OwnCase``
    for a number of oneself or of a declared relative; ``InvalidValue`` where nobody has it the day before."""
    policies.require_import(actor)
    its, number = _group(group), normal_pin(pin)
    key = {"group_id": its.pk, "pin": number}
    hold_from(on, at)
    rows = dated.timeline(Pin, **key)
    whose = [row.values["person_id"] for row in rows if row.period.contains(on)]
    _require_others(actor, whose)
    plan = timeline.end(rows, on)
    person = only(uids_of(whose).values())
    write(actor, at, Pin, key, plan, events.PinEnded(its.uid, number, on, person))
    stale_spans(
        ((row.values["person_id"], on, row.period.end) for row in rows if row.period.contains(on)), at
    )


def _require_others(actor: Actor, owners: Iterable[int]) -> None:
    """Whose punches are whose is not said by who gains or loses by it."""
    if not near(actor.person_id).isdisjoint(owners):
        raise OwnCase("PIN Anda sendiri atau keluarga Anda dicatat petugas lain.")


def _group(uid: UUID) -> Any:
    """The group, held: one at a time says whose its numbers are."""
    found = DeviceGroup.objects.select_for_update().filter(uid=uid).first()
    if found is None:
        raise GroupNotFound
    return found


def _strands(group_id: int, pins: Collection[str]) -> dict[str, list[Row]]:
    """What stands of each of these numbers."""
    found: dict[str, list[Row]] = {pin: [] for pin in pins}
    for row in Pin.objects.known().filter(group_id=group_id, pin__in=found).order_by("period"):
        found[row.pin].append(Row(row.span, row.values, row.pk))
    return found


def _plan(rows: Sequence[Row], asked: Assigned, pin: str, person_id: int) -> Plan | None:
    """What is added; None where it is his already."""
    for row in rows:
        meets = row.period.end is None or row.period.end > asked.on
        if meets and (asked.until is None or row.period.start < asked.until):
            if row.values["person_id"] != person_id:
                raise PinTaken(pin, row.period.start)
            return None
    return timeline.change(rows, asked.on, {"person_id": person_id}, asked.until)
