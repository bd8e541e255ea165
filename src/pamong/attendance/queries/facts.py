"""Reads of presence facts: devices, whose numbers are not known, what was set aside, somebody's punches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pamong.access import services as access_services
from pamong.access.policies import require
from pamong.attendance import policies
from pamong.attendance.choices import OLDEST, Direction, Fault, Source
from pamong.attendance.models import Device, PunchFile
from pamong.attendance.sql import fetch, fetch_together
from pamong.attendance.vouches import OWNED
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.people.queries import require_person
from pamong.people.services import reading

_DEVICES = """
SELECT d.uid, d.serial, COALESCE(r.name, ''), g.name, COALESCE(s.name, ''), COALESCE(s.zone, ''), w.at
FROM attendance_device d JOIN attendance_devicegroup g ON g.id = d.group_id
LEFT JOIN attendance_devicerow r ON r.device_id = d.id AND r.superseded_at IS NULL
  AND r.period @> %(on)s::date
LEFT JOIN organisation_siterow s ON s.site_id = r.site_id AND s.superseded_at IS NULL
  AND s.period @> %(on)s::date
LEFT JOIN attendance_watermark w ON w.device_id = d.id ORDER BY d.serial
"""
# The numbers of a group are asked for once, not for each of its punches.
_SEEN = """
SELECT p.pin, min(p.local_on), max(p.local_on) FROM attendance_punch p
WHERE p.person_id IS NULL AND p.group_id = (SELECT g.id FROM attendance_devicegroup g WHERE g.uid = %(group)s)
  AND p.at >= %(since)s::date - interval '1 day' AND p.local_on >= %(since)s GROUP BY p.pin
"""
_HELD = """
SELECT n.pin, lower(n.period), upper(n.period) FROM attendance_pin n
JOIN attendance_devicegroup g ON g.id = n.group_id WHERE g.uid = %(group)s AND n.superseded_at IS NULL
"""
_UNKNOWN = """
SELECT o.pin, count(*), min(o.local_on), max(o.local_on) FROM ({owned}
  AND p.person_id IS NULL AND p.pin = ANY(%(pins)s)
  AND p.at >= %(since)s::date - interval '1 day' AND p.local_on >= %(since)s) o
JOIN attendance_device d ON d.id = o.device_id JOIN attendance_devicegroup g ON g.id = d.group_id
WHERE o.person_id IS NULL AND g.uid = %(group)s GROUP BY o.pin ORDER BY 2 DESC, 1 LIMIT %(most)s
"""
# Local dates lie at most a day from those of UTC: so few partitions are read.
_OF_ONE = """
SELECT o.id, o.at, o.zone, o.local_at, o.local_on, o.source, o.direction, d.serial FROM ({owned}
  AND p.at >= %(first)s::date - interval '1 day' AND p.at < %(end)s::date + interval '1 day') o
LEFT JOIN attendance_device d ON d.id = o.device_id
WHERE o.person_id = %(person)s AND o.local_on >= %(first)s AND o.local_on < %(end)s ORDER BY o.at, o.id
"""


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A device: where it stands on a day, and until when all its events are here (None: nothing yet)."""

    uid: UUID
    serial: str
    name: str
    group: str
    site: str
    zone: str
    watermark: datetime | None


@dataclass(frozen=True, slots=True)
class OwnedPunch:
    """A punch as its owner may see it: instant, zone, wall time, the date there, and where it came from."""

    id: int
    at: datetime
    zone: str
    local_at: datetime
    local_on: date
    source: Source
    direction: Direction
    device: str


@dataclass(frozen=True, slots=True)
class UnknownPin:
    """A number with punches on days on which it is nobody's."""

    pin: str
    punches: int
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class SetAside:
    """An event in quarantine."""

    file: str
    line: int
    fault: Fault
    raw: str
    message: str


def list_devices(*, actor: Actor, on: date) -> Sequence[DeviceView]:
    """All devices, by serial number. ``NotAllowed``."""
    policies.require_import(actor)
    found = fetch(_DEVICES, {"on": on})
    return [DeviceView(*row) for row in found]


def find_device(*, actor: Actor, serial: str) -> UUID | None:
    """A device by its serial number. ``NotAllowed``."""
    policies.require_import(actor)
    found = Device.objects.filter(serial=serial.strip()).values_list("uid", flat=True).first()
    return None if found is None else UUID(str(found))


