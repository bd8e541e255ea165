"""Devices: entered with the group whose numbers they know, placed at a site from a day on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from pamong.attendance import events, policies
from pamong.attendance.errors import DeviceNotFound, GroupNotFound, NameMissing, SerialTaken, SiteUnknown
from pamong.attendance.models import Device, DeviceGroup, DeviceRow
from pamong.attendance.services.dating import hold_from, write
from pamong.attendance.services.staling import stale_placed
from pamong.attendance.sql import fetch
from pamong.kernel import timeline
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import dated
from pamong.ledger import services as ledger


@transaction.atomic
@transaction.atomic
def register_group(*, actor: Actor, at: datetime, name: str) -> UUID:
    """The group of this name, made where it is not there yet. ``NotAllowed``, ``NameMissing``."""
    policies.require_import(actor)
    if not name.strip():
        raise NameMissing("Nama kelompok mesin")
    group, is_new = DeviceGroup.objects.get_or_create(name=name.strip(), defaults={"uid": uuid7(at)})
    if is_new:
        ledger.record(actor=actor, event=events.GroupRegistered(group.uid, group.name))
    return UUID(str(group.uid))


@transaction.atomic
def register_device(
    *, actor: Actor, at: datetime, serial: str, group: UUID, site: UUID, on: date, name: str = ""
) -> UUID:
    """Enter a device that stands at a site from a day on. ``NotAllowed``, ``NameMissing``, ``SerialTaken``,
    ``GroupNotFound``, ``SiteUnknown``."""
    policies.require_import(actor)
    if not serial.strip():
        raise NameMissing("Nomor seri mesin")
    its = DeviceGroup.objects.filter(uid=group).first()
    if its is None:
        raise GroupNotFound
    try:
        with transaction.atomic():
            device = Device.objects.create(uid=uuid7(at), serial=serial.strip(), group=its)
    except IntegrityError as error:
        raise SerialTaken(serial.strip()) from error
    ledger.record(actor=actor, event=events.DeviceRegistered(device.uid, device.serial, its.uid))
    _place(actor, at, device, site, on, name.strip())
    return UUID(str(device.uid))


@transaction.atomic
def enter_device(
    *, actor: Actor, at: datetime, serial: str, group: str, site: UUID, on: date, name: str = ""
) -> UUID:
    """Enter a device of the group of this name, which is made where it is not there yet. The refusals of
    ``register_group`` and ``register_device``, and then nothing is stored."""
    of = register_group(actor=actor, at=at, name=group)
    return register_device(actor=actor, at=at, serial=serial, group=of, site=site, on=on, name=name)


@transaction.atomic
def place_device(
    *, actor: Actor, at: datetime, device: UUID, site: UUID, on: date, name: str | None = None
) -> None:
    """Let a device stand at a site from a day on. ``NotAllowed``, ``DeviceNotFound``, ``SiteUnknown``."""
    policies.require_import(actor)
    _place(actor, at, _held(device), site, on, name)


@transaction.atomic
def end_device(*, actor: Actor, at: datetime, device: UUID, on: date) -> None:
    """Let a device stand nowhere from a day on: nobody waits for its data any more. ``NotAllowed``,
    ``DeviceNotFound``; ``InvalidValue`` where it stands nowhere the day before."""
    policies.require_import(actor)
    found = _held(device)
    hold_from(on, at)
    rows = dated.timeline(DeviceRow, device_id=found.pk)
    plan = timeline.end(rows, on)
    write(actor, at, DeviceRow, {"device_id": found.pk}, plan, events.DeviceEnded(found.uid, on))
    stale_placed(found.pk, on, {row.values["site_id"] for row in rows}, at)


def _held(uid: UUID) -> Any:
    """The device: one at a time says where it stands."""
    found = Device.objects.select_for_update().filter(uid=uid).first()
    if found is None:
        raise DeviceNotFound
    return found


def _place(actor: Actor, at: datetime, device: Any, site: UUID, on: date, name: str | None) -> None:
    found = fetch(
        "SELECT s.id FROM organisation_site s JOIN organisation_siterow r ON r.site_id = s.id "
        "AND r.superseded_at IS NULL AND r.period @> %(on)s::date WHERE s.uid = %(site)s",
        {"on": on, "site": site},
    )
    if not found:
        raise SiteUnknown(on)
    values = {"site_id": found[0][0]} | ({} if name is None else {"name": name})
    hold_from(on, at)
    rows = dated.timeline(DeviceRow, device_id=device.pk)
    plan = timeline.change(rows, on, values)
    write(actor, at, DeviceRow, {"device_id": device.pk}, plan, events.DevicePlaced(device.uid, site, on))
    stale_placed(device.pk, on, {found[0][0], *(row.values["site_id"] for row in rows)}, at)
