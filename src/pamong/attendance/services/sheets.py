"""Who was present, as an officer wrote it down while a machine was broken: another agrees, then it counts."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from pamong.access import policies as access_policies
from pamong.access.errors import NotAllowed, OwnCase
from pamong.attendance import events, policies
from pamong.attendance.choices import OLDEST, Direction, SheetState
from pamong.attendance.errors import (
    ClaimAhead,
    ClaimBackwards,
    DayTooOld,
    EvidenceMissing,
    SheetClosed,
    SheetEmpty,
    SheetNotFound,
    SheetWaits,
)
from pamong.attendance.hands import refused_sheet
from pamong.attendance.models import Sheet, SheetRow
from pamong.attendance.resolving import instant_of
from pamong.attendance.services.attaching import own_attachment
from pamong.attendance.services.vouching import vouch
from pamong.attendance.sql import fetch
from pamong.attendance.values import ManualPunch, SheetLine
from pamong.kernel.actor import Actor
from pamong.kernel.clock import local_date
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.people.queries import outside_scope


@transaction.atomic
def enter_sheet(
    *,
    actor: Actor,
    at: datetime,
    on: date,
    zone: str,
    lines: Sequence[SheetLine],
    reason: str,
    attachment: UUID | None,
) -> UUID:
    """Write down who was present on a day, with what shows it; it counts once another agrees.

    ``NotAllowed`` (somebody outside of one's units), ``ClaimAhead``, ``ClaimBackwards``, ``DayTooOld``,
    ``SheetEmpty``, ``EvidenceMissing``, ``AttachmentNotFound``, ``ReasonMissing``; ``SheetWaits`` where the
    same waits already.
    """
    user_id = access_policies.require_account(actor)
    access_policies.require(actor, policies.REPORT)
    check_lines(on, zone, lines, at)
    _require_within(actor, policies.REPORT, {line.person for line in lines})
    if attachment is None:
        raise EvidenceMissing
    values = {
        "uid": uuid7(at), "on": on, "zone": zone, "reason": access_policies.require_reason(reason),
        "content": _content(on, zone, lines), "attachment_id": own_attachment(user_id, attachment),
        "entered_by_id": user_id, "entered_name": actor.name,
    }  # fmt: skip
    try:
        with transaction.atomic():
            sheet = Sheet.objects.create(**values)
    except IntegrityError as error:
        raise SheetWaits from error
    SheetRow.objects.bulk_create(
        SheetRow(sheet=sheet, person_id=line.person, came=line.came, left=line.left) for line in lines
    )
    _record(actor, sheet, SheetState.WAITING)
    return UUID(str(sheet.uid))


@transaction.atomic
def decide_sheet(*, actor: Actor, at: datetime, sheet: UUID, agree: bool, answer: str = "") -> int:
    """Agree to a list, so that its times are stored as events, or refuse it; how many events were new.

    Never one's own list, nor one on which oneself or a declared relative stands. ``SheetNotFound``,
    ``SheetClosed``, ``OwnCase``, ``ReasonMissing``.
    """
    user_id = access_policies.require_account(actor)
    found = _held(sheet)
    rows = list(SheetRow.objects.filter(sheet=found))
    persons = {row.person_id for row in rows}
    try:
        access_policies.require(actor, policies.CONFIRM)
        _require_within(actor, policies.CONFIRM, persons)
    except NotAllowed as error:
        raise SheetNotFound from error
    if refusal := refused_sheet(actor, found, persons):
        raise OwnCase(refusal)
    if found.state != SheetState.WAITING.value:
        raise SheetClosed(SheetState(found.state).label)
    if not agree:
        why = access_policies.require_reason(answer)
        _close(actor, found, SheetState.REFUSED, user_id, answer=why)
        return 0
    basis = ledger.seal(actor=actor, kind=SealKind.OFFICE_ENTRY, ref=found.uid)
    punches = [punch for row in rows for punch in _punches(found, row)]
    stored = vouch(actor=actor, source_uid=found.uid, raw=f"daftar hadir {found.uid}", punches=punches)
    _close(actor, found, SheetState.STORED, user_id, answer=answer.strip(), basis_id=basis, stored=stored)
    return stored


@transaction.atomic
def withdraw_sheet(*, actor: Actor, at: datetime, sheet: UUID) -> None:
    """Take back a list of one's own that waits. ``SheetNotFound``, ``SheetClosed``."""
    user_id = access_policies.require_account(actor)
    found = _held(sheet)
    if found.entered_by_id != user_id:
        raise SheetNotFound
    if found.state != SheetState.WAITING.value:
        raise SheetClosed(SheetState(found.state).label)
    _close(actor, found, SheetState.WITHDRAWN, None)


def check_lines(on: date, zone: str, lines: Sequence[SheetLine], at: datetime) -> None:
    """Refuse what can't be; see ``enter_sheet``."""
    today = local_date(at, zone)
    if not lines:
        raise SheetEmpty
    if on > today:
        raise ClaimAhead(today)
    if on < OLDEST:
        raise DayTooOld(OLDEST)
    for line in lines:
        if line.came is not None and line.left is not None and line.left <= line.came:
            raise ClaimBackwards
        if any(instant > at for _, instant in _instants(on, zone, line.came, line.left)):
            raise ClaimAhead(today)


def _require_within(actor: Actor, permission: str, persons: Collection[int]) -> None:
    outside = outside_scope(actor, permission, persons)
    if outside:
        raise NotAllowed(f"{len(outside)} orang di daftar ini di luar unit Anda.")


def _held(uid: UUID) -> Any:
    found = Sheet.objects.select_for_update().filter(uid=uid).first()
    if found is None:
        raise SheetNotFound
    return found


def _content(on: date, zone: str, lines: Sequence[SheetLine]) -> str:
    told = sorted((line.person, str(line.came), str(line.left)) for line in lines)
    return hashlib.sha256(repr((on, zone, told)).encode()).hexdigest()


def _punches(sheet: Any, row: Any) -> Iterator[ManualPunch]:
    for direction, instant in _instants(sheet.on, sheet.zone, row.came, row.left):
        yield ManualPunch(row.person_id, instant, sheet.zone, direction)


def _instants(
    on: date, zone: str, came: time | None, left: time | None
) -> Iterator[tuple[Direction, datetime]]:
    for direction, clock in ((Direction.IN, came), (Direction.OUT, left)):
        if clock is not None:
            yield direction, instant_of(datetime.combine(on, clock), zone)


def _close(actor: Actor, sheet: Any, state: SheetState, user_id: int | None, **values: Any) -> None:
    told = {"decided_by_id": user_id, "decided_name": actor.name, "decided_at": Now()} if user_id else {}
    Sheet.objects.filter(pk=sheet.pk).update(state=state.value, **told, **values)
    _record(actor, sheet, state, note=values.get("answer", ""))


def _record(actor: Actor, sheet: Any, state: SheetState, note: str = "") -> None:
    rows = fetch(
        "SELECT p.uid FROM attendance_sheetrow r JOIN people_person p ON p.id = r.person_id "
        "WHERE r.sheet_id = %(sheet)s ORDER BY p.uid",
        {"sheet": sheet.pk},
    )
    people = [uid for (uid,) in rows]
    event = events.SheetStepped(sheet.uid, state, sheet.on, len(people), people, note)
    ledger.record(actor=actor, event=event)
