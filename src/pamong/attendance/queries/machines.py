"""Machines as their keepers see them: files, what of them was set aside, whose their numbers are, places."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from pamong.access import services as access_services
from pamong.attendance import policies
from pamong.attendance.choices import Fault, FileForm, bare_pin
from pamong.attendance.queries.facts import DeviceView, SetAside, UnknownPin, list_devices, list_unknown_pins
from pamong.attendance.sql import fetch, fetch_together
from pamong.attendance.values import PunchRow
from pamong.kernel.actor import Actor
from pamong.kernel.period import Period
from pamong.people.services.reading import names_of, uids_of

PAGE = 50
RECENT = 62  # days of which pages tell the numbers of nobody: no page reads the punches of years
_FILES = """
SELECT f.uid, f.name, f.format, f.stored, f.known, f.quarantined, f.by_name, f.at,
  f.first_on, f.last_on
FROM attendance_punchfile f JOIN attendance_device d ON d.id = f.device_id
WHERE d.uid = %(uid)s ORDER BY f.id DESC LIMIT %(most)s
"""
# An event of a device, by its key, that is not stored.
NOT_HERE = "NOT EXISTS (SELECT 1 FROM attendance_punchkey p WHERE p.source = d.serial AND p.key = k.key)"
# Not what waited for another officer, or for its owner, and was brought again.
_LEFT = (
    f"""(q.fault NOT IN ('own', 'clash') OR EXISTS (SELECT 1 FROM unnest(q.keys) k (key) WHERE {NOT_HERE}))"""  # noqa: S608
)
_ASIDE = f"""
SELECT f.name, q.line, q.fault, q.raw, q.message
FROM attendance_quarantined q JOIN attendance_punchfile f ON f.id = q.file_id
JOIN attendance_device d ON d.id = f.device_id
WHERE d.uid = %(uid)s AND {_LEFT} ORDER BY f.id DESC, q.line, q.id LIMIT %(size)s OFFSET %(skip)s
"""  # noqa: S608 - our own statements
_COUNT = f"""
SELECT count(*) FROM attendance_quarantined q JOIN attendance_punchfile f ON f.id = q.file_id
JOIN attendance_device d ON d.id = f.device_id
WHERE d.uid = %(uid)s AND {_LEFT}
"""  # noqa: S608 - our own statements
_PLACES = """
SELECT s.name, r.name, lower(r.period), upper(r.period)
FROM attendance_devicerow r JOIN attendance_device d ON d.id = r.device_id
LEFT JOIN LATERAL (
  SELECT z.name FROM organisation_siterow z WHERE z.site_id = r.site_id AND z.superseded_at IS NULL
  ORDER BY z.period DESC LIMIT 1
) s ON TRUE
WHERE d.uid = %(uid)s AND r.superseded_at IS NULL ORDER BY r.period DESC
"""
_GROUP = """
SELECT g.uid, g.name, (SELECT count(*) FROM attendance_pin n WHERE n.group_id = g.id
  AND n.superseded_at IS NULL AND n.period @> %(on)s::date)
FROM attendance_devicegroup g {where}
"""
_MACHINES = """
SELECT d.uid, d.serial FROM attendance_device d JOIN attendance_devicegroup g ON g.id = d.group_id
WHERE g.uid = %(uid)s ORDER BY d.serial
"""
# Numbers sort as people count: 9 before 10.
_OWNERS = """
SELECT n.pin, p.id, p.uid, lower(n.period), upper(n.period), count(*) OVER ()
FROM attendance_pin n JOIN attendance_devicegroup g ON g.id = n.group_id
JOIN people_person p ON p.id = n.person_id
WHERE g.uid = %(uid)s AND n.superseded_at IS NULL AND (%(pin)s = '' OR n.pin = %(pin)s)
  AND (%(persons)s::uuid[] IS NULL OR p.uid = ANY(%(persons)s))
