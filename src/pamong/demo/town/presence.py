"""The town's presence: three machines, everybody's number, punches of last month and of this one so far."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import polars as pl
from django.conf import settings

from pamong.attendance import queries, services
from pamong.attendance.services import Assigned, ShiftTimes
from pamong.demo.town.excuses import load_papers
from pamong.demo.town.months import NAMES, Months
from pamong.demo.town.units import root
from pamong.interop.presence import bring_punches
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_month
from pamong.people import columns

GROUP, WEEK = "Kota Contoh", "5"
SINCE = date(2024, 1, 1)
SERIALS = {"attlog": "CONTOH-A1", "glg": "CONTOH-G1", "fingerspot": "CONTOH-F1"}
SHIFTS = {
    "P": ShiftTimes("Pagi", time(7), time(14), 60, 120),
    "S": ShiftTimes("Siang", time(14), time(21), 60, 120),
    "M": ShiftTimes("Malam", time(21), time(7), 60, 120),
}
Month = tuple[int, int]


def load_presence(months: Months, *, actor: Actor, at: datetime, progress: Callable[[str], None]) -> None:
    """Enter the machines and numbers, and hand in what the machines hold until ``at``; once for all."""
    if queries.find_group(actor=actor, name=GROUP):
        return
    today = at.astimezone(ZoneInfo(settings.PAMONG_ZONE)).replace(tzinfo=None)
    this = (today.year, today.month)
    last = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    progress("Mencatat mesin presensi dan PIN")
    _enter(months, actor=actor, at=at, month=this)
    for month in (last, this):
        progress(f"Menyimpan presensi {format_month(*month)}")
        for by, data in months.punches(month, today):
            bring_punches(actor=actor, at=at, serial=SERIALS[by], name=NAMES[by], data=data, through=at)
    progress("Menyimpan cuti dan surat tugas")
    load_papers(months, actor=actor, at=at, told=[last, this])


def _enter(months: Months, *, actor: Actor, at: datetime, month: Month) -> None:
    group = services.register_group(actor=actor, at=at, name=GROUP)
    code = root().code
    site = queries.find_site(actor=actor, code=code)
    assert site is not None  # noqa: S101  the town was put in with its sites
    for by, serial in SERIALS.items():
        services.register_device(
            actor=actor, at=at, serial=serial, group=group, site=site, on=SINCE, name=NAMES[by]
        )
    numbers = months.numbers(month)
    owners = columns.persons_by_nip(pl.Series([nip for _, nip in numbers]))
    uids = queries.uids_of(actor=actor, persons=owners.values())
    pins = [Assigned(pin, uids[owners[nip]], SINCE) for pin, nip in numbers]
    services.assign_pins(actor=actor, at=at, group=group, pins=pins)
    services.set_week(actor=actor, at=at, unit=code, week=WEEK, on=SINCE)
    for letter, times in SHIFTS.items():  # for wards, and whoever else hands in a roster
        services.define_shift(actor=actor, at=at, unit=code, code=letter, on=SINCE, times=times)
