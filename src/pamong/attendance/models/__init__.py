"""Facts of presence, rosters, what people say and decide about days, and what is derived from all of it."""

from __future__ import annotations

from pamong.attendance.models.corrections import Attachment, Correction
from pamong.attendance.models.days import DayResult, StaleDay
from pamong.attendance.models.duty import DutyLetter, DutyMember, Muster, MusterMissing, Permit
from pamong.attendance.models.facts import (
    DayExcuse,
    Device,
    DeviceGroup,
    DeviceRow,
    Pin,
    Punch,
    PunchFile,
    PunchKey,
    Quarantined,
    UnitWeek,
    Watermark,
)
from pamong.attendance.models.outages import Outage, OutageStep, Sheet, SheetRow
from pamong.attendance.models.rosters import RosterDay, RosterSheet, ShiftKind, ShiftKindRow, Swap, SwapStep
from pamong.ledger.dated import DatedRow

DATED: tuple[type[DatedRow], ...] = (DeviceRow, Pin, UnitWeek, DayExcuse, ShiftKindRow, RosterDay)

__all__ = [
    "DATED",
    "Attachment",
    "Correction",
    "DayExcuse",
    "DayResult",
    "Device",
    "DeviceGroup",
    "DeviceRow",
    "DutyLetter",
    "DutyMember",
    "Muster",
    "MusterMissing",
    "Outage",
    "OutageStep",
    "Permit",
    "Pin",
    "Punch",
    "PunchFile",
    "PunchKey",
    "Quarantined",
    "RosterDay",
    "RosterSheet",
    "Sheet",
    "SheetRow",
    "ShiftKind",
    "ShiftKindRow",
    "StaleDay",
    "Swap",
    "SwapStep",
    "UnitWeek",
    "Watermark",
]
