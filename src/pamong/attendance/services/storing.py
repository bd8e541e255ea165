"""The events of a device's file are stored, each once however often it comes; what can't be is set aside."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from pamong.access.errors import OwnCase
from pamong.attendance import events, policies
from pamong.attendance.choices import OLDEST, VOUCHED, Fault
from pamong.attendance.errors import DeviceNotFound, DeviceNowhere, WatermarkAhead
from pamong.attendance.models import Device, PunchFile, Quarantined
from pamong.attendance.resolving import instant_of, punch_fault
from pamong.attendance.services.staling import stale_device, stale_file
from pamong.attendance.sql import fetch
from pamong.attendance.values import Checked, DeviceFile, PunchRow, Set, Stored
from pamong.documents import store
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.ledger.bulk import copy_rows, draw_ids
from pamong.ledger.locks import hold_days_open
from pamong.people.services.reading import near

_OLDEST = datetime.combine(OLDEST, time(), UTC)
_ZONES = """
SELECT d.period * s.period, s.zone FROM attendance_devicerow d
JOIN organisation_siterow s ON s.site_id = d.site_id AND s.superseded_at IS NULL AND s.period && d.period
WHERE d.device_id = %(device)s AND d.superseded_at IS NULL ORDER BY 1
"""
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
    than a day ahead of ``at`` is set aside, beside what the reader set ``aside``. ``through``: until when the
    file holds all events; without it, its last one.

    ``NotAllowed``, ``DeviceNotFound``, ``WatermarkAhead``; ``DeviceNowhere``, and nothing is stored, where
    the device stands nowhere on a day of its events; ``OwnCase`` for a sheet (see
    ``VOUCHED``) on which oneself or a declared relative stands; ``MonthClosing`` while a month of them is closed.
    """
    policies.require_import(actor)
    found = Device.objects.select_for_update(of=("self",)).select_related("group").filter(uid=device).first()
    if found is None:
        raise DeviceNotFound
    placed, aside = _sorted_out(actor, at, found, file.form, rows, aside, through)
    hold_days_open(each.row.at.date() for each in placed)
    file_id = draw_ids(PunchFile, 1)[0]
    stored = _store(found, file_id, placed)
    counts = Stored(uuid7(at), stored, len(placed) - stored, len(aside))
    sha256 = _keep(actor, found, file, file_id, counts, aside)
    until = _mark(found.pk, placed, through, at)
    _touch(file_id, placed, at)
    event = events.PunchesStored(
        counts.uid, found.uid, sha256, counts.stored, counts.known, counts.quarantined, until
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
    placed, aside = _sorted_out(actor, at, found, form, rows, aside, through)
    keys = {_key(event.row) for event in placed}
    known = fetch(
        "SELECT count(*) FROM attendance_punchkey WHERE source = %(source)s AND key = ANY(%(keys)s)",
        {"source": found.serial, "keys": list(keys)},
    )
    new = len(keys) - known[0][0]
    return Checked(new, len(placed) - new, aside, _until(placed, through, at))


def _sorted_out(
    actor: Actor,
    at: datetime,
    device: Any,
    form: str,
    rows: Sequence[PunchRow],
    aside: Sequence[Set],
    through: datetime | None,
) -> tuple[list[_Placed], list[Set]]:
    """The events that count, and all that is set aside; or why nothing can be stored of this file."""
    if through is not None and through > at:
        raise WatermarkAhead
    placed, odd = _placed(_zones(device.pk), rows, at)
    if form not in VOUCHED:
        _require_others(actor, device.group_id, placed)
    return placed, _once([*aside, *odd])


def _require_others(actor: Actor, group_id: int, placed: Sequence[_Placed]) -> None:
    """No machine vouches for a sheet: who brings it stands not on it, nor do
    his declared relatives."""
    own = near(actor.person_id)
    numbers = fetch(
        "SELECT pin, period FROM attendance_pin WHERE group_id = %(group)s AND person_id = ANY(%(own)s) "
        "AND superseded_at IS NULL",
        {"group": group_id, "own": list(own)},
    )
    for event in placed:
        row = event.row
        if row.person in own or any(row.pin == pin and row.at.date() in span for pin, span in numbers):
            raise OwnCase(
                "Anda atau keluarga Anda ada di lembar ini, dan tidak ada mesin yang menjaminnya. "
                "Petugas lain yang memasukkannya."
            )


def _once(aside: Sequence[Set]) -> list[Set]:
    """Several cells of a row that fail in the same way are set aside as one, with all that they say."""
    found: dict[tuple[int, Fault], Set] = {}
    for each in aside:
        key = (each.line, each.fault)
        first = found.get(key)
        if first is None:
            found[key] = each
            continue
        raw = first.raw if each.raw in first.raw else f"{first.raw} | {each.raw}"
        more = each.message.removeprefix(f"baris {each.line}: ")
        message = first.message if more in first.message else f"{first.message}; {more}"
        found[key] = Set(each.line, each.fault, raw, message)
    return list(found.values())


def _touch(file_id: int, placed: Sequence[_Placed], now: datetime) -> None:
    """The days of whoever made punches that are new are to be derived anew."""
    if placed:
        instants = [each.at for each in placed]
        stale_file(file_id, min(instants), max(instants), now)


def _keep(
    actor: Actor, device: Any, file: DeviceFile, file_id: int, counts: Stored, aside: Sequence[Set]
) -> str:
    """Keep the bytes, what was set aside, and what became of them; the hash of the bytes."""
    kept = store.keep(file.data)
    PunchFile.objects.create(
        id=file_id, uid=counts.uid, device=device, name=file.name, sha256=kept.sha256, size=kept.size,
        format=file.form, stored=counts.stored, known=counts.known, quarantined=counts.quarantined,
        by_name=actor.name,
    )  # fmt: skip
    names = ("file_id", "line", "fault", "raw", "message")
    copy_rows(Quarantined, names, ((file_id, e.line, e.fault.value, e.raw, e.message) for e in aside))
    return kept.sha256


@dataclass(frozen=True, slots=True)
class _Placed:
    """An event with the zone of the device's site on its day."""

    row: PunchRow
    zone: str

    @property
    def at(self) -> datetime:
        """The instant."""
        return instant_of(self.row.at, self.zone)


def _zones(device_id: int) -> list[tuple[date, date | None, str]]:
    """In which zone the device stands from when until before when."""
    return [(span.lower, span.upper, zone) for span, zone in fetch(_ZONES, {"device": device_id})]


def _placed(
    zones: Sequence[tuple[date, date | None, str]], rows: Sequence[PunchRow], at: datetime
) -> tuple[list[_Placed], list[Set]]:
    """The events with their zones, and those that no clock in order would have written."""
    found: list[_Placed] = []
    odd: list[Set] = []
    nowhere: list[date] = []
    by_day: dict[date, str | None] = {}
    for row in rows:
        day = row.at.date()
        if day not in by_day:
            by_day[day] = next((zone for start, end, zone in zones if _within(start, end, day)), None)
        zone = by_day[day]
        event = _Placed(row, zone or settings.PAMONG_ZONE)
        if told := punch_fault(event.at, at, event.zone, oldest=at - _OLDEST):
            raw = f"{row.pin or 'tanpa PIN'} {row.at:%Y-%m-%d %H:%M:%S}"
            odd.append(Set(row.line, Fault.FUTURE if event.at > at else Fault.TOO_OLD, raw, told))
        elif zone is None:
            nowhere.append(day)
        else:
            found.append(event)
    if nowhere:
        raise DeviceNowhere(min(nowhere), max(nowhere))
    return found, odd


def _within(start: date, end: date | None, day: date) -> bool:
    return start <= day and (end is None or day < end)


def _store(device: Any, file_id: int, placed: Sequence[_Placed]) -> int:
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


def _cells(event: _Placed) -> tuple[Any, ...]:
    row, key = event.row, _key(event.row)
    digest = hashlib.sha256(key.encode()).digest()
    return (key, digest, row.line, row.at, event.zone, row.pin, row.person, row.direction.value, row.grain)


def _key(row: PunchRow) -> str:
    """What makes an event itself, on its machine."""
    when = row.at.isoformat(timespec="microseconds")
    return "|".join((row.pin, str(row.person or ""), when, row.direction, row.sequence))


def _until(placed: Sequence[_Placed], through: datetime | None, now: datetime) -> datetime | None:
    """Until when a file tells of everything: what it said itself, else its last event."""
    return through or max((min(event.at, now) for event in placed), default=None)


def _begin(event: _Placed) -> datetime:
    """Midnight before an event, at its place: the device was in use that day."""
    return instant_of(datetime.combine(event.row.at.date(), time()), event.zone)


def _mark(
    device_id: int, placed: Sequence[_Placed], through: datetime | None, now: datetime
) -> datetime | None:
    """Move the device's watermark to where the file tells of everything, and its beginning to the day of the
    first event; what is covered never shrinks, and reaches no further than ``now``."""
    until = _until(placed, through, now)
    if until is not None:
        first = min(placed, key=lambda event: event.at, default=None)
        since = until if first is None else min(until, _begin(first))
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
    return until