ORDER BY length(n.pin), n.pin, n.period DESC LIMIT %(size)s OFFSET %(skip)s
"""
_NUMBERS = """
SELECT n.pin, lower(n.period), upper(n.period) FROM attendance_pin n
JOIN attendance_device d ON d.group_id = n.group_id WHERE d.uid = %(uid)s AND n.superseded_at IS NULL
"""
_OWNERS_OF = """
SELECT n.pin, lower(n.period), upper(n.period), n.person_id FROM attendance_pin n
JOIN attendance_device d ON d.group_id = n.group_id
WHERE d.uid = %(uid)s AND n.pin = ANY(%(pins)s) AND n.superseded_at IS NULL
"""
_SAME = """
SELECT d.uid, d.serial, f.by_name, f.at FROM attendance_punchfile f
JOIN attendance_device d ON d.id = f.device_id WHERE f.sha256 = %(sha256)s ORDER BY f.id
"""
_SITES = """
SELECT s.uid, r.name, s.code FROM organisation_site s JOIN organisation_siterow r ON r.site_id = s.id
  AND r.superseded_at IS NULL AND r.period @> %(on)s::date ORDER BY lower(r.name), s.code
"""


@dataclass(frozen=True, slots=True)
class FileView:
    """A file of a device as it was handed in; ``at`` is stamped by the database. ``first_on``, ``last_on``:
    the days of its first and last punch that counts; None where none does."""

    uid: UUID
    name: str
    form: FileForm
    stored: int
    known: int
    quarantined: int
    by_name: str
    at: datetime
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a device stands, or stood, and what it is called there."""

    site: str
    name: str
    period: Period


@dataclass(frozen=True, slots=True)
class GroupView:
    """Devices that know people by the same numbers; ``pins``: how many of these have an owner on a day."""

    uid: UUID
    name: str
    pins: int


@dataclass(frozen=True, slots=True)
class DevicePage:
    """A device with its newest files, how much of all of them was set aside, where it stands, its numbers
    and those that are nobody's of recent days."""

    device: DeviceView
    files: Sequence[FileView]
    aside: int
    places: Sequence[Placing]
    group: GroupView
    unknown: Sequence[UnknownPin]


@dataclass(frozen=True, slots=True)
class AsidePage:
    """A part of what was set aside, and how much there is."""

    rows: Sequence[SetAside]
    total: int
    page: int
    last: int


