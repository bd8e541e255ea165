"""The events of a device's file are stored, each once however often it comes; what can't be is set aside."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from pamong.attendance import events, policies
from pamong.attendance.choices import VOUCHED
from pamong.attendance.errors import DeviceNotFound, WatermarkAhead
from pamong.attendance.models import Device, PunchFile, Quarantined, Watermark
from pamong.attendance.services.asides import (
    as_one,
    clashes_apart,
    first_behind,
    known_keys,
    own_apart,
    unheard,
)
from pamong.attendance.services.placing import Placed, place, zones_of
from pamong.attendance.services.staling import stale_device, stale_file
from pamong.attendance.values import Checked, DeviceFile, PunchRow, Set, Stored
from pamong.documents import store
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.ledger.bulk import copy_rows, draw_ids
from pamong.ledger.locks import hold_days_open

_INCOMING = """
CREATE TEMPORARY TABLE incoming (
  key text, hash bytea, line int, local_at timestamp, zone text, pin text, person_id bigint, direction text,
  grain text
) ON COMMIT DROP
"""
# Of events that two files bring at once the one waits for the other here, and then is known.
_STORE = """
WITH first AS (SELECT DISTINCT ON (key) * FROM incoming ORDER BY key, line), fresh AS (
  INSERT INTO attendance_punchkey (source, key, hash)
  SELECT %(source)s, key, hash FROM first ORDER BY key ON CONFLICT DO NOTHING RETURNING key
)
INSERT INTO attendance_punch (at, zone, local_at, local_on, source, device_id, group_id, pin, person_id,
  direction, grain, file_id, line)
SELECT timezone(i.zone, i.local_at), i.zone, i.local_at, i.local_at::date, 'file', %(device)s, %(group)s,
  i.pin, i.person_id, i.direction, i.grain, %(file)s, i.line
FROM first i JOIN fresh USING (key)
"""


@transaction.atomic
def store_punches(
    *,
    actor: Actor,
    at: datetime,
    device: UUID,
    file: DeviceFile,
    rows: Sequence[PunchRow],
    aside: Sequence[Set] = (),
    through: datetime | None = None,
) -> Stored:
    """Store the events of a file; its bytes are kept as they came.

    An event that is here already counts as known, whatever file brought it. What lies before 2015 or more
    than a day ahead of ``at`` is set aside, beside what the reader set ``aside``, what has a number and a
    NIP of different persons, and what of a sheet (see
    ``VOUCHED``) is the bringer's own or a declared relative's: another officer brings the same file, and the
    watermark waits for him. What was set aside of this device before is not kept again. ``through``: until
    when the file holds all events; without it, its last one.

    ``NotAllowed``, ``DeviceNotFound``, ``WatermarkAhead``; ``DeviceNowhere``, and nothing is stored, where
    the device stands nowhere on a day of its events; ``MonthClosing`` while a month of them is closed.
    """
    policies.require_import(actor)
    found = Device.objects.select_for_update(of=("self",)).select_related("group").filter(uid=device).first()
    if found is None:
        raise DeviceNotFound
    its = _sorted_out(actor, at, found, file.form, rows, aside, through)
    hold_days_open(each.row.at.date() for each in its.placed)
    file_id = draw_ids(PunchFile, 1)[0]
    stored = _store(found, file_id, its.placed)
    known = len(its.placed) - stored
    counts = Stored(uuid7(at), stored, known, len(its.aside), its.again, its.own, its.behind)
    sha256 = _keep(actor, found, file, file_id, counts, its)
    _mark(found.pk, its.placed, its.until, at)
    _touch(file_id, its.placed, at)
    event = events.PunchesStored(
        counts.uid, found.uid, sha256, counts.stored, counts.known, counts.quarantined, its.until
    )
    ledger.record(actor=actor, event=event)
    return counts


def check_punches(
    *,
    actor: Actor,
    at: datetime,
    device: UUID,
    form: str,
    rows: Sequence[PunchRow],
    aside: Sequence[Set] = (),
    through: datetime | None = None,
) -> Checked:
    """What ``store_punches`` would do with the events of a file; nothing is stored. Its refusals, but for
    ``MonthClosing``."""
    policies.require_import(actor)
    found = Device.objects.filter(uid=device).first()
    if found is None:
        raise DeviceNotFound
    its = _sorted_out(actor, at, found, form, rows, aside, through)
    keys = {event.key for event in its.placed}
    new = len(keys) - len(known_keys(found.serial, keys))
    rows = [event.row for event in its.placed]
    return Checked(new, len(rows) - new, its.aside, its.again, its.until, its.own, its.behind, rows)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The events of a file that count, what is set aside of it for the first time, and how much was before.
    ``until``, ``own``, ``behind``: see ``Checked``."""

    placed: list[Placed]
    aside: list[Set]
    again: int
    until: datetime | None
    own: int
    behind: date | None


