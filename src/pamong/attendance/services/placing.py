"""Events of a device's file at the place where the device stood on their day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.conf import settings

from pamong.attendance.choices import OLDEST, Fault
from pamong.attendance.errors import DeviceNowhere
from pamong.attendance.resolving import instant_of, punch_fault
from pamong.attendance.sql import fetch
from pamong.attendance.values import PunchRow, Set

_OLDEST = datetime.combine(OLDEST, time(), UTC)
_ZONES = """
SELECT d.period * s.period, s.zone FROM attendance_devicerow d
JOIN organisation_siterow s ON s.site_id = d.site_id AND s.superseded_at IS NULL AND s.period && d.period
WHERE d.device_id = %(device)s AND d.superseded_at IS NULL ORDER BY 1
"""

Zones = Sequence[tuple[date, date | None, str]]


@dataclass(frozen=True, slots=True)
class Placed:
    """An event with the zone of the device's site on its day."""

    row: PunchRow
    zone: str

    @property
    def at(self) -> datetime:
        """The instant."""
        return instant_of(self.row.at, self.zone)

    @property
    def begin(self) -> datetime:
        """Midnight before it, at its place: the device was in use that day."""
        return instant_of(datetime.combine(self.row.at.date(), time()), self.zone)

    @property
    def key(self) -> str:
        """What makes an event itself, on its machine."""
        row, when = self.row, self.row.at.isoformat(timespec="microseconds")
        return "|".join((row.pin, str(row.person or ""), when, row.direction, row.sequence))

    @property
    def raw(self) -> str:
        """Its text where it is set aside."""
        return f"{self.row.pin or 'tanpa PIN'} {self.row.at:%Y-%m-%d %H:%M:%S}"


def key_wall(key: str) -> datetime:
    """The wall time of a ``Placed.key``."""
    return datetime.fromisoformat(key.split("|")[2])


def zones_of(device_id: int) -> Zones:
    """In which zone the device stands from when until before when."""
    return [(span.lower, span.upper, zone) for span, zone in fetch(_ZONES, {"device": device_id})]


def zone_on(zones: Zones, day: date) -> str | None:
    """The zone of a day; None where the device stands nowhere."""
    return next((zone for start, end, zone in zones if start <= day and (end is None or day < end)), None)


def place(zones: Zones, rows: Sequence[PunchRow], at: datetime) -> tuple[list[Placed], list[Set]]:
    """The events with their zones, and those that no clock in order would have written. ``DeviceNowhere``."""
    found: list[Placed] = []
    odd: list[Set] = []
    nowhere: list[date] = []
    by_day: dict[date, str | None] = {}
    for row in rows:
        day = row.at.date()
        if day not in by_day:
            by_day[day] = zone_on(zones, day)
        zone = by_day[day]
        event = Placed(row, zone or settings.PAMONG_ZONE)
        if told := punch_fault(event.at, at, event.zone, oldest=at - _OLDEST):
            odd.append(Set(row.line, Fault.FUTURE if event.at > at else Fault.TOO_OLD, event.raw, told))
        elif zone is None:
            nowhere.append(day)
        else:
            found.append(event)
    if nowhere:
        raise DeviceNowhere(min(nowhere), max(nowhere))
    return found, odd
