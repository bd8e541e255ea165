"""What is done with devices, PINs, punches and excuses."""

from pamong.attendance.services.attaching import attach
from pamong.attendance.services.correcting import (
    answer_correction,
    appeal_correction,
    ask_correction,
    escalate_corrections,
    withdraw_correction,
)
from pamong.attendance.services.devices import end_device, place_device, register_device, register_group
from pamong.attendance.services.excusing import set_excuses
from pamong.attendance.services.pins import assign_pins, end_pin
from pamong.attendance.services.storing import store_punches
from pamong.attendance.services.weeks import set_week
from pamong.attendance.values import Assigned, Claim, DeviceFile, NewExcuse, PunchRow, Set, Stored

__all__ = [
    "Assigned",
    "Claim",
    "DeviceFile",
    "NewExcuse",
    "PunchRow",
    "Set",
    "Stored",
    "answer_correction",
    "appeal_correction",
    "ask_correction",
    "assign_pins",
    "attach",
    "end_device",
    "end_pin",
    "escalate_corrections",
    "place_device",
    "register_device",
    "register_group",
    "set_excuses",
    "set_week",
    "store_punches",
    "withdraw_correction",
]
