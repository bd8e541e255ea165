"""A machine at the town hall that knows one employee, and two months of his punches: late and without
a mark in each, once away."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from pamong.attendance import services
from pamong.attendance.services import Assigned, DeviceFile, PunchRow
from pamong.kernel.actor import Actor
from pamong.organisation import services as organisation
from tests.support.city import City

PIN, SERIAL = "1001", "BALAI-1"
SINCE = date(2026, 1, 1)
NEVER_CAME = date(2026, 10, 22)
LATE, NOT_LEFT = (date(2026, 10, 13), date(2026, 11, 4)), (date(2026, 10, 20), date(2026, 11, 6))


def build_presence(city: City, actor: Actor, at: datetime) -> None:
    """Enter the machine and hand in its file, complete until ``at``."""
    who: dict[str, Any] = {"actor": actor, "at": at}
    site = organisation.create_site(**who, code="balai", name="Balai Kota", zone="Asia/Jakarta", on=SINCE)
    group = services.register_group(**who, name="Balai Kota")
    device = services.register_device(**who, serial=SERIAL, group=group, site=site, on=SINCE)
    services.assign_pins(**who, group=group, pins=[Assigned(PIN, city.persons["own"], SINCE)])
    services.set_week(**who, unit="kota", week="5", on=SINCE)
    rows = [PunchRow(line, when, PIN) for line, when in enumerate(_punches(), start=1)]
    file = DeviceFile("1_attlog.dat", repr(rows).encode(), "attlog")
    services.store_punches(**who, device=device, file=file, rows=rows, through=at)


def _punches() -> list[datetime]:
    """What the clock of the machine showed, from October to 9 November."""
    found = []
    day = date(2026, 10, 1)
    while day <= date(2026, 11, 9):
        if day.isoweekday() <= 5 and day != NEVER_CAME:
            found.append(_at(day, "08:04:00" if day in LATE else f"07:{10 + day.day % 15:02}:09"))
            if day not in NOT_LEFT:
                found.append(_at(day, f"16:{31 + day.day % 9:02}:20"))
        day += timedelta(days=1)
    return found


def _at(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}")