def zone_of(*, actor: Actor, serial: str, on: date) -> str | None:
    """The zone in which a device stands on a day; None where it is not known, or stands nowhere.
    ``NotAllowed``."""
    policies.require_import(actor)
    found = fetch(
        "SELECT z.zone FROM attendance_device d JOIN attendance_devicerow r ON r.device_id = d.id "
        "AND r.superseded_at IS NULL AND r.period @> %(on)s::date "
        "JOIN organisation_siterow z ON z.site_id = r.site_id AND z.superseded_at IS NULL "
        "AND z.period @> %(on)s::date WHERE d.serial = %(serial)s",
        {"serial": serial.strip(), "on": on},
    )
    return found[0][0] if found else None


def find_group(*, actor: Actor, name: str) -> UUID | None:
    """A group of devices by its name. ``NotAllowed``."""
    policies.require_import(actor)
    found = fetch("SELECT uid FROM attendance_devicegroup WHERE name = %(name)s", {"name": name.strip()})
    return found[0][0] if found else None


def find_site(*, actor: Actor, code: str) -> UUID | None:
    """A place of work by its code. ``NotAllowed``."""
    policies.require_import(actor)
    found = fetch("SELECT uid FROM organisation_site WHERE code = %(code)s", {"code": code.strip()})
    return found[0][0] if found else None


def uids_of(*, actor: Actor, persons: Iterable[int]) -> dict[int, UUID]:
    """The uids of persons by their ids, for what refers to them outside. ``NotAllowed``."""
    policies.require_import(actor)
    return reading.uids_of(persons)


def uids_by_nip(*, actor: Actor, nips: Iterable[str]) -> dict[str, UUID]:
    """The persons behind numbers, past ones too, for whoever reads a roster. ``NotAllowed``."""
    require(actor, policies.ROSTER)
    found = fetch(
        "SELECT DISTINCT e.nip, p.uid FROM people_employment e JOIN people_person p ON p.id = e.person_id "
        "WHERE e.superseded_at IS NULL AND e.nip = ANY(%(nips)s)",
        {"nips": list(nips)},
    )
    return {nip: UUID(str(uid)) for nip, uid in found}


def list_unknown_pins(
    *, actor: Actor, group: UUID, since: date = OLDEST, most: int = 200
) -> Sequence[UnknownPin]:
    """Numbers of a group whose punches from a local date on are nobody's, those with most first.
    ``NotAllowed``."""
    policies.require_import(actor)
    asked = {"group": group, "since": since, "most": most}
    seen, held = fetch_together((_SEEN, asked), (_HELD, asked))
    spans: dict[str, list[Period]] = {}
    for pin, start, end in held:
        spans.setdefault(pin, []).append(Period(start, end))
    pins = [
        pin
        for pin, first, last in seen
        if not any(span.contains(first) and span.contains(last) for span in spans.get(pin, ()))
    ]
    found = fetch(_UNKNOWN.format(owned=OWNED), asked | {"pins": pins}) if pins else ()
    return [UnknownPin(*row) for row in found]


def list_set_aside(*, actor: Actor, file: UUID) -> Sequence[SetAside]:
    """What of a file was set aside, by line. ``NotAllowed``."""
    policies.require_import(actor)
    found = PunchFile.objects.filter(uid=file).values_list(
        "name", "quarantine__line", "quarantine__fault", "quarantine__raw", "quarantine__message"
    )
    return [
        SetAside(name, line, Fault(fault), raw, message)
        for name, line, fault, raw, message in found.order_by("quarantine__line")
        if fault is not None
    ]


def list_punches(*, actor: Actor, at: datetime, person: UUID, first: date, end: date) -> Sequence[OwnedPunch]:
    """Somebody's punches by their local dates, ``end`` not among them, in order; the look is logged.

    ``PersonNotFound``, ``NotAllowed``.
    """
    person_id = require_person(actor, policies.READ, person)
    found = punches_of(person_id, first, end)
    subjects = [] if actor.person_id == person_id else [person]
    access_services.log_read(actor=actor, at=at, path="attendance.punches", subjects=subjects)
    return found


def punches_of(person_id: int, first: date, end: date) -> list[OwnedPunch]:
    """The same for whoever has seen to the actor's right, and logs the look."""
    asked = {"person": person_id, "first": first, "end": end}
    return [
        OwnedPunch(id_, when, zone, local_at, on, Source(source), Direction(direction), serial or "")
        for id_, when, zone, local_at, on, source, direction, serial in fetch(
            _OF_ONE.format(owned=OWNED), asked
        )
    ]
