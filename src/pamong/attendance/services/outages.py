"""When nothing could be recorded at a site: one reports it, another confirms it, those concerned are excused.

Whoever is on leave stays on leave: an excuse of an outage stands beside it, and a day is named after the
leave. So it does not matter whether the leave, a punch or the outage is told first.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from pamong.access import policies as access_policies
from pamong.access.errors import OwnCase
from pamong.attendance import events, policies
from pamong.attendance.choices import (
    ExcuseKind,
    ExcusePart,
    ExcuseSource,
    OutageOrigin,
    OutageState,
    OutageStepKind,
)
from pamong.attendance.errors import (
    NoMachineThere,
    OutageAhead,
    OutageClosed,
    OutageNotFound,
    OutageOverlaps,
)
from pamong.attendance.models import Device, Outage, OutageStep
from pamong.attendance.resolving import Span
from pamong.attendance.services.attaching import own_attachment
from pamong.attendance.services.excusing import set_excuses
from pamong.attendance.sites import expected_at, found_site, machines_at, units_at
from pamong.attendance.sql import fetch
from pamong.attendance.values import NewExcuse
from pamong.kernel.actor import Actor
from pamong.kernel.clock import local_date
from pamong.kernel.ids import uuid7
from pamong.kernel.period import Period
from pamong.law.engine.plan import Law
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.people.services.reading import relatives_of_all


@transaction.atomic
def report_outage(
    *,
    actor: Actor,
    at: datetime,
    site: UUID,
    starts: datetime,
    ends: datetime | None,
    reason: str,
    device: UUID | None = None,
    attachment: UUID | None = None,
) -> UUID:
    """Report that nothing could be recorded at a site, or by one machine there; another confirms it.

    Without an end it goes on. ``NotAllowed``, ``SiteUnknown``, ``NoMachineThere``, ``OutageAhead``,
    ``ReasonMissing``, ``AttachmentNotFound``; ``OutageOverlaps`` where the same stands already.
    """
    user_id = access_policies.require_account(actor)
    place = found_site(site, actor.on)
    policies.require_any(actor, policies.REPORT, units_at(place.id, actor.on).values())
    if starts > at or (ends is not None and not starts < ends <= at):
        raise OutageAhead
    on = local_date(starts, place.zone)
    values = {
        "uid": uuid7(at), "site_id": place.id, "device_id": _machine(device, place.id, on),
        "zone": place.zone, "starts": starts, "ends": ends, "origin": OutageOrigin.DECLARED.value,
        "reason": access_policies.require_reason(reason), "asked_by_id": user_id,
        "attachment_id": own_attachment(user_id, attachment),
    }  # fmt: skip
    row = _created(values)
    _step(actor, row, OutageStepKind.DECLARED)
    return UUID(str(row.uid))


@transaction.atomic
def decide_outage(
    *, actor: Actor, at: datetime, outage: UUID, confirm: bool, note: str = "", law: Law
) -> None:
    """Confirm an outage that somebody else reported, so that those concerned are excused, or refuse it.

    Who reports it, tells its end or confirms it is not excused by that himself, nor are his relatives: nobody
    decides about his own day. ``OutageNotFound``,
    ``NotAllowed``, ``OwnCase``, ``OutageClosed``, ``ReasonMissing`` for a refusal without one.
    """
    user_id = access_policies.require_account(actor)
    row = _held(outage)
    _require_confirm(actor, row)
    if why := policies.own_word(user_id, asked_by=row.asked_by_id, ended_by=row.ended_by_id):
        raise OwnCase(why)
    if row.state != OutageState.PROPOSED.value:
        raise OutageClosed(OutageState(row.state).label)
    if not confirm:
        why = access_policies.require_reason(note)
        _change(row, state=OutageState.REFUSED.value, decided_by_id=user_id)
        _step(actor, row, OutageStepKind.REFUSED, note=why)
        return
    basis = ledger.seal(actor=actor, kind=SealKind.OFFICE_ENTRY, ref=uuid7(at))
    _change(row, state=OutageState.CONFIRMED.value, decided_by_id=user_id, basis_id=basis)
    excused = _excuse(actor, at, row, law, basis)
    _step(actor, row, OutageStepKind.CONFIRMED, note=note.strip(), excused=excused)


@transaction.atomic
def end_outage(*, actor: Actor, at: datetime, outage: UUID, ends: datetime) -> None:
    """Tell when an outage that went on was over. One that is confirmed waits again: another confirms its end,
    and those concerned are excused. ``OutageNotFound``, ``NotAllowed``, ``OutageClosed``,
    ``OutageAhead``."""
    user_id = access_policies.require_account(actor)
    row = _held(outage)
    policies.require_any(actor, policies.REPORT, _paths(actor, row))
    standing = row.state in (OutageState.PROPOSED.value, OutageState.CONFIRMED.value)
    if row.ends is not None or not standing:
        raise OutageClosed(OutageState(row.state).label if not standing else OutageStepKind.ENDED.label)
    if not row.starts < ends <= at:
        raise OutageAhead
    try:
        with transaction.atomic():
            _change(
                row, ends=ends, ended_by_id=user_id, state=OutageState.PROPOSED.value, decided_by_id=None,
                basis_id=None,
            )  # fmt: skip
    except IntegrityError as error:
        raise OutageOverlaps from error
    _step(actor, row, OutageStepKind.ENDED)


@transaction.atomic
def withdraw_outage(*, actor: Actor, at: datetime, outage: UUID, reason: str) -> None:
    """Take an outage back, with its excuses: who reported it as long as nobody confirmed it, later who may
    confirm. ``OutageNotFound``, ``NotAllowed``, ``OutageClosed``, ``ReasonMissing``."""
    user_id = access_policies.require_account(actor)
    row = _held(outage)
    proposed = row.state == OutageState.PROPOSED.value
    if not (proposed and row.asked_by_id == user_id):
        _require_confirm(actor, row)
    if not proposed and row.state != OutageState.CONFIRMED.value:
        raise OutageClosed(OutageState(row.state).label)
    why = access_policies.require_reason(reason)
    _change(row, state=OutageState.WITHDRAWN.value)
    if not proposed:
        basis = ledger.seal(actor=actor, kind=SealKind.OFFICE_ENTRY, ref=uuid7(at))
        set_excuses(
            actor=actor, at=at, basis=basis, source=ExcuseSource.OUTAGE, source_uid=row.uid, excuses=()
        )
    _step(actor, row, OutageStepKind.WITHDRAWN, note=why)


def propose_noticed(
    *, actor: Actor, at: datetime, site: int, zone: str, starts: datetime, reason: str
) -> bool:
    """Propose what the system noticed; False where an outage of that site stands then already. In the
    caller's transaction."""
    try:
        with transaction.atomic():
            row = Outage.objects.create(
                uid=uuid7(at), site_id=site, zone=zone, starts=starts, reason=reason,
                origin=OutageOrigin.NOTICED.value,
            )  # fmt: skip
    except IntegrityError:
        return False
    _step(actor, row, OutageStepKind.NOTICED)
    return True


