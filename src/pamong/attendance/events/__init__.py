"""What happens in presence, as the ledger tells it."""

from pamong.attendance.events.decisions import (
    AttachmentKept,
    CorrectionStepped,
    OutageStepped,
    PaperDecided,
    PaperEntered,
    PunchesVouched,
    SheetStepped,
)
from pamong.attendance.events.facts import (
    DeviceEnded,
    DevicePlaced,
    DeviceRegistered,
    ExcusesSet,
    PinAssigned,
    PinEnded,
    PunchesStored,
    RosterEntered,
    ShiftDefined,
    ShiftEnded,
    SwapAsked,
    SwapStepped,
    WeekSet,
)

__all__ = [
    "AttachmentKept",
    "CorrectionStepped",
    "DeviceEnded",
    "DevicePlaced",
    "DeviceRegistered",
    "ExcusesSet",
    "OutageStepped",
    "PaperDecided",
    "PaperEntered",
    "PinAssigned",
    "PinEnded",
    "PunchesStored",
    "PunchesVouched",
    "RosterEntered",
    "SheetStepped",
    "ShiftDefined",
    "ShiftEnded",
    "SwapAsked",
    "SwapStepped",
    "WeekSet",
]
