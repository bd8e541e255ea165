"""What of a device's file is set aside: each once, and the bringer's own rows until another brings them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings

from pamong.attendance.choices import Fault
from pamong.attendance.queries.machines import NOT_HERE
from pamong.attendance.resolving import instant_of
from pamong.attendance.services.placing import Placed, Zones, key_wall, zone_on
from pamong.attendance.sql import fetch
from pamong.attendance.values import Set
from pamong.kernel.actor import Actor
from pamong.people.services.reading import near

_NUMBERS = """
SELECT pin, period FROM attendance_pin
WHERE group_id = %(group)s AND person_id = ANY(%(own)s) AND superseded_at IS NULL
"""
_OWNERS = """
SELECT n.pin, n.period, n.person_id, EXISTS (SELECT 1 FROM people_employment m
  WHERE m.person_id = n.person_id AND m.superseded_at IS NULL AND m.nip <> '')
FROM attendance_pin n WHERE n.group_id = %(group)s AND n.pin = ANY(%(pins)s) AND n.superseded_at IS NULL
"""
_KNOWN = "SELECT key FROM attendance_punchkey WHERE source = %(source)s AND key = ANY(%(keys)s)"
_THERE = """
SELECT q.fault, q.raw FROM attendance_quarantined q JOIN attendance_punchfile f ON f.id = q.file_id
WHERE f.device_id = %(device)s AND q.raw = ANY(%(raws)s)
"""
_WAITING = f"""
SELECT k.key FROM attendance_quarantined q JOIN attendance_punchfile f ON f.id = q.file_id
JOIN attendance_device d ON d.id = f.device_id CROSS JOIN LATERAL unnest(q.keys) k (key)
WHERE d.id = %(device)s AND q.fault = 'own' AND {NOT_HERE}
"""  # noqa: S608 - our own statements


def known_keys(source: str, keys: Collection[str]) -> set[str]:
    """Which of these events of a source are here already."""
    return {key for (key,) in fetch(_KNOWN, {"source": source, "keys": list(keys)})} if keys else set()


def own_apart(actor: Actor, device: Any, placed: Sequence[Placed]) -> tuple[list[Placed], list[Set]]:
    """The events of a sheet, for which no machine vouches, without those of whoever brings it and of his
    declared relatives; these are set aside, unless they are here already."""
    own = near(actor.person_id)
    asked = {"group": device.group_id, "own": list(own)}
    numbers: dict[str, list[Any]] = {}
    for pin, span in fetch(_NUMBERS, asked) if own else ():
        numbers.setdefault(pin, []).append(span)
    mine = [
        event
        for event in placed
        if event.row.person in own
        or any(event.row.at.date() in span for span in numbers.get(event.row.pin, ()))
    ]
    waiting = {event.key for event in mine} - known_keys(device.serial, {event.key for event in mine})
    rest = [event for event in placed if event.key not in waiting]
    told = f"milik {actor.name} atau keluarganya: minta petugas lain mengunggah berkas yang sama"
    return rest, [
        Set(event.row.line, Fault.OWN, event.raw, f"baris {event.row.line}: {told}", (event.key,))
        for event in mine
        if event.key in waiting
    ]


def clashes_apart(device: Any, placed: Sequence[Placed]) -> tuple[list[Placed], list[Set]]:
    """The events without those whose number is somebody else's than whom the same row names by his NIP: whose
    they are is not guessed. These are set aside, unless they are here already."""
    both = [event for event in placed if event.row.pin and (event.row.person is not None or event.row.nip)]
    asked = {"group": device.group_id, "pins": list({event.row.pin for event in both})}
    owners: dict[str, list[Any]] = {}
    for pin, *owner in fetch(_OWNERS, asked) if both else ():
        owners.setdefault(pin, []).append(owner)
    apart = {
        event.key
        for event in both
        for span, person, numbered in owners.get(event.row.pin, ())
        # A NIP that is not known here may be his who has none here yet.
        if event.row.at.date() in span and (numbered if event.row.nip else person != event.row.person)
    }
    apart -= known_keys(device.serial, apart)
    rest = [event for event in placed if event.key not in apart]
    return rest, [
        Set(event.row.line, Fault.CLASH, event.raw, _clash(event), (event.key,))
        for event in placed
        if event.key in apart
    ]


def _clash(event: Placed) -> str:
    row = event.row
    if row.nip:
        told = f"NIP {row.nip} belum ada di data pegawai, sedangkan PIN {row.pin} milik orang ber-NIP lain"
    else:
        told = f"NIP di baris ini milik pegawai lain, bukan pemilik PIN {row.pin}"
    return f"baris {row.line}: {told}"


def first_behind(
    device: Any, zones: Zones, begin: datetime | None, watermark: datetime | None
) -> date | None:
    """The first day of events that wait for another officer, are not decided yet, and lie before a file:
    beyond them the device has not told everything."""
    found = [key_wall(key) for (key,) in fetch(_WAITING, {"device": device.pk})]
    days = []
    for wall in found:
        instant = instant_of(wall, zone_on(zones, wall.date()) or settings.PAMONG_ZONE)
        if begin is not None and instant < begin and (watermark is None or instant > watermark):
            days.append(wall.date())
    return min(days, default=None)


def as_one(aside: Iterable[Set]) -> list[Set]:
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
        found[key] = Set(each.line, each.fault, raw, message, first.keys + each.keys)
    return list(found.values())


def unheard(device: Any, aside: Sequence[Set]) -> list[Set]:
    """Those of which nothing was set aside of this device before: logs bring their old bad lines again."""
    asked = {"device": device.pk, "raws": list({each.raw for each in aside})}
    there = set(fetch(_THERE, asked)) if aside else set()
    return [each for each in aside if (each.fault.value, each.raw) not in there]