def _sorted_out(
    actor: Actor,
    at: datetime,
    device: Any,
    form: str,
    rows: Sequence[PunchRow],
    aside: Sequence[Set],
    through: datetime | None,
) -> _Sorted:
    """What counts of a file and what does not; or why nothing can be stored of it."""
    if through is not None and through > at:
        raise WatermarkAhead
    zones = zones_of(device.pk)
    placed, odd = place(zones, rows, at)
    placed, clashes = clashes_apart(device, placed)
    own: list[Set] = []
    if form not in VOUCHED:
        placed, own = own_apart(actor, device, placed)
    every = as_one([*aside, *odd, *clashes, *own])
    fresh = unheard(device, every)
    begin = min((event.begin for event in placed), default=through)
    reached = Watermark.objects.filter(device=device).values_list("at", flat=True).first()
    behind = first_behind(device, zones, begin, reached)
    # Where rows wait for another officer, nobody is held absent for the want of them.
    until = None if own or behind else _until(placed, through, at)
    return _Sorted(placed, fresh, len(every) - len(fresh), until, len(own), behind)


def _touch(file_id: int, placed: Sequence[Placed], now: datetime) -> None:
    """The days of whoever made punches that are new are to be derived anew."""
    if placed:
        instants = [each.at for each in placed]
        stale_file(file_id, min(instants), max(instants), now)


def _keep(actor: Actor, device: Any, file: DeviceFile, file_id: int, counts: Stored, its: _Sorted) -> str:
    """Keep the bytes, what was set aside, and what became of them; the hash of the bytes."""
    kept = store.keep(file.data)
    days = [event.row.at.date() for event in its.placed]
    PunchFile.objects.create(
        id=file_id, uid=counts.uid, device=device, name=file.name, sha256=kept.sha256, size=kept.size,
        format=file.form, stored=counts.stored, known=counts.known, quarantined=counts.quarantined,
        by_name=actor.name, first_on=min(days, default=None), last_on=max(days, default=None),
    )  # fmt: skip
    names = ("file_id", "line", "fault", "raw", "message", "keys")
    rows = ((file_id, e.line, e.fault.value, e.raw, e.message, list(e.keys)) for e in its.aside)
    copy_rows(Quarantined, names, rows)
    return kept.sha256


def _store(device: Any, file_id: int, placed: Sequence[Placed]) -> int:
    """Store what is not here yet; how many those are."""
    with connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS incoming")
        cursor.execute(_INCOMING)
        columns = "key, hash, line, local_at, zone, pin, person_id, direction, grain"
        with cursor.copy(f"COPY incoming ({columns}) FROM STDIN") as copy:
            for event in placed:
                copy.write_row(_cells(event))
        told = {"source": device.serial, "device": device.pk, "group": device.group_id, "file": file_id}
        cursor.execute(_STORE, told)
        return int(cursor.rowcount)


def _cells(event: Placed) -> tuple[Any, ...]:
    row, key = event.row, event.key
    digest = hashlib.sha256(key.encode()).digest()
    return (key, digest, row.line, row.at, event.zone, row.pin, row.person, row.direction.value, row.grain)


def _until(placed: Sequence[Placed], through: datetime | None, now: datetime) -> datetime | None:
    """Until when a file tells of everything: what it said itself, else its last event."""
    return through or max((min(event.at, now) for event in placed), default=None)


def _mark(device_id: int, placed: Sequence[Placed], until: datetime | None, now: datetime) -> None:
    """Move the device's watermark to where the file tells of everything, and its beginning to the day of the
    first event; what is covered never shrinks, and reaches no further than ``now``."""
    if until is None:
        return
    since = min([until, *(event.begin for event in placed)])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO attendance_watermark AS w (device_id, since, at) VALUES (%s, %s, %s) "
            "ON CONFLICT (device_id) DO UPDATE SET since = LEAST(w.since, excluded.since), "
            "at = GREATEST(w.at, excluded.at) WHERE excluded.since < w.since OR excluded.at > w.at "
            "RETURNING w.at",
            [device_id, since, until],
        )
        moved = cursor.fetchone()
    if moved is not None:
        stale_device(device_id, since, moved[0], now)
