"""What is done with devices, PINs, punches and excuses."""

from pamong.attendance.services.devices import end_device, place_device, register_device, register_group
from pamong.attendance.services.excusing import set_excuses
from pamong.attendance.services.pins import assign_pins, end_pin
from pamong.attendance.services.storing import store_punches
from pamong.attendance.services.weeks import set_week
from pamong.attendance.values import Assigned, DeviceFile, NewExcuse, PunchRow, Set, Stored

__all__ = [
    "Assigned",
    "DeviceFile",
    "NewExcuse",
    "PunchRow",
    "Set",
    "Stored",
    "assign_pins",
    "end_device",
    "end_pin",
    "place_device",
    "register_device",
    "register_group",
    "set_excuses",
    "set_week",
    "store_punches",
]