@dataclass(frozen=True, slots=True)
class OwnedPin:
    """A number, whose it is, from when until before when."""

    pin: str
    person: UUID
    name: str
    period: Period


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group of devices: which they are, a part of its numbers with their owners."""

    group: GroupView
    machines: Sequence[tuple[UUID, str]]
    owners: Sequence[OwnedPin]
    total: int
    page: int
    last: int


@dataclass(frozen=True, slots=True)
class SameFile:
    """A file whose bytes were handed in before: for which device, by whom, when."""

    device: UUID
    serial: str
    by_name: str
    at: datetime


def get_device(*, actor: Actor, uid: UUID, most: int = 20) -> DevicePage | None:
    """One device with what was handed in; None where there is none. ``NotAllowed``."""
    found = next((each for each in list_devices(actor=actor, on=actor.on) if each.uid == uid), None)
    if found is None:
        return None
    asked = {"uid": uid, "on": actor.on, "most": most}
    own = "JOIN attendance_device d ON d.group_id = g.id WHERE d.uid = %(uid)s"
    files, ((aside,),), places, ((*group,),) = fetch_together(
        (_FILES, asked), (_COUNT, asked), (_PLACES, asked), (_GROUP.format(where=own), asked)
    )
    its = GroupView(*group)
    return DevicePage(
        found,
        [FileView(id_, name, FileForm(form), *more) for id_, name, form, *more in files],
        aside,
        [Placing(site or "", name, Period(start, end)) for site, name, start, end in places],
        its,
        list_recent_unknown(actor=actor, group=its.uid),
    )


def list_aside(*, actor: Actor, device: UUID, page: int = 1, size: int = PAGE) -> AsidePage:
    """What was set aside of all files of a device, the newest file first; beyond the last page, that one.
    ``NotAllowed``."""
    policies.require_import(actor)
    ((total,),) = fetch(_COUNT, {"uid": device})
    page, last = _clamped(page, total, size)
    found = fetch(_ASIDE, {"uid": device, "size": size, "skip": (page - 1) * size})
    rows = [SetAside(name, line, Fault(fault), raw, message) for name, line, fault, raw, message in found]
    return AsidePage(rows, total, page, last)


def _clamped(page: int, total: int, size: int) -> tuple[int, int]:
    """The page to be shown, which is one that there is, and the last one."""
    last = max(1, -(-total // size))
    return min(max(page, 1), last), last


def get_group(
    *,
    actor: Actor,
    at: datetime,
    uid: UUID,
    pin: str = "",
    persons: Collection[UUID] | None = None,
    page: int = 1,
    size: int = PAGE,
) -> GroupPage | None:
    """A group of devices with whose its numbers are, or ``pin`` alone, or those of ``persons``; the look at
    people is logged. Beyond the last page it is the first; None where there is no such group.
    ``NotAllowed``."""
    policies.require_import(actor)
    asked = {
        "uid": uid, "on": actor.on, "pin": pin, "persons": None if persons is None else list(persons),
        "size": size, "skip": (page - 1) * size,
    }  # fmt: skip
    groups, found, machines = fetch_together(
        (_GROUP.format(where="WHERE g.uid = %(uid)s"), asked), (_OWNERS, asked), (_MACHINES, asked)
    )
    if not groups:
        return None
    if page > 1 and not found:
        return get_group(actor=actor, at=at, uid=uid, pin=pin, persons=persons, size=size)
    names = names_of({row[1] for row in found})
    owners = [OwnedPin(row[0], row[2], names[row[1]], Period(row[3], row[4])) for row in found]
    subjects = {row[2] for row in found if row[1] != actor.person_id}
    access_services.log_read(actor=actor, at=at, path="attendance.pins", subjects=sorted(subjects))
    total = found[0][5] if found else 0
    page, last = _clamped(page, total, size)
    return GroupPage(
        GroupView(*groups[0]),
        [(id_, serial) for id_, serial in machines],
        owners,
        total,
        page,
        last,
    )


def list_recent_unknown(*, actor: Actor, group: UUID) -> Sequence[UnknownPin]:
    """``list_unknown_pins`` of the last ``RECENT`` days. ``NotAllowed``."""
    return list_unknown_pins(actor=actor, group=group, since=actor.on - timedelta(days=RECENT))


def list_groups(*, actor: Actor) -> Sequence[GroupView]:
    """All groups of devices, by name. ``NotAllowed``."""
    policies.require_import(actor)
    found = fetch(_GROUP.format(where="ORDER BY lower(g.name)"), {"on": actor.on})
    return [GroupView(*row) for row in found]


def list_numbers(*, actor: Actor, device: UUID) -> dict[str, list[Period]]:
    """The numbers that a device knows, each with when it is somebody's. ``NotAllowed``."""
    policies.require_import(actor)
    found: dict[str, list[Period]] = {}
    for pin, start, end in fetch(_NUMBERS, {"uid": device}):
        found.setdefault(pin, []).append(Period(start, end))
    return found


def name_owners(*, actor: Actor, at: datetime, device: UUID, rows: Sequence[PunchRow]) -> Sequence[str]:
    """The name of whose each of these events is, '' for nobody's; the look at people is logged.
    ``NotAllowed``."""
    policies.require_import(actor)
    found = fetch(_OWNERS_OF, {"uid": device, "pins": list({bare_pin(row.pin) for row in rows})})
    owners: list[int | None] = []
    for row in rows:
        its = (
            person
            for pin, start, end, person in found
            if pin == bare_pin(row.pin) and Period(start, end).contains(row.at.date())
        )
        owners.append(next(its, None) if row.person is None else row.person)
    known = {person for person in owners if person is not None}
    names, uids = names_of(known), uids_of(known - {actor.person_id})
    access_services.log_read(actor=actor, at=at, path="attendance.pins", subjects=sorted(uids.values()))
    return [names.get(person, "") if person is not None else "" for person in owners]


def list_same_files(*, actor: Actor, sha256: str) -> Sequence[SameFile]:
    """Who handed in the same bytes before, for which device, the first one first. ``NotAllowed``."""
    policies.require_import(actor)
    return [SameFile(*row) for row in fetch(_SAME, {"sha256": sha256})]


def list_stations(*, actor: Actor, on: date) -> Sequence[tuple[UUID, str, str]]:
    """The sites at which a device can stand on a day: id, name, code. ``NotAllowed``."""
    policies.require_import(actor)
    return [(uid, name, code) for uid, name, code in fetch(_SITES, {"on": on})]
