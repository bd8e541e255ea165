"""What is done with devices, PINs, punches, excuses and rosters; and how days are derived."""

from pamong.attendance.services.deriving import Derived, derive_due, derive_month, derive_stale
from pamong.attendance.services.devices import end_device, place_device, register_device, register_group
from pamong.attendance.services.excusing import set_excuses
from pamong.attendance.services.pins import assign_pins, end_pin
from pamong.attendance.services.rosters import check_roster, enter_roster
from pamong.attendance.services.shifts import define_shift
from pamong.attendance.services.staling import stale
from pamong.attendance.services.storing import store_punches
from pamong.attendance.services.swaps import ask_swap, step_swap
from pamong.attendance.services.weeks import set_week
from pamong.attendance.values import (
    Assigned,
    DeviceFile,
    NewExcuse,
    PunchRow,
    Rostered,
    RosterFile,
    RosterLine,
    Set,
    ShiftTimes,
    Stored,
)

__all__ = [
    "Assigned",
    "Derived",
    "DeviceFile",
    "NewExcuse",
    "PunchRow",
    "RosterFile",
    "RosterLine",
    "Rostered",
    "Set",
    "ShiftTimes",
    "Stored",
    "ask_swap",
    "assign_pins",
    "check_roster",
    "define_shift",
    "derive_due",
    "derive_month",
    "derive_stale",
    "end_device",
    "end_pin",
    "enter_roster",
    "place_device",
    "register_device",
    "register_group",
    "set_excuses",
    "set_week",
    "stale",
    "step_swap",
    "store_punches",
]
