"""Facts of presence, rosters, and what is derived from both."""

from __future__ import annotations

from pamong.attendance.models.days import DayResult, StaleDay
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
from pamong.attendance.models.rosters import RosterDay, RosterSheet, ShiftKind, ShiftKindRow, Swap, SwapStep
from pamong.ledger.dated import DatedRow

DATED: tuple[type[DatedRow], ...] = (DeviceRow, Pin, UnitWeek, DayExcuse, ShiftKindRow, RosterDay)

__all__ = [
    "DATED",
    "DayExcuse",
    "DayResult",
    "Device",
    "DeviceGroup",
    "DeviceRow",
    "Pin",
    "Punch",
    "PunchFile",
    "PunchKey",
    "Quarantined",
    "RosterDay",
    "RosterSheet",
    "ShiftKind",
    "ShiftKindRow",
    "StaleDay",
    "Swap",
    "SwapStep",
    "UnitWeek",
    "Watermark",
]
