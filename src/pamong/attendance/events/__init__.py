"""What happens in presence, as the ledger tells it."""

from pamong.attendance.events.decisions import (
    AttachmentKept,
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
    GroupRegistered,
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
    "DeviceEnded",
    "DevicePlaced",
    "DeviceRegistered",
    "ExcusesSet",
    "GroupRegistered",
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
