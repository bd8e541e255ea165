"""Facts of presence, and what people say and decide about them."""

from __future__ import annotations

from pamong.attendance.models.corrections import Attachment, Correction, CorrectionStep
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
from pamong.ledger.dated import DatedRow

DATED: tuple[type[DatedRow], ...] = (DeviceRow, Pin, UnitWeek, DayExcuse)

__all__ = [
    "DATED",
    "Attachment",
    "Correction",
    "CorrectionStep",
    "DayExcuse",
    "Device",
    "DeviceGroup",
    "DeviceRow",
    "Outage",
    "OutageStep",
    "Pin",
    "Punch",
    "PunchFile",
    "PunchKey",
    "Quarantined",
    "Sheet",
    "SheetRow",
    "UnitWeek",
    "Watermark",
]
