"""What services of presence take and give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from pamong.attendance.choices import Direction, ExcuseKind, ExcusePart, Fault
from pamong.attendance.resolving.shapes import Pairing
from pamong.kernel.period import Period
from pamong.kernel.problem import Problem


@dataclass(frozen=True, slots=True)
class PunchRow:
    """One event as a device wrote it. ``at`` is the wall time that it showed (naive); ``person`` is the id of
    whom the event names itself, None where his ``pin`` tells; ``nip`` is a number that it
    names him by and that nobody has here. ``sequence`` is the device's own number of the
    event, '' for none; two events of one person in one second differ by nothing else."""

    line: int
    at: datetime
    pin: str = ""
    person: int | None = None
    direction: Direction = Direction.UNKNOWN
    grain: str = "second"
    sequence: str = ""
    nip: str = ""


@dataclass(frozen=True, slots=True)
class DeviceFile:
    """A file as it was handed in; ``form`` is the format that was read."""

    name: str
    data: bytes
    form: str


@dataclass(frozen=True, slots=True)
class Set:
    """An event to be set aside: where it stands, what is wrong with it, and its text.

    ``keys``: what makes events themselves that may be brought again: by another officer, or once it is
    settled whose they are.
    """

    line: int
    fault: Fault
    raw: str
    message: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a file: its id, punches that were new, that were known, what was set aside, and what of
    it (``again``) had been before. ``own``, ``behind``: see ``Checked``."""

    uid: UUID
    stored: int
    known: int
    quarantined: int
    again: int = 0
    own: int = 0
    behind: date | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file would bring: punches that would be new, that are known, what would be set aside, and how
    much of it (``again``) was set aside before.

    ``until``: until when the machine would be held to have told everything, None for a file that tells
    nothing, or not all: ``own`` punches of the bringer or a declared relative wait for another officer, or
    such of an earlier file, of the day ``behind``, that lie before this one. ``rows``: the events that count,
    new and known.
    """

    new: int
    known: int
    aside: Sequence[Set]
    again: int
    until: datetime | None
    own: int = 0
    behind: date | None = None
    rows: Sequence[PunchRow] = ()


@dataclass(frozen=True, slots=True)
class Assigned:
    """A number and whose it is from a day on; ``until`` is the first day on which it is no more."""

    pin: str
    person: UUID
    on: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class NewExcuse:
    """Why a person (by id) is not expected on these local days. ``starts`` and ``ends``, instants, belong to
    a span alone, which lies on these days."""

    person: int
    kind: ExcuseKind
    days: Period
    part: ExcusePart = ExcusePart.WHOLE
    starts: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShiftTimes:
    """The times of a shift by the clock of the place: an end not after the start is on the next day. A punch
    counts so many minutes before the start and after the end; ``pause`` is not counted."""

    name: str
    starts: time
    ends: time
    opens_before: int
    closes_after: int
    pause: tuple[time, time] | None = None
    pairing: Pairing = Pairing.FIRST_LAST


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change of times or weeks touches: days of rosters, of how many people, how many of them had
    begun; ``left``: days that name the letter and keep the times of a unit above."""

    days: int = 0
    people: int = 0
    begun: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A roster as it was handed in."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class RosterLine:
    """What a sheet says of one person: for some days the letters of his shifts, ``L`` where he is free.
    ``name``: what the sheet calls him, with or without titles; '' where it doesn't say."""

    line: int
    person: UUID
    days: Mapping[date, tuple[str, ...]]
    name: str = ""


@dataclass(frozen=True, slots=True)
class RosterSeen:
    """What a roster would do: what stands in its way, by its lines the people whose names the actor may see,
    the days that it changes, and how many of them had begun."""

    problems: Sequence[Problem]
    names: Mapping[int, str]
    days: int
    late: int


@dataclass(frozen=True, slots=True)
class Rostered:
    """What became of a roster: its id, the days that it changed, and how many of them had begun already."""

    uid: UUID
    days: int
    late: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says of a day of his: when he ``came`` or ``left`` (wall times of the place;
    ``left_next``: on the date after), or for what ``kind`` of reason a ``part`` of it was not expected."""

    came: time | None = None
    left: time | None = None
    left_next: bool = False
    kind: ExcuseKind | None = None
    part: ExcusePart = ExcusePart.WHOLE


@dataclass(frozen=True, slots=True)
class ManualPunch:
    """An event that people vouch for instead of a machine."""

    person: int
    at: datetime
    zone: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Somebody of a list, by id, and when he came or left, as wall times of its place."""

    person: int
    came: time | None
    left: time | None