def _created(values: dict[str, Any]) -> Outage:
    try:
        with transaction.atomic():
            return Outage.objects.create(**values)
    except IntegrityError as error:
        raise OutageOverlaps from error


def _machine(device: UUID | None, site_id: int, on: Any) -> int | None:
    if device is None:
        return None
    found = Device.objects.filter(uid=device, pk__in=machines_at(site_id, on)).first()
    if found is None:
        raise NoMachineThere
    return int(found.pk)


def _held(uid: UUID) -> Any:
    row = Outage.objects.select_for_update().filter(uid=uid).first()
    if row is None:
        raise OutageNotFound
    return row


def _paths(actor: Actor, row: Any) -> list[str]:
    """The units that are at the site of an outage today; none where it stands no more."""
    return list(units_at(row.site_id, actor.on).values())


def _require_confirm(actor: Actor, row: Any) -> None:
    policies.require_all(actor, policies.CONFIRM, _paths(actor, row))


def _change(row: Any, **values: Any) -> None:
    Outage.objects.filter(pk=row.pk).update(**values)
    for name, value in values.items():
        setattr(row, name, value)


def _excuse(actor: Actor, at: datetime, row: Any, law: Law, basis: int) -> int | None:
    """Excuse those concerned, once the end is known; how many they are."""
    if row.ends is None:
        return None
    on = local_date(row.starts, row.zone)
    if row.device_id is not None and machines_at(row.site_id, on) - {row.device_id}:
        return 0  # another machine of the site took their taps
    margin = timedelta(minutes=int(law.by_name["outage_margin_minutes"].on(on).value))
    span = Span(row.starts, row.ends + margin)
    own = _involved(actor, row)
    excuses = [
        NewExcuse(person, ExcuseKind.OUTAGE, Period(first, end), ExcusePart.SPAN, span.starts, span.ends)
        for person, first, end in expected_at(row.site_id, span, row.zone, law)
        if person not in own
    ]
    set_excuses(
        actor=actor, at=at, basis=basis, source=ExcuseSource.OUTAGE, source_uid=row.uid, excuses=excuses
    )
    return len(excuses)


def _involved(actor: Actor, row: Any) -> set[int]:
    """The persons on whose word an outage rests, and their declared relatives."""
    said = OutageStep.objects.filter(outage=row).exclude(by=None).values_list("by_id", flat=True)
    users = [actor.user_id, *said]
    found = fetch("SELECT id FROM people_person WHERE user_id = ANY(%(users)s)", {"users": users})
    persons = {row[0] for row in found}
    return persons.union(*relatives_of_all(persons).values())


def _step(actor: Actor, row: Any, kind: OutageStepKind, **said: Any) -> None:
    excused = said.get("excused")
    OutageStep.objects.create(
        outage=row, step=kind.value, by_id=actor.user_id, by_name=actor.name if actor.user_id else "",
        note=said.get("note", ""),
    )  # fmt: skip
    event = events.OutageStepped(row.uid, kind, row.starts, row.ends, excused, said.get("note", ""))
    ledger.record(actor=actor, event=event)
